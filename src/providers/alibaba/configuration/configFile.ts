import { join } from 'node:path';
import type { Environment } from '../../contract';
import { configurationError, readConfigurationFile } from './configurationError';
import { jsonErrorLine } from './jsonError';

/** One profile of the Alibaba Cloud CLI, as it stands in the file. Holds secrets: never leaves the provider. */
export interface CliProfile {
	readonly name: string;
	readonly values: Readonly<Record<string, unknown>>;
}

/** What the CLI's configuration file says. Holds secrets: never leaves the provider. */
export interface CliConfig {
	readonly file: string;
	/** The profile that the CLI uses when none is named. */
	readonly current?: string;
	/** By name, in the file's order; of several with one name the first, as with the CLI. */
	readonly profiles: ReadonlyMap<string, CliProfile>;
}

/** The absolute path of the CLI's configuration file, whether it exists or not. There is no variable that moves it. */
export function cliConfigFile({ home }: Environment): string {
	return join(home, '.aliyun', 'config.json');
}

/** The CLI's configuration file (config/profile.go, config/configuration.go of aliyun/aliyun-cli). One that does not exist counts as empty.
 * Entries that are no profile are left out.
 * @throws {ProviderError} kind configuration, when the file can't be read or parsed; it never quotes the file. */
export async function readCliConfig(environment: Environment): Promise<CliConfig> {
	const file = cliConfigFile(environment);
	const text = await readConfigurationFile(file);
	const profiles = new Map<string, CliProfile>();
	if (text === undefined) {
		return { file, profiles };
	}
	const config = parse(text, file);
	const entries = config['profiles'] ?? [];
	if (!Array.isArray(entries)) {
		throw configurationError(file, 'notACliConfig', '"profiles" is not a list', 0);
	}
	for (const values of entries) {
		const name = isRecord(values) ? values['name'] : undefined;
		if (isRecord(values) && typeof name === 'string' && name !== '' && !profiles.has(name)) {
			profiles.set(name, { name, values });
		}
	}
	const current = config['current'];
	return { file, profiles, ...(typeof current === 'string' && current !== '' ? { current } : {}) };
}

function parse(text: string, file: string): Readonly<Record<string, unknown>> {
	let config: unknown;
	try {
		config = JSON.parse(text);
	} catch {
		// The parser's own message quotes the text, keys and secrets in it.
		throw configurationError(file, 'notJson', 'not valid JSON', jsonErrorLine(text) ?? 0);
	}
	if (!isRecord(config)) {
		throw configurationError(file, 'notACliConfig', 'not a configuration of the Alibaba Cloud CLI', 0);
	}
	return config;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
