import assert from 'node:assert/strict';
import type { KeyProblem } from '../../../src/domain/keyProblem';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { applyFix, blobOf, lineOf, vector } from './vectors';
import { blob, fieldsOf } from './wire';

const ED25519 = vector('ed25519-plain').line.trim();
const BODY = ED25519.split(' ')[1] ?? '';
const RSA = vector('rsa-2048').line;
const RSA_BODY = RSA.split(' ')[1] ?? '';

/** The problems of a text as `code [reason] line:start-end`, with `!` for errors. */
function told(text: string): string[] {
	return parsePublicKeys(text).problems.map(tell);
}

function tell({ code, severity, data, range: { start, end } }: KeyProblem): string {
	const reason = data.reason === undefined ? '' : ` ${data.reason}`;
	const place = start.line === end.line ? end.character : `${end.line}:${end.character}`;
	return `${severity === 'error' ? '!' : ''}${code}${reason} ${start.line}:${start.character}-${place}`;
}

describe('the place of a problem', () => {
	const bodyStart = 'ssh-ed25519 '.length;
	const bodyEnd = bodyStart + BODY.length;

	it('is the character that is not base64', () => {
		for (const [bad, length] of [
			['*', 1],
			['-', 1],
			['é', 1],
			['\u{1f511}', 2],
			['\u00a0', 1],
			['\ufeff', 1],
		] as const) {
			const text = `# x\nssh-ed25519 ${BODY.slice(0, 30)}${bad}${BODY.slice(31)} me`;
			assert.deepEqual(told(text), [`!base64Character character 1:${bodyStart + 30}-${bodyStart + 30 + length}`]);
		}
	});

	it('is what follows the padding', () => {
		const padded = vector('ecdsa-256').line.split(' ')[1] ?? '';
		const at = 'ecdsa-sha2-nistp256 '.length + padded.length;
		assert.deepEqual(told(`ecdsa-sha2-nistp256 ${padded}A`), [`!base64Character character 0:${at}-${at + 1}`]);
	});

	it('is the digit before the padding that has bits too many', () => {
		const padded = vector('ecdsa-256').line.split(' ')[1] ?? '';
		const digit = padded.indexOf('=') - 1;
		const odd = `${padded.slice(0, digit)}${padded[digit] === 'B' ? 'D' : 'B'}${padded.slice(digit + 1)}`;
		const at = 'ecdsa-sha2-nistp256 '.length + digit;
		assert.deepEqual(told(`ecdsa-sha2-nistp256 ${odd}`), [`!base64Character paddingBits 0:${at}-${at + 1}`]);
	});

	it('is the last group where padding is missing', () => {
		const padded = vector('ecdsa-256').line.split(' ')[1] ?? '';
		assert.ok(padded.endsWith('=') && !padded.endsWith('=='));
		const end = 'ecdsa-sha2-nistp256 '.length + padded.length - 1;
		assert.deepEqual(told(`ecdsa-sha2-nistp256 ${padded.slice(0, -1)} x`), [`!base64Length 0:${end - 3}-${end}`]);
	});

	it('is the end of a body that is cut', () => {
		for (const cut of [40, 41, 42, 43, 12]) {
			const end = bodyEnd - cut;
			assert.deepEqual(told(`ssh-ed25519 ${BODY.slice(0, -cut)} me`), [`!bodyTruncated 0:${end - 1}-${end}`]);
		}
	});

	it('is the type where there is no body', () => {
		assert.deepEqual(told('ssh-ed25519'), ['!bodyTruncated missing 0:0-11']);
		assert.deepEqual(told('  no-pty ssh-ed25519 \r\n'), ['!bodyTruncated missing 0:9-20']);
	});

	it('is the digits of bytes after the key', () => {
		const longer = Buffer.concat([blobOf('ed25519-plain'), Buffer.from('abc')]);
		assert.deepEqual(told(lineOf('ssh-ed25519', longer)), [`!bodyTrailing 0:${bodyEnd}-${bodyEnd + 4}`]);
	});

	it('is the type that the body does not have', () => {
		assert.deepEqual(told(`ssh-rsa ${BODY} me`), ['!typeMismatch 0:0-7']);
		assert.deepEqual(told(`no-pty\tecdsa-sha2-nistp384 ${vector('ecdsa-256').line.split(' ')[1]}`), [
			'!typeMismatch 0:7-26',
		]);
		assert.deepEqual(parsePublicKeys(`ssh-rsa ${BODY}`).problems[0]?.data, {
			type: 'ssh-rsa',
			innerType: 'ssh-ed25519',
		});
	});

	it('is the digits of the part that can not be', () => {
		const [name = '', e = '', n = Buffer.alloc(0)] = fieldsOf(blobOf('rsa-2048'));
		const negative = lineOf('ssh-rsa', blob(name, e, n.subarray(1)));
		const start = 'ssh-rsa '.length;
		// The number starts at byte 22, base64 digit 29, and is the last.
		assert.deepEqual(told(negative), [
			`!badKey negative 0:${start + 29}-${start + (negative.split(' ')[1]?.length ?? 0)}`,
		]);
		const [ecName = '', curve = '', point = ''] = fieldsOf(blobOf('ecdsa-256'));
		const offCurve = Buffer.from(point);
		offCurve[40] = (offCurve[40] ?? 0) ^ 1;
		const [problem] = parsePublicKeys(lineOf('ecdsa-sha2-nistp256', blob(ecName, curve, offCurve))).problems;
		assert.deepEqual([problem?.code, problem?.data.reason], ['badKey', 'pointOffCurve']);
	});

	it('is the RSA key that OpenSSH refuses as too short', () => {
		const [name = '', e = ''] = fieldsOf(blobOf('rsa-2048'));
		const short = lineOf('ssh-rsa', blob(name, e, Buffer.alloc(127, 0x7f)));
		const [problem] = parsePublicKeys(short).problems;
		assert.deepEqual(
			[problem?.code, problem?.severity, problem?.data],
			['rsaShort', 'error', { bits: 1015, minimum: 1024 }],
		);
	});

	it('is a type that does not exist, or is missing', () => {
		assert.deepEqual(told(`ssh-rsa2 ${RSA_BODY} me`), ['!unknownType 0:0-8']);
		assert.deepEqual(told(`SSH-RSA ${RSA_BODY} me`), ['!unknownType 0:0-7']);
		assert.deepEqual(told(`no-pty rsa ${RSA_BODY} me`), ['!unknownType 0:7-10']);
		assert.deepEqual(told(` ${RSA_BODY} me`), ['!unknownType 0:1-2']);
		assert.deepEqual(parsePublicKeys(RSA_BODY).problems[0]?.data, { innerType: 'ssh-rsa' });
		assert.deepEqual(parsePublicKeys(`ssh-rsa2 ${RSA_BODY}`).problems[0]?.data, {
			type: 'ssh-rsa2',
			innerType: 'ssh-rsa',
		});
	});

	it('is the option that sshd refuses, and the key is read all the same', () => {
		for (const [options, reason, start, end] of [
			['no-pty,no-such', 'unknown', 7, 14],
			['no-pty,', 'comma', 6, 7],
			['from=10.0.0.1', 'value', 4, 13],
			['command', 'value', 0, 7],
			['no-restrict', 'unknown', 0, 11],
			['command="x"y', 'unknown', 11, 12],
			['pty="x"', 'unknown', 0, 3],
			['github.com', 'unknown', 0, 10],
		] as const) {
			const text = `${options} ${ED25519}`;
			assert.deepEqual(told(text), [`badOptions ${reason} 0:${start}-${end}`]);
			const { keys, problems } = parsePublicKeys(text);
			assert.equal(keys.length, 1);
			assert.equal(applyFix(text, problems[0]?.fix), ED25519);
		}
	});

	it('is the quote that is not closed', () => {
		assert.deepEqual(told(`command="echo ${ED25519} me`), [
			`!badOptions quote 0:8-${`command="echo ${ED25519} me`.length}`,
		]);
	});

	it('is the number that makes OpenSSH think of SSH 1', () => {
		assert.deepEqual(told(`1024 ${ED25519}`), ['!badOptions number 0:0-4']);
		assert.equal(applyFix(`1024 ${ED25519}`, parsePublicKeys(`1024 ${ED25519}`).problems[0]?.fix), ED25519);
	});

	it('is the type of a key that is weak', () => {
		assert.deepEqual(told(vector('rsa-1024').line), ['rsaShort 0:0-7']);
		assert.deepEqual(told(vector('rsa-2047').line), ['rsaShort 0:0-7']);
		assert.deepEqual(told(vector('dsa').line), ['dsa 0:0-7']);
	});

	it('is the part of the comment from the first foreign character to the last', () => {
		const text = `${ED25519} de Zoë et  André x`;
		const at = ED25519.length + 1;
		assert.deepEqual(told(text), [`nonAsciiComment 0:${at + 5}-${at + 16}`]);
		assert.equal(applyFix(text, parsePublicKeys(text).problems[0]?.fix), `${ED25519} de Zo et Andr x`);
		assert.equal(applyFix(`${ED25519} 钥匙 `, parsePublicKeys(`${ED25519} 钥匙 `).problems[0]?.fix), `${ED25519} `);
	});

	it('is the second key where two stand in one line', () => {
		const text = `${ED25519} me ${RSA}`;
		const start = ED25519.length + 4;
		assert.deepEqual(told(text), [`severalKeys 0:${start}-${text.length}`]);
	});
});

