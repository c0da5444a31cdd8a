import { l10n, Uri, window } from 'vscode';
import { createdKeyFingerprint } from '../../domain/createdKeyFingerprint';
import { derivePublicKey } from '../../domain/derivePublicKey';
import type { KeyPair } from '../../domain/keyPair';
import { holdsKey } from '../../domain/matching';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import { withPassphrase } from '../forms/passphrase';
import { readKeyText } from '../host/keyText';
import { isRecord } from '../isRecord';
import type { Services } from '../services';
import { keyPairOf } from './targets';

/** Whether a key pair is of the key in a file. */
export type Comparison = 'same' | 'different' | 'unknown';

/** Compares a key pair with a public or private key file and tells the result. A private key is read on this machine only, and says most: EC2's
 * fingerprint of an RSA key pair that it created itself can be computed from nothing else. Takes a key pair's row, or `{ target, keyName, file? }`
 * with the file's Uri; the file is asked for when it is not given.
 * @returns undefined when given up or when the file can't be read. @throws {ArgumentError} when the argument is neither. */
export async function compareWithLocal(argument: unknown, services: Services): Promise<Comparison | undefined> {
	const { target, keyName } = keyPairOf(argument, services.providers);
	const listing = await services.remoteKeys.list(target);
	const keyPair = listing.status === 'listed' ? listing.keyPairs.find(({ name }) => name === keyName) : undefined;
	if (!keyPair) {
		void window.showWarningMessage(l10n.t('{0} no longer exists.', keyName));
		return undefined;
	}
	const given = isRecord(argument) ? argument['file'] : undefined;
	const file = given instanceof Uri ? given : await chooseFile(keyName);
	const text = file && (await readKeyText(file, services.files));
	if (!file || text === undefined) {
		return undefined;
	}
	const result = await compare(keyPair, text, fileName(file));
	if (result) {
		tell(result, keyName, fileName(file));
	}
	return result;
}

async function chooseFile(keyName: string): Promise<Uri | undefined> {
	const files = await window.showOpenDialog({
		title: l10n.t('Compare {0} with a Key File', keyName),
		openLabel: l10n.t('Compare'),
	});
	return files?.[0];
}

async function compare(keyPair: KeyPair, text: string, name: string): Promise<Comparison | undefined> {
	const { keys, problems } = parsePublicKeys(text);
	if (!problems.some(({ code }) => code === 'privateKey')) {
		return keys[0] ? holdsKey(keyPair, keys[0]) : 'unknown';
	}
	const derived = await withPassphrase(name, (passphrase) => derivePublicKey(text, passphrase));
	const [key] = derived?.kind === 'derived' ? parsePublicKeys(derived.publicKey).keys : [];
	const byPublicKey = key ? holdsKey(keyPair, key) : 'unknown';
	if (!derived || byPublicKey !== 'unknown') {
		return derived && byPublicKey;
	}
	const created = await withPassphrase(name, (passphrase) => createdKeyFingerprint(text, passphrase));
	if (created?.kind !== 'fingerprint') {
		return created && 'unknown';
	}
	// Services other than EC2 may digest something else.
	return created.fingerprint === keyPair.fingerprint ? 'same' : 'unknown';
}

function tell(result: Comparison, keyName: string, name: string): void {
	switch (result) {
		case 'same':
			void window.showInformationMessage(l10n.t('{0} and {1} are the same key.', keyName, name));
			break;
		case 'different':
			void window.showWarningMessage(l10n.t('{0} and {1} are different keys.', keyName, name));
			break;
		case 'unknown':
			void window.showWarningMessage(l10n.t("Couldn't tell whether {0} and {1} are the same key.", keyName, name));
			break;
	}
}

function fileName(file: Uri): string {
	return file.path.slice(file.path.lastIndexOf('/') + 1);
}
