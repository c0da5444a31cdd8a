import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../../contract';
import { configurationError, readConfigurationFile } from './configurationError';

/** One section of the credentials file of Alibaba Cloud's SDKs. Holds secrets: never leaves the provider. */
export interface IniSection {
	readonly name: string;
	readonly values: ReadonlyMap<string, string>;
}

/** What the credentials file says. Holds secrets: never leaves the provider. */
export interface IniCredentials {
	readonly file: string;
	/** By name, in the file's order. */
	readonly sections: ReadonlyMap<string, IniSection>;
}

/** The absolute path of the credentials file, whether it exists or not. */
export function iniCredentialsFile({ variables, home }: Environment): string {
	const { ALIBABA_CLOUD_CREDENTIALS_FILE: configured } = variables;
	if (!configured) {
		return join(home, '.alibabacloud', 'credentials');
	}
	return isAbsolute(configured) ? configured : resolve(configured);
}

/** The credentials file of Alibaba Cloud's SDKs. One that does not exist counts as empty.
 * @throws {ProviderError} kind configuration, when the file can't be read or is none. */
export async function readIniCredentials(environment: Environment): Promise<IniCredentials> {
	const file = iniCredentialsFile(environment);
	const text = await readConfigurationFile(file);
	return { file, sections: text === undefined ? new Map() : parseSections(text, file) };
}

/** As Alibaba Cloud's SDK for Node.js reads it (package `ini` 1.3): a line of `[name]` begins a section, `;` and `#` a comment unless a backslash
 * stands before; quotes around a value are taken off. Sections of one name are one. */
function parseSections(text: string, file: string): ReadonlyMap<string, IniSection> {
	const sections = new Map<string, IniSection & { readonly values: Map<string, string> }>();
	let section: { readonly values: Map<string, string> } | undefined;
	for (const [line, raw] of text.split(/\r\n|\r|\n/).entries()) {
		if (raw.includes('\0')) {
			throw configurationError(file, 'notText', 'not a text file in UTF-8', line);
		}
		const trimmed = raw.trim();
		if (trimmed === '' || /^[;#]/.test(trimmed)) {
			continue;
		}
		if (trimmed.startsWith('[')) {
			const header = /^\[([^\]]*)\]\s*(?:[;#].*)?$/.exec(trimmed)?.[1];
			if (header === undefined) {
				throw configurationError(file, 'sectionUnclosed', 'a section header without closing bracket', line);
			}
			const name = unquote(header);
			const known = sections.get(name) ?? { name, values: new Map() };
			sections.set(name, known);
			section = known;
			continue;
		}
		const equals = trimmed.indexOf('=');
		if (!section) {
			throw configurationError(file, 'keyBeforeSection', 'a key before the first section header', line);
		}
		if (equals > 0) {
			section.values.set(unquote(trimmed.slice(0, equals)), unquote(trimmed.slice(equals + 1)));
		}
	}
	return sections;
}

function unquote(text: string): string {
	const value = text.trim();
	const quoted = /^(["'])(.*)\1$/s.exec(value);
	return quoted
		? (quoted[2] ?? '')
		: value
				.replace(/(?<!\\)[;#].*$/s, '')
				.replace(/\\([\\;#])/g, '$1')
				.trim();
}