describe('a byte order mark', () => {
	it('hides a key from OpenSSH', () => {
		const text = `\ufeff${ED25519}\n${RSA}\n`;
		const { keys, problems } = parsePublicKeys(text);
		assert.deepEqual(
			keys.map(({ type }) => type),
			['ssh-rsa'],
		);
		assert.deepEqual(problems.map(tell), ['!byteOrderMark 0:0-1']);
		assert.equal(applyFix(text, problems[0]?.fix), text.slice(1));
	});

	it('hides nothing when no key follows it', () => {
		const { keys, problems } = parsePublicKeys(`\ufeff# my keys\n${RSA}\n`);
		assert.equal(keys.length, 1);
		assert.deepEqual(problems.map(tell), ['byteOrderMark 0:0-1']);
	});

	it('does not hide a private key', () => {
		const text = '\ufeff-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
		assert.deepEqual(told(text), ['byteOrderMark 0:0-1', '!privateKey 0:1-32']);
	});

	it('of UTF-16 that was read as UTF-8 is recognised', () => {
		const text = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(`${ED25519}\r\n`, 'utf16le')]).toString('utf8');
		const { keys, problems } = parsePublicKeys(text);
		assert.deepEqual(keys, []);
		assert.deepEqual(
			problems.map(({ code, data }) => [code, data.encoding]),
			[['byteOrderMark', 'utf-16']],
		);
	});
});

