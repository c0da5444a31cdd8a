import assert from 'node:assert/strict';
import { keyTypeByName } from '../../../src/domain/parse/keyTypes';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { lineOf, shortTypeOf, vector, vectors } from './vectors';

const ED25519 = vector('ed25519-plain').line.trim();
const RSA = vector('rsa-2048').line;

describe('parsePublicKeys', () => {
	for (const { name, line, list, listMd5 } of vectors) {
		it(`reads ${name} as ssh-keygen does`, () => {
			const { keys } = parsePublicKeys(`${line}\n`);
			assert.equal(keys.length, 1);
			const [key] = keys;
			const type = keyTypeByName(key?.type ?? '')?.shortName;
			const comment = key?.comment === '' ? 'no comment' : key?.comment;
			assert.equal(`${key?.bits} ${key?.fingerprints.sha256} ${comment} (${type})`, list);
			assert.equal(`${key?.bits} ${key?.fingerprints.md5} ${comment} (${type})`, listMd5);
			assert.equal(type, shortTypeOf(list));
			assert.equal(key?.publicKey, line.split(' ').slice(0, 2).join(' '));
			assert.deepEqual(key?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: line.length } });
		});
	}

	it('finds every key of a text, in order, and nothing wrong with good ones', () => {
		const text = `# my keys\n\n${ED25519} one\n   \t\n\t${RSA}\r\n#${RSA}\n${vector('ecdsa-256').line}`;
		const { keys, problems } = parsePublicKeys(text);
		assert.deepEqual(
			keys.map(({ comment, range }) => [comment, range.start]),
			[
				['one', { line: 2, character: 0 }],
				['mel@laptop', { line: 4, character: 1 }],
				['ecdsa 256', { line: 6, character: 0 }],
			],
		);
		assert.deepEqual(problems, []);
	});

	it('keeps blanks and any Unicode of a comment, and drops white space around it', () => {
		const comment = 'Zoë  的 \u{1f511}\tkey "1" # 2';
		const [key] = parsePublicKeys(`${ED25519} \t ${comment} \t\r\n`).keys;
		assert.equal(key?.comment, comment);
		assert.equal(key?.range.end.character, ED25519.length + 3 + comment.length);
	});

	it('takes tabs and several blanks between type, body and comment', () => {
		const [type, body] = ED25519.split(' ');
		const [key] = parsePublicKeys(`${type}\t \t${body}\t\ta b`).keys;
		assert.deepEqual([key?.publicKey, key?.comment], [ED25519, 'a b']);
	});

	it('reads options with quotes, escapes and commas, and keeps them as written', () => {
		for (const options of [
			'no-pty',
			'command="echo \\"hi, there\\" # now",no-port-forwarding',
			'from="10.0.0.0/8,!10.1.*",environment="A=b c",restrict,pty',
			'Cert-Authority,principals="a,b"',
			'expiry-time="20300101",permitopen="[::1]:80",permitlisten="8080",tunnel="0",no-touch-required,verify-required',
		]) {
			const { keys, problems } = parsePublicKeys(`${options} ${ED25519} me`);
			assert.deepEqual([keys[0]?.options, keys[0]?.comment, problems], [options, 'me', []]);
			assert.equal(keys[0]?.range.start.character, 0);
		}
	});

	it('has no options where there are none', () => {
		const [key] = parsePublicKeys(ED25519).keys;
		assert.ok(key !== undefined && !('options' in key));
	});

	it('gives the EC2 fingerprint of RSA and ED25519 keys only', () => {
		for (const { line, spki, name } of vectors) {
			const [key] = parsePublicKeys(line).keys;
			const sha256 = `${key?.fingerprints.sha256.slice('SHA256:'.length)}=`;
			const expected = key?.type === 'ssh-rsa' ? spki?.md5 : key?.type === 'ssh-ed25519' ? sha256 : undefined;
			assert.equal(key?.fingerprints.ec2, expected, name);
		}
	});

	it('gives the names of signature algorithms their key type, as OpenSSH does', () => {
		const body = RSA.split(' ')[1];
		const [key] = parsePublicKeys(`rsa-sha2-512 ${body}`).keys;
		assert.deepEqual([key?.type, key?.publicKey], ['ssh-rsa', `ssh-rsa ${body}`]);
	});

	it('writes needlessly padded numbers as OpenSSH does, and warns', () => {
		const bytes = Buffer.from(RSA.split(' ')[1] ?? '', 'base64');
		const padded = Buffer.concat([
			bytes.subarray(0, 11),
			Buffer.from('0000000400010001', 'hex'),
			bytes.subarray(bytes.indexOf(Buffer.from('00000101', 'hex'))),
		]);
		const { keys, problems } = parsePublicKeys(lineOf('ssh-rsa', padded));
		assert.equal(keys[0]?.publicKey, RSA.split(' ').slice(0, 2).join(' '));
		assert.ok(vector('rsa-2048').list.includes(keys[0]?.fingerprints.sha256 ?? '-'));
		assert.deepEqual(
			problems.map(({ code, severity, data }) => [code, severity, data.reason]),
			[['badKey', 'warning', 'notCanonical']],
		);
	});

	it('ends a line at a zero byte, as OpenSSH does', () => {
		const { keys } = parsePublicKeys(`${ED25519} a\0b\n${ED25519} c`);
		assert.deepEqual(
			keys.map(({ comment }) => comment),
			['a', 'c'],
		);
	});

	it('warns of every further key where one is meant', () => {
		const text = `${ED25519}\n${RSA}\n${vector('ecdsa-256').line}\n`;
		assert.deepEqual(parsePublicKeys(text).problems, []);
		assert.deepEqual(
			parsePublicKeys(text, { single: true }).problems.map(({ code, severity, range }) => [
				code,
				severity,
				range.start.line,
			]),
			[
				['severalKeys', 'warning', 1],
				['severalKeys', 'warning', 2],
			],
		);
	});

	it('takes any number of keys', () => {
		const text = `${ED25519}\n`.repeat(150_000);
		const { keys, problems } = parsePublicKeys(text, { single: true });
		assert.deepEqual([keys.length, problems.length], [150_000, 149_999]);
	});

	it('says of a text without keys that it has none, once', () => {
		for (const [text, reason, line] of [
			['', 'empty', 0],
			['\n# nothing\n \t\n', 'empty', 0],
			['\nhello\nworld\n', 'text', 1],
		] as const) {
			const { keys, problems } = parsePublicKeys(text);
			assert.deepEqual(keys, []);
			assert.deepEqual(
				problems.map(({ code, severity, data, range }) => [code, severity, data.reason, range.start.line]),
				[['noKey', 'error', reason, line]],
			);
		}
	});

	it('warns of lines among keys that are none', () => {
		const { keys, problems } = parsePublicKeys(`${ED25519}\n  hello world \n${ED25519}\n`);
		assert.equal(keys.length, 2);
		assert.deepEqual(
			problems.map(({ code, severity, range }) => [code, severity, range]),
			[['noKey', 'warning', { start: { line: 1, character: 2 }, end: { line: 1, character: 13 } }]],
		);
	});
});
