import { readFile } from 'node:fs/promises';
import { ProviderError } from '../../failure';

/** The text of a file in UTF-8, without a byte order mark; undefined when there is no such file.
 * @throws {ProviderError} kind configuration, when it can't be read. */
export async function readConfigurationFile(file: string): Promise<string | undefined> {
	try {
		return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}
		throw configurationError(file, code, `can't be read (${code})`);
	}
}

/** That a configuration file is wrong. `sentence` says in what way and must not quote the file; `line` is zero-based. */
export function configurationError(file: string, code: string, sentence: string, line?: number): ProviderError {
	return new ProviderError({
		kind: 'configuration',
		code,
		file,
		...(line === undefined ? {} : { line }),
		detail: line === undefined ? `${file}: ${sentence}` : `${file}, line ${line + 1}: ${sentence}`,
		retryable: false,
		outcomeUnknown: false,
	});
}
