/** Keys and values of one section; a nested key is `outer.inner`. */
export type IniValues = ReadonlyMap<string, string>;

/** What makes a text no configuration file: where, and in what way. Never holds text of the file. */
export interface IniProblem {
	/** Zero-based. */
	readonly line: number;
	readonly code: 'notText' | 'sectionUnclosed' | 'keyBeforeSection' | 'profileNameInvalid';
}

/** The sections of a configuration file. */
export interface IniFile {
	/** By the key that AWS's SDK gives them: `profile.x`, `sso-session.x`, `services.x`, or the header as written.
	 * Without empty sections. */
	readonly sections: ReadonlyMap<string, IniValues>;
	/** Headers of sections that hold values and that the SDK passes over, because of the characters of their names. */
	readonly passedOver: readonly string[];
	readonly problem?: IniProblem;
}

/** Prefixes of section headers that the SDK knows (`IniSectionType` in @smithy/types). */
const prefixes = ['profile', 'sso-session', 'services'];

/** The SDK's pattern of a header with prefix (`prefixKeyRegex` in @smithy/core's parseIni.js). */
const prefixedHeader = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/;

/** The sections of an AWS configuration or credentials file, as AWS's SDK for JavaScript reads them (parseIni.js of
 * @smithy/core 3.41.0). Where the SDK passes over what can only be a mistake and the AWS CLI refuses the file,
 * `problem` says so. Never throws. */
export function parseIni(text: string): IniFile {
	const sections = new Map<string, Map<string, string>>();
	const passedOver = new Set<string>();
	let header: string | undefined;
	let key: string | undefined;
	let outer: string | undefined;
	const lines = text.split(/\r?\n/);
	for (const [line, raw] of lines.entries()) {
		const stop = (code: IniProblem['code']): IniFile => ({
			sections,
			passedOver: [...passedOver],
			problem: { line, code },
		});
		if (raw.includes('\0')) {
			return stop('notText');
		}
		const trimmed = (raw.split(/(?:^|\s)[;#]/)[0] ?? '').trim();
		if (trimmed.startsWith('[')) {
			if (!trimmed.endsWith(']')) {
				return stop('sectionUnclosed');
			}
			header = trimmed.slice(1, -1);
			if (header === '__proto__' || header === 'profile __proto__') {
				return stop('profileNameInvalid');
			}
			key = sectionKey(header);
			outer = undefined;
			continue;
		}
		const equals = trimmed.indexOf('=');
		if (equals < 1) {
			continue;
		}
		if (header === undefined) {
			return stop('keyBeforeSection');
		}
		const name = trimmed.slice(0, equals).trim();
		const value = trimmed.slice(equals + 1).trim();
		if (key === undefined) {
			passedOver.add(header);
		} else if (value === '') {
			outer = name;
		} else {
			if (outer !== undefined && raw.trimStart() === raw) {
				outer = undefined;
			}
			const values = sections.get(key) ?? new Map<string, string>();
			sections.set(key, values.set(outer === undefined ? name : `${outer}.${name}`, value));
		}
	}
	return { sections, passedOver: [...passedOver] };
}

/** The SDK's key of a section; undefined for one that it passes over. An empty header it passes over, too. */
function sectionKey(header: string): string | undefined {
	const match = prefixedHeader.exec(header);
	if (!match) {
		return header === '' ? undefined : header;
	}
	const [, prefix = '', , name] = match;
	return prefixes.includes(prefix) ? `${prefix}.${name}` : undefined;
}
