import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Profile } from '../../domain/profile';
import type { Environment } from '../../providers/contract';
import { isProviderError } from '../../providers/failure';
import { withLimit } from '../../providers/waiting';
import { type Clock, FileError, type Files, type Providers } from '../ports';

/** How often the token folder is looked at while a sign-in is awaited, in milliseconds. */
const pollMs = 1000;

/** A device code lives ten minutes; later nobody comes back. In milliseconds. */
const signInTimeoutMs = 10 * 60_000;

/** So long one answer on whether a profile is signed in is waited for, in milliseconds. */
const checkTimeoutMs = 30_000;

/** The arguments of the command that signs the profile in, or undefined where there is none to run. */
export function signInCommand(profile: Profile, providers: Providers): readonly string[] | undefined {
	return providers.vendors.find(({ vendor }) => vendor === profile.vendor)?.signInCommand(profile);
}

/** Asks the vendor anew whether the profile is signed in, with what the sign-in left; calls that are under way go on. A failure of another kind
 * says that it is. Rejects only for a bug. */
export async function isSignedIn(profile: Profile, providers: Providers, signal: AbortSignal): Promise<boolean> {
	const vendor = providers.vendors.find((candidate) => candidate.vendor === profile.vendor);
	const [manifest] = vendor?.services ?? [];
	if (!manifest) {
		return false;
	}
	const provider = await providers.load(manifest.service);
	provider.forget(profile.name);
	try {
		await withLimit(signal, checkTimeoutMs, (limited) => provider.regions(profile.name, limited));
		return true;
	} catch (error) {
		if (isProviderError(error)) {
			return !['signInExpired', 'credentialsMissing', 'cancelled'].includes(error.failure.kind);
		}
		throw error;
	}
}

/** Waits for a sign-in that goes on elsewhere (a browser, a terminal): whenever a token file of the profile's vendor changes, asks `signedIn`
 * whether that was it (the tools write other files there first). False after ten minutes, or when the signal aborts and no token
 * came just before. */
export async function waitForSignIn(
	profile: Profile,
	environment: Environment,
	ports: { readonly providers: Providers; readonly files: Files; readonly clock: Clock },
	signedIn: () => Promise<boolean>,
	signal: AbortSignal,
): Promise<boolean> {
	const vendor = ports.providers.vendors.find((candidate) => candidate.vendor === profile.vendor);
	const folders = vendor?.signInFolders(environment) ?? [];
	const deadline = ports.clock.now() + signInTimeoutMs;
	let before = await digestFolders(folders, ports.files);
	while (!signal.aborted && ports.clock.now() < deadline) {
		await ports.clock.wait(pollMs, signal);
		const now = await digestFolders(folders, ports.files);
		if (now !== before && (await signedIn())) {
			return true;
		}
		before = now;
	}
	return false;
}

/** A token file is a few kilobytes; that of Alibaba Cloud's CLI holds all its profiles besides. */
const maxTokenBytes = 16 * 1024 * 1024;

/** A digest of names and contents: the tokens themselves are not kept. */
async function digestFolders(folders: readonly string[], files: Files): Promise<string> {
	const digest = createHash('sha256');
	for (const folder of folders) {
		for (const { name, uri } of await entries(pathToFileURL(folder).href, files)) {
			digest.update(name);
			try {
				digest.update(await files.read(uri, maxTokenBytes));
			} catch (error) {
				if (!(error instanceof FileError)) {
					throw error;
				}
			}
		}
	}
	return digest.digest('hex');
}

async function entries(folder: string, files: Files) {
	try {
		const found = (await files.list(folder)).filter(({ name }) => name.endsWith('.json'));
		return found.sort((a, b) => (a.name < b.name ? -1 : 1));
	} catch (error) {
		if (error instanceof FileError) {
			return [];
		}
		throw error;
	}
}
