import { createKey, toPem } from '../keys/createKey';
import { type PublicKey, readPublicKey } from '../keys/publicKey';
import { invalidInput, nameExists, notFound } from './errors';
import { type Input, maxTags, missing, readTags } from './input';
import { isDefault, type LightsailRegion } from './lightsailRegion';
import type { Operation } from './operation';
import { keyPairOutput, newKeyPairOutput, operationOutput, seconds } from './output';
import { keyLine, type StoredKeyPair } from './resources';

/** ImportKeyPair: the answer has the operation alone. Before its end the name is taken, and the key pair can be tagged but not read. */
export const importKeyPair: Operation = ({ input, region }) => {
	const name = input.resourceName('keyPairName');
	const publicKey = readKey(input);
	checkFree(region, name);
	const keyPair = region.addKeyPair(name, publicKey, false);
	return { operation: operationOutput(beginMaking('ImportKeyPair', region, keyPair), region.name) };
};

/** CreateKeyPair: makes an RSA-2048 key. Both halves are text, whatever the members' names say: an OpenSSH line and PEM. */
export const createKeyPair: Operation = async ({ input, region }) => {
	const name = input.resourceName('keyPairName');
	const tags = readTags(input) ?? new Map<string, string | undefined>();
	if (tags.size > maxTags) throw tooManyTags();
	checkFree(region, name);
	const key = await createKey('rsa');
	checkFree(region, name);
	const keyPair = region.addKeyPair(name, key.publicKey, false);
	for (const [tagKey, value] of tags) keyPair.tags.set(tagKey, value);
	return {
		keyPair: newKeyPairOutput(keyPair, region.name),
		publicKeyBase64: keyLine(key.publicKey),
		privateKeyBase64: toPem(key),
		operation: operationOutput(beginMaking('CreateKeyPair', region, keyPair), region.name),
	};
};

/** GetKeyPair: the default key pair too, by its name. */
export const getKeyPair: Operation = ({ input, region }) => {
	const name = input.resourceName('keyPairName');
	const keyPair = region.keyPair(name);
	if (keyPair === undefined) throw notFound('KeyPair', name);
	return { keyPair: keyPairOutput(keyPair, region.name) };
};

/** GetKeyPairs: in pages; without the default key pair unless that is asked for. */
export const getKeyPairs: Operation = ({ input, region, account }) => {
	const all = region.keyPairs().filter((keyPair) => input.flag('includeDefaultKeyPair') || !isDefault(keyPair));
	const start = readPageToken(input.text('pageToken'));
	const end = start + account.pageSize;
	return {
		keyPairs: all.slice(start, end).map((keyPair) => keyPairOutput(keyPair, region.name)),
		...(end < all.length ? { nextPageToken: pageToken(end) } : {}),
	};
};

/** DeleteKeyPair: the default key pair only with its fingerprint, so that nobody deletes it by mistake. */
export const deleteKeyPair: Operation = ({ input, region }) => {
	const name = input.resourceName('keyPairName');
	const expected = input.text('expectedFingerprint');
	const keyPair = region.keyPair(name);
	if (keyPair === undefined) throw notFound('KeyPair', name);
	if (isDefault(keyPair) && expected === undefined) throw missing('expectedFingerprint');
	if (expected !== undefined && expected !== keyPair.fingerprint) {
		throw invalidInput('The expected fingerprint does not match that of the key pair.');
	}
	const record = region.begin('DeleteKeyPair', keyPair, { succeeded: () => region.remove(keyPair) });
	return { operation: operationOutput(record, region.name) };
};

/** DownloadDefaultKeyPair: both halves of the region's default key pair, which is made if there is none. */
export const downloadDefaultKeyPair: Operation = async ({ region }) => {
	const keyPair = await region.makeDefaultKeyPair();
	return {
		publicKeyBase64: keyPair.publicKey,
		privateKeyBase64: keyPair.privateKey,
		createdAt: seconds(keyPair.createdAt),
	};
};

/** The refusal of more tags than a resource can have. */
export function tooManyTags() {
	return invalidInput(`A resource can have ${maxTags} tags at the most.`);
}

function beginMaking(type: string, region: LightsailRegion, keyPair: StoredKeyPair) {
	return region.begin(type, keyPair, {
		succeeded: () => {
			keyPair.isReady = true;
		},
		failed: () => region.remove(keyPair),
	});
}

function checkFree(region: LightsailRegion, name: string): void {
	const holder = region.resource(name);
	if (holder !== undefined) throw nameExists(name);
}

/** The text of an OpenSSH line, not base64 of it. `ssh-rsa` is what the documentation names; that ED25519 is taken too was seen live in June 2026.
 * Code and message as quoted in public reports. */
function readKey(input: Input): PublicKey {
	const text = input.text('publicKeyBase64');
	if (text === undefined) throw missing('publicKeyBase64');
	const key = /^\s*ssh-(rsa|ed25519)\s/.test(text) ? readPublicKey(text) : undefined;
	if (key === undefined) {
		throw invalidInput('The format of this public key is not valid.', { code: 'InvalidKey.Format' });
	}
	return key;
}

function pageToken(start: number): string {
	return Buffer.from(JSON.stringify({ start })).toString('base64');
}

function readPageToken(token: string | undefined): number {
	if (token === undefined) return 0;
	const start = Number(/^\{"start":(\d+)\}$/.exec(Buffer.from(token, 'base64').toString('latin1'))?.[1] ?? Number.NaN);
	if (Number.isNaN(start)) throw invalidInput('The page token is not valid.');
	return start;
}