describe('a broken body', () => {
	const wrapped = (text: string) => {
		const { keys, problems } = parsePublicKeys(text);
		assert.deepEqual(keys, []);
		assert.deepEqual(
			problems.map(({ code, severity }) => [code, severity]),
			[['bodyWrapped', 'error']],
		);
		return applyFix(text, problems[0]?.fix);
	};

	it('is joined over lines, whatever their ends and indents', () => {
		const lines = RSA.replace(/ mel.*$/, '').match(/.{1,64}/g) ?? [];
		assert.equal(wrapped(lines.join('\n')), RSA.replace(/ mel.*$/, ''));
		assert.equal(wrapped(`${lines.join('\r\n\t ')} mel@laptop\r\n`), `${RSA}\r\n`);
	});

	it('is joined over blanks', () => {
		const [type = '', body = ''] = RSA.split(' ');
		assert.equal(wrapped(`${type} ${body.slice(0, 76)} ${body.slice(76, 152)}  ${body.slice(152)} mel@laptop`), RSA);
	});

	it('is joined with a type that stands alone', () => {
		const [type = '', body = '', comment = ''] = RSA.split(' ');
		assert.equal(wrapped(`${type}\n${body} ${comment}`), RSA);
	});

	it('ends where the key does, though the comment looks like base64', () => {
		const [type = '', body = ''] = ED25519.split(' ');
		assert.equal(wrapped(`${type} ${body.slice(0, 32)}\n${body.slice(32)} root`), `${ED25519} root`);
		assert.equal(wrapped(`${type} ${body.slice(0, 32)}\n${body.slice(32)}\nroot`), `${ED25519}\nroot`);
	});

	it('starts where it was broken', () => {
		const [type = '', body = ''] = ED25519.split(' ');
		const text = `${type} ${body.slice(0, 32)} \n  ${body.slice(32)}`;
		assert.deepEqual(told(text), ['!bodyWrapped 0:44-1:2']);
	});

	it('is no key when joining does not help', () => {
		const [type = '', body = ''] = ED25519.split(' ');
		assert.deepEqual(
			parsePublicKeys(`${type} ${body.slice(0, 32)}\n${body.slice(36)}\n${ED25519}`).problems.map(({ code }) => code),
			['bodyTruncated', 'noKey'],
		);
	});
});
