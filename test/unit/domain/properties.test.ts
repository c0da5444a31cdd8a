import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareFingerprints, matchesKey, parseFingerprint } from '../../../src/domain/fingerprint';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { Range } from '../../../src/domain/text';
import { keyTexts, mutated } from './arbitraries';
import { lineOf, vectors } from './vectors';
import { blob } from './wire';

/** Numbers as RFC 4251 spells them, with at least so many bits. */
const modulus = (minBytes: number, maxBytes: number) =>
	fc.uint8Array({ minLength: minBytes, maxLength: maxBytes }).map((bytes) => {
		bytes[0] = 0x80 | (bytes[0] ?? 0);
		return Buffer.concat([Buffer.of(0), bytes]);
	});

const rsaLines = fc
	.tuple(fc.constantFrom(Buffer.of(3), Buffer.of(1, 0, 1)), modulus(128, 1024))
	.map(([e, n]) => lineOf('ssh-rsa', blob('ssh-rsa', e, n), '').trim());
const ed25519Lines = fc
	.uint8Array({ minLength: 32, maxLength: 32 })
	.map((point) => lineOf('ssh-ed25519', blob('ssh-ed25519', point), '').trim());
const otherLines = fc.constantFrom(...vectors.map(({ line }) => line.split(' ').slice(0, 2).join(' ')));
const keyLines = fc.oneof(rsaLines, ed25519Lines, otherLines);

const comments = fc
	.string({ unit: 'grapheme', maxLength: 30 })
	.map((text) => text.replace(/[\0\n\r\t\v\f]/g, '').trim())
	.filter((text) => !text.includes('PRIVATE KEY') && !/^[\s\ufeff]|[\s\ufeff]$/.test(text));
const options = fc.constantFrom('', 'no-pty ', 'command="a \\"b\\" c",restrict\t', 'from="é,*" ');
const lineEnds = fc.constantFrom('\n', '\r\n', '\n\n', '\n# x\n');

function isInside(text: string, { start, end }: Range): boolean {
	const lines = text.split('\n');
	const reaches = ({ line, character }: Range['start']) =>
		line < lines.length && character <= (lines[line]?.length ?? -1);
	const isForward = start.line < end.line || (start.line === end.line && start.character <= end.character);
	return reaches(start) && reaches(end) && isForward;
}

describe('any valid key', () => {
	it('comes back as it was written, at its place', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(options, keyLines, comments, lineEnds), { minLength: 1, maxLength: 5 }),
				(entries) => {
					const text = entries
						.map((entry) => [entry[0], entry[1], entry[2] && ` ${entry[2]}`, entry[3]].join(''))
						.join('');
					const { keys } = parsePublicKeys(text);
					assert.deepEqual(
						keys.map((key) => [key.options ?? '', key.publicKey, key.comment]),
						entries.map(([option, line, comment]) => [option.trim(), line, comment]),
					);
					const lines = text.split('\n');
					for (const { range, publicKey, comment } of keys) {
						const part = (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
						assert.ok(part.includes(publicKey) && part.endsWith(comment));
					}
				},
			),
			{ numRuns: 400 },
		);
	});

	it('is known again by each of its fingerprints, and by none of another key', () => {
		fc.assert(
			fc.property(keyLines, keyLines, (line, otherLine) => {
				const [key] = parsePublicKeys(line).keys;
				const [other] = parsePublicKeys(otherLine).keys;
				assert.ok(key && other);
				for (const fingerprint of Object.values(key.fingerprints)) {
					assert.equal(matchesKey(fingerprint, key).result, 'same');
					assert.equal(compareFingerprints(fingerprint, ` ${fingerprint} `).result, 'same');
					if (key.fingerprints.sha256 !== other.fingerprints.sha256) {
						assert.equal(matchesKey(fingerprint, other).result, 'different');
					}
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('that is changed is refused, or is a key that comes back as it was written', () => {
		fc.assert(
			fc.property(
				keyLines.chain((line) => mutated(line)),
				(line) => {
					const { keys, problems } = parsePublicKeys(line);
					for (const key of keys) {
						const [again] = parsePublicKeys(key.publicKey).keys;
						assert.deepEqual([again?.publicKey, again?.fingerprints], [key.publicKey, key.fingerprints]);
					}
					assert.ok(keys.length > 0 || problems.some(({ severity }) => severity === 'error'));
				},
			),
			{ numRuns: 2000 },
		);
	});
});

describe('any text', () => {
	it('raises nothing, and every place that is told lies in it', () => {
		fc.assert(
			fc.property(keyTexts, fc.boolean(), (text, single) => {
				const { keys, problems } = parsePublicKeys(text, { single });
				for (const { range } of [...keys, ...problems]) {
					assert.ok(isInside(text, range), JSON.stringify(range));
				}
				for (const { fix } of problems) {
					for (const edit of fix !== undefined && 'edits' in fix ? fix.edits : []) {
						assert.ok(isInside(text, edit.range), JSON.stringify(edit));
					}
				}
			}),
			{ numRuns: 5000 },
		);
	});

	it('raises nothing as a fingerprint', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ maxLength: 100 }), fc.stringMatching(/^[0-9a-fA-F:=+/]{0,100}$/)), (text) => {
				const parsed = parseFingerprint(text);
				assert.ok(parsed === undefined || /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(parsed.hex));
			}),
			{ numRuns: 2000 },
		);
	});

	const megabyte = 1 << 20;
	const hostile: Readonly<Record<string, string>> = {
		'line feeds': '\n',
		'one letter': 'a',
		'short lines': 'a\n',
		blanks: ' ',
		quotes: '"',
		'escaped quotes': '\\"',
		'zero bytes': '\0',
		'options without end': 'no-pty,',
		'types alone': 'ssh-rsa ',
		'types in lines': 'ssh-rsa\n',
		'cut keys': 'ssh-rsa AAAA\n',
		'cut keys with much to join': `ssh-rsa AAAA\n${'AAAA\n'.repeat(200)}`,
		'cut keys with much to join in a line': `ssh-rsa ${'AAAA '.repeat(300)}\n`,
		'DER in lines': 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n',
		'encoded markers': 'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ\n',
		'PEM starts': '-----BEGIN PUBLIC KEY-----\n',
		'private key starts': '-----BEGIN RSA PRIVATE KEY-----\n',
		'markers in a line': '-----BEGIN ',
		'RFC 4716 starts': '---- BEGIN SSH2 PUBLIC KEY ----\n',
		'RFC 4716 headers': '---- BEGIN SSH2 PUBLIC KEY ----\nComment: \\\n',
		'PuTTY starts': 'PuTTY-User-Key-File-2: ssh-rsa\nPublic-Lines: 99999999\n',
		'non-ASCII': 'é',
		'byte order marks': '\ufeff',
		...Object.fromEntries(vectors.map(({ name, line }) => [name, `${line}\n`])),
	};
	for (const [name, unit] of Object.entries(hostile)) {
		it(`of a megabyte takes less than a second: ${name}`, () => {
			const text = unit.repeat(Math.ceil(megabyte / unit.length)).slice(0, megabyte);
			const before = process.cpuUsage();
			parsePublicKeys(text);
			parsePublicKeys(`${vectors[0]?.line} ${text}`);
			parsePublicKeys(`---- BEGIN SSH2 PUBLIC KEY ----\nComment: \\\n${text}`);
			const { user, system } = process.cpuUsage(before);
			assert.ok((user + system) / 3 < 1_000_000, `${(user + system) / 3000} ms`);
			// The process's own time counts, whoever else keeps the machine busy.
		}).timeout(30_000);
	}
});
