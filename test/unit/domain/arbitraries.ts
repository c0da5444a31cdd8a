import fc from 'fast-check';
import { vectors } from './vectors';

/** Lines of all types, with and without options and comment. */
const lines = fc.constantFrom(...vectors.map(({ line }) => line));

const fragments = fc.constantFrom(
	'ssh-rsa',
	'ssh-ed25519 ',
	'AAAA',
	'AAAAB3NzaC1yc2E',
	' ',
	'\t',
	'\n',
	'\r\n',
	'\r',
	'\0',
	'\ufeff',
	'=',
	'#',
	'"',
	'\\"',
	',',
	'no-pty',
	'command="',
	'PRIVATE KEY',
	'-----BEGIN PUBLIC KEY-----\n',
	'-----END PUBLIC KEY-----\n',
	'-----BEGIN RSA PRIVATE KEY-----\n',
	'-----BEGIN OPENSSH PRIVATE KEY-----',
	'---- BEGIN SSH2 PUBLIC KEY ----\n',
	'---- END SSH2 PUBLIC KEY ----\n',
	'Comment: \\\n',
	'PuTTY-User-Key-File-3: ssh-rsa\n',
	'Public-Lines: 99\n',
	'Public-Lines: -1\n',
	'Private-MAC: 00\n',
	'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n',
	'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ==',
	'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU',
);

const foreign = fc.constantFrom(
	...vectors.flatMap(({ spki, rfc4716, pkcs1 }) => [spki?.pem, rfc4716, pkcs1].filter((text) => text !== undefined)),
);

/** Texts of keys, parts of keys and anything else. */
export const keyTexts: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			{ weight: 4, arbitrary: fragments },
			{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
			{ weight: 2, arbitrary: lines.chain((line) => mutated(line)) },
			{ weight: 1, arbitrary: lines.map((line) => `${line}\n`) },
			{ weight: 1, arbitrary: foreign.chain((text) => mutated(text)) },
			{ weight: 1, arbitrary: fc.base64String({ maxLength: 200 }) },
		),
		{ maxLength: 10 },
	)
	.map((parts) => parts.join(''));

/** The text with a stretch of it replaced. */
export function mutated(text: string): fc.Arbitrary<string> {
	return fc
		.tuple(fc.nat(text.length), fc.integer({ min: 0, max: 6 }), fc.oneof(fragments, fc.string({ maxLength: 3 })))
		.map(([at, length, replacement]) => text.slice(0, at) + replacement + text.slice(at + length));
}
