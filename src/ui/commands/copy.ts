import { env, l10n, window } from 'vscode';
import type { CloudNode } from '../../services/cloudKeys/keyTree';
import { isCloudNode, isLocalNode, type LocalNode } from '../views/nodes';
import { ArgumentError } from './run';

/** Copies the fingerprint that is given as text or belongs to a row of a view. @returns the text that was copied. */
export async function copyFingerprint(argument: unknown): Promise<string> {
	const text = typeof argument === 'string' ? argument : fingerprintOf(argument);
	return copy(
		text,
		l10n.t('Copied the fingerprint.'),
		'cloudKeyPairs.copyFingerprint takes a fingerprint or a key of a view',
	);
}

/** Copies the public key that is given as text or belongs to a row of a view. @returns the text that was copied. */
export async function copyPublicKey(argument: unknown): Promise<string> {
	const text = typeof argument === 'string' ? argument : publicKeyOf(argument);
	return copy(
		text,
		l10n.t('Copied the public key.'),
		'cloudKeyPairs.copyPublicKey takes a public key or a key of a view',
	);
}

async function copy(text: string | undefined, done: string, usage: string): Promise<string> {
	if (text === undefined) {
		throw new ArgumentError(usage);
	}
	await env.clipboard.writeText(text);
	window.setStatusBarMessage(done, 3000);
	return text;
}

function fingerprintOf(node: unknown): string | undefined {
	if (isLocalNode(node)) {
		return node.key?.fingerprints.sha256;
	}
	return isCloudNode(node) ? keyPairOf(node)?.fingerprint : undefined;
}

function publicKeyOf(node: unknown): string | undefined {
	if (isLocalNode(node)) {
		return lineOf(node);
	}
	return isCloudNode(node) ? keyPairOf(node)?.publicKey?.trim() : undefined;
}

function keyPairOf(node: CloudNode) {
	return node.kind === 'keyPair' ? node.keyPair : undefined;
}

function lineOf({ key }: LocalNode): string | undefined {
	return key && [key.publicKey, key.comment].filter(Boolean).join(' ');
}
