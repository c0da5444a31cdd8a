import { l10n, Uri, window } from 'vscode';
import { derivePublicKey } from '../../domain/derivePublicKey';
import { FileError } from '../../services/ports';
import { withPassphrase } from '../forms/passphrase';
import { createFile } from '../host/files';
import { readKeyText } from '../host/keyText';
import { exists, findPublicHalf, publicHalves } from '../host/publicHalf';
import { describePath } from '../messages/paths';
import type { Services } from '../services';
import { isLocalNode } from '../views/nodes';
import { ArgumentError } from './run';

/** Derives the public half of a private key on this machine, writes it to a new file beside the private key and opens that. Nothing of the private key or
 * its passphrase is kept. Takes the private key's Uri or its row in *Local Public Keys*.
 * @returns the URI of the public key file; undefined when given up or not possible, which the person was told.
 * @throws {ArgumentError} when the argument is neither. */
export async function derivePublicKeyFile(argument: unknown, services: Services): Promise<string | undefined> {
	const privateKey = toUri(argument);
	const line = await derive(privateKey, services);
	const file = line === undefined ? undefined : await write(privateKey, line, services);
	if (file) {
		services.localKeys.refresh();
		await window.showTextDocument(file);
	}
	return file?.toString();
}

function toUri(argument: unknown): Uri {
	if (argument instanceof Uri) {
		return argument;
	}
	if (isLocalNode(argument) && argument.kind === 'localKey') {
		return Uri.parse(argument.file.uri);
	}
	throw new ArgumentError(
		'_cloudKeyPairs.derivePublicKey takes the Uri of a private key or a row of Local Public Keys',
	);
}

async function derive(uri: Uri, services: Services): Promise<string | undefined> {
	const text = await readKeyText(uri, services.files);
	const name = nameOf(uri);
	const derived =
		text === undefined ? undefined : await withPassphrase(name, (passphrase) => derivePublicKey(text, passphrase));
	if (!derived || derived.kind === 'derived') {
		return derived?.publicKey;
	}
	void window.showErrorMessage(
		l10n.t(
			"Couldn't derive the public key from {0}: it is damaged, or of a kind that is not supported here. ssh-keygen -y may be able to.",
			name,
		),
	);
	return undefined;
}

/** The file that the line was written to, or that held this key already; never one that held anything else. */
async function write(privateKey: Uri, line: string, { localKeys }: Services): Promise<Uri | undefined> {
	const isNamedPublic = privateKey.path.endsWith('.pub');
	const present = isNamedPublic ? privateKey : await findPublicHalf(privateKey);
	if (present && !isNamedPublic) {
		const [key] = (await localKeys.read(present.toString())).keys;
		if (key && `${line} `.startsWith(`${key.publicKey} `)) {
			void window.showInformationMessage(l10n.t('{0} already contains this public key.', describePath(present)));
			return present;
		}
	}
	let taken = present;
	let target = present ? undefined : publicHalves(privateKey)[0];
	for (;;) {
		target ??= await askForPlace(privateKey, taken);
		if (!target) {
			return undefined;
		}
		try {
			if (await createFile(target, `${line}\n`)) {
				return target;
			}
		} catch (error) {
			if (!(error instanceof FileError)) {
				throw error;
			}
			const reason =
				error.code === 'noPermission'
					? l10n.t('You do not have permission to write to this folder.')
					: l10n.t("Couldn't write the file.");
			void window.showErrorMessage(l10n.t('{0}: {1}', describePath(target), reason));
			return undefined;
		}
		taken = target;
		target = undefined;
	}
}

/** A file that does not exist yet: beside the private key, or anywhere for one that is in no folder. */
async function askForPlace(privateKey: Uri, taken: Uri | undefined): Promise<Uri | undefined> {
	const title = l10n.t('Write Public Key File');
	if (privateKey.scheme === 'untitled') {
		return window.showSaveDialog({ title, filters: { [l10n.t('Public Keys')]: ['pub'] } });
	}
	const folder = Uri.joinPath(privateKey, '..');
	const name = await window.showInputBox({
		title,
		prompt: taken
			? l10n.t('{0} already exists. Enter another name.', nameOf(taken))
			: l10n.t('Enter a name for the public key file.'),
		value: await freeName(folder, nameOf(privateKey).replace(/\.(?:pub|pem|ppk|key)$/i, '')),
		ignoreFocusOut: true,
		async validateInput(value) {
			if (!/^[^/\\:*?"<>|]+\.pub$/.test(value)) {
				return l10n.t('Enter a file name that ends in .pub.');
			}
			return (await exists(Uri.joinPath(folder, value))) ? l10n.t('{0} already exists.', value) : undefined;
		},
	});
	return name === undefined ? undefined : Uri.joinPath(folder, name);
}

async function freeName(folder: Uri, stem: string): Promise<string> {
	for (let number = 1; ; number++) {
		const name = `${stem}-public${number === 1 ? '' : `-${number}`}.pub`;
		if (!(await exists(Uri.joinPath(folder, name)))) {
			return name;
		}
	}
}

function nameOf(uri: Uri): string {
	return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
