import type { KeyProblem, KeyProblemCode } from './keyProblem';
import type { ParsedKeys } from './parsePublicKeys';

/** What any text may be said to be wrong with. */
const VAGUE: ReadonlySet<KeyProblemCode> = new Set<KeyProblemCode>(['noKey', 'unknownType', 'badOptions']);

/** Whether a text holds a key or plainly tried to. `.pub` may be anything: a Publisher document, a list of packages. */
export function isKeyText({ keys, problems }: { readonly [K in keyof ParsedKeys]: Readonly<ParsedKeys[K]> }): boolean {
	return keys.length > 0 || problems.some(isTelling);
}

/** Any text can begin with a byte order mark; as an error it hides a key. */
function isTelling({ code, severity }: KeyProblem): boolean {
	return code === 'byteOrderMark' ? severity === 'error' : !VAGUE.has(code);
}

const PRIVATE_KEY_START =
	/^\s*(?:-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|SSH PRIVATE KEY FILE FORMAT|PuTTY-User-Key-File-[0-9]+:)/;

/** Whether a file that begins with this text is a private key in one of the text formats: PEM, OpenSSH's, SSH.com's or PuTTY's. The first 64 characters
 * are enough. */
export function startsAsPrivateKeyFile(text: string): boolean {
	return PRIVATE_KEY_START.test(text);
}

const TRACES = /ssh-|ecdsa-|SHA256:|SHA1:|MD5:|(?:[0-9a-f]{2}:){15}[0-9a-f]{2}|[A-Za-z0-9+/]{43}=/i;

/** Whether a line may hold a public key or a fingerprint: a cheap check before the line is looked into. Takes time in proportion to the line. */
export function mayHoldKey(line: string): boolean {
	return TRACES.test(line);
}
