import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../contract';
import { ProviderError } from '../failure';
import { type IniFile, type IniProblem, type IniValues, parseIni } from './iniFile';

/** The paths of the two files that AWS's tools share. */
export interface SharedFiles {
	readonly config: string;
	readonly credentials: string;
}

/** A profile's values from both files, and where it is defined. Holds secrets: never leaves the provider. */
export interface ProfileSection {
	readonly values: IniValues;
	readonly file: string;
}

/** What the configuration and credentials files say together. Holds secrets: never leaves the provider. */
export interface SharedConfig {
	readonly files: SharedFiles;
	/** In the files' order, the configuration file first. */
	readonly profiles: ReadonlyMap<string, ProfileSection>;
	readonly ssoSessions: ReadonlyMap<string, IniValues>;
	/** The `[services x]` sections; keys are `ec2.endpoint_url` and the like. */
	readonly services: ReadonlyMap<string, IniValues>;
	/** Profiles that the SDK passes over because of their names. */
	readonly notSupported: readonly { readonly name: string; readonly file: string }[];
}

/** The home directory as AWS's SDK finds it (getHomeDir.js of @smithy/core). */
export function homeFolder({ variables, home }: Environment): string {
	const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = 'C:' } = variables;
	return HOME || USERPROFILE || (HOMEPATH ? `${HOMEDRIVE}${HOMEPATH}` : home);
}

/** The absolute paths of the configuration and credentials files, whether they exist or not. `~/` stands for the home
 * directory. */
export function sharedFiles(environment: Environment): SharedFiles {
	const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment.variables;
	const home = homeFolder(environment);
	const locate = (configured: string | undefined, name: string): string => {
		if (!configured) {
			return join(home, '.aws', name);
		}
		const path = configured.startsWith('~/') ? join(home, configured.slice(2)) : configured;
		return isAbsolute(path) ? path : resolve(path);
	};
	return { config: locate(AWS_CONFIG_FILE, 'config'), credentials: locate(AWS_SHARED_CREDENTIALS_FILE, 'credentials') };
}

/** The files' contents, merged as AWS's SDK merges them (loadSharedConfigFiles.js, mergeConfigFiles.js of
 * @smithy/core): for a profile in both the credentials file wins key by key. A file that does not exist counts as
 * empty.
 * @throws {ProviderError} kind configuration, when a file can't be read or parsed. */
export async function readSharedConfig(environment: Environment): Promise<SharedConfig> {
	const files = sharedFiles(environment);
	const [config, credentials] = await Promise.all([readIni(files.config), readIni(files.credentials)]);
	const profiles = new Map<string, ProfileSection>();
	const ssoSessions = new Map<string, IniValues>();
	const services = new Map<string, IniValues>();
	for (const [key, values] of config.sections) {
		const [, prefix, name = ''] = /^(profile|sso-session|services)\.(.*)$/s.exec(key) ?? [];
		if (prefix === 'sso-session') {
			ssoSessions.set(name, values);
		} else if (prefix === 'services') {
			services.set(name, values);
		} else if (prefix === 'profile') {
			profiles.set(name, { values, file: files.config });
		} else if (key === 'default' && !config.sections.has('profile.default')) {
			profiles.set(key, { values, file: files.config });
		}
	}
	for (const [name, values] of credentials.sections) {
		// The SDK merges by its own keys, so that these two kinds in the credentials file are no profiles.
		if (!/^(sso-session|services)\./.test(name)) {
			const merged = new Map([...(profiles.get(name)?.values ?? []), ...values]);
			profiles.set(name, { values: merged, file: files.credentials });
		}
	}
	return { files, profiles, ssoSessions, services, notSupported: notSupported(files, config, credentials) };
}

/** Profiles that a person has written and the SDK passes over: in the configuration file `[profile …]` with a name that
 * its pattern refuses; in the credentials file a name of two words. */
function notSupported(files: SharedFiles, config: IniFile, credentials: IniFile): SharedConfig['notSupported'] {
	const inConfig = [...config.sections.keys(), ...config.passedOver].flatMap((header) => {
		const name = /^profile\s+(.+)$/.exec(header)?.[1];
		return name === undefined ? [] : [{ name: name.replace(/^(["'])(.*)\1$/, '$2'), file: files.config }];
	});
	return [...inConfig, ...credentials.passedOver.map((name) => ({ name, file: files.credentials }))];
}

async function readIni(file: string): Promise<IniFile> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return { sections: new Map(), passedOver: [] };
		}
		throw configurationError(file, code, `${file} can't be read (${code})`);
	}
	const parsed = parseIni(text);
	if (parsed.problem) {
		const { line, code } = parsed.problem;
		throw configurationError(file, code, `${file}, line ${line + 1}: ${sentences[code]}`, line);
	}
	return parsed;
}

const sentences: { readonly [K in IniProblem['code']]: string } = {
	notText: 'not a text file in UTF-8',
	sectionUnclosed: 'a section header without closing bracket',
	keyBeforeSection: 'a key before the first section header',
	profileNameInvalid: 'a profile name that is not allowed',
};

function configurationError(file: string, code: string, detail: string, line?: number): ProviderError {
	return new ProviderError({
		kind: 'configuration',
		code,
		file,
		...(line === undefined ? {} : { line }),
		detail,
		retryable: false,
		outcomeUnknown: false,
	});
}
