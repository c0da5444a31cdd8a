import { Uri, workspace } from 'vscode';
import { publicNames } from '../../services/localKeys/localKeys';

/** The public key file beside a private key, by its name; undefined when there is none or the private key is in no folder. */
export async function findPublicHalf(privateKey: Uri): Promise<Uri | undefined> {
	for (const candidate of publicHalves(privateKey)) {
		if (await exists(candidate)) {
			return candidate;
		}
	}
	return undefined;
}

/** Where the public key file of a private key belongs, the best place first. */
export function publicHalves(privateKey: Uri): readonly Uri[] {
	const name = privateKey.path.slice(privateKey.path.lastIndexOf('/') + 1);
	return privateKey.scheme === 'untitled'
		? []
		: publicNames(name).map((candidate) => Uri.joinPath(privateKey, '..', candidate));
}

/** Whether there is a file or folder. */
export async function exists(uri: Uri): Promise<boolean> {
	try {
		await workspace.fs.stat(uri);
		return true;
	} catch {
		return false;
	}
}
