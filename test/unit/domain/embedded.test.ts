import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findEmbeddedKey, findFingerprint } from '../../../src/domain/embedded';
import { aPublicKey, keyLines } from '../../fakes/keys';

const [type = '', body = ''] = keyLines.mel.split(' ');

describe('findEmbeddedKey', () => {
	/** Wherever in the key it is looked for, it is found there; before and after it is not. */
	function found(before: string, text: string, after = '') {
		const line = `${before}${text}${after}`;
		const [start, end] = [before.length, before.length + text.length];
		const places = [start, start + 4, start + type.length + 20, end].map((at) => findEmbeddedKey(line, at));
		assert.deepEqual(
			places.map((place) => place && [place.start, place.end]),
			places.map(() => [start, end]),
			line,
		);
		for (const at of [start - 1, end + 1].filter((place) => place >= 0)) {
			assert.equal(findEmbeddedKey(line, at), undefined);
		}
		return places[0]?.value;
	}

	for (const [where, before, after] of [
		['a string of Terraform', '  public_key = "', '"'],
		['a string of JSON', '{ "key": "', '", "n": 1 }'],
		['a string with a line feed', '"keys": "', '\\nssh-rsa AAAA"'],
		['a list of YAML', '      - ', ''],
		['a list of YAML in quotes', "      - '", "'"],
		['YAML before a comment', 'key: ', ' # of mel'],
		['a flow list of YAML', 'keys: ["', '"]'],
		['Markdown', 'Use `', '`, please.'],
		['a here document', '', ''],
	] as const) {
		it(`finds a key with its comment in ${where}`, () => {
			assert.equal(found(before, keyLines.mel, after)?.comment, 'mel@laptop');
		});
	}

	it('finds keys of every type', () => {
		for (const line of Object.values(keyLines)) {
			const { publicKey } = aPublicKey(line);
			assert.equal(found('x: "', line, '"')?.publicKey, publicKey);
		}
	});

	it('finds a key without a comment, and one with options before it', () => {
		assert.equal(found('"', `${type} ${body}`, '"')?.comment, '');
		assert.equal(found('"no-pty ', keyLines.mel, '",')?.comment, 'mel@laptop');
	});

	it('keeps a comment with blanks, brackets and an address', () => {
		const comment = 'Mel (work) <mel@example.org>';
		assert.equal(found('key: ', `${type} ${body} ${comment}`)?.comment, comment);
	});

	it('takes slashes as PHP writes them in JSON', () => {
		const line = keyLines.deploy.replaceAll('/', '\\/');
		assert.notEqual(line, keyLines.deploy);
		assert.equal(found('"', line, '"')?.publicKey, aPublicKey(keyLines.deploy).publicKey);
	});

	it('tells two keys of one line apart', () => {
		const line = `["${keyLines.mel}", "${keyLines.ops}"]`;
		assert.equal(findEmbeddedKey(line, 30)?.value.comment, 'mel@laptop');
		assert.equal(findEmbeddedKey(line, line.length - 30)?.value.comment, 'ops@laptop');
	});

	it('finds nothing where there is no sound key', () => {
		for (const line of ['', 'ssh-keygen -t ed25519', `"${type} AAAAC3Nz"`, `x-${keyLines.mel}`, `"${body}"`]) {
			assert.equal(findEmbeddedKey(line, 10), undefined, line);
		}
	});

	it('finds a key deep in a long line', () => {
		const before = `${'x'.repeat(500_000)} "`;
		assert.equal(
			findEmbeddedKey(`${before}${keyLines.mel}"${'y'.repeat(500_000)}`, before.length + 30)?.start,
			before.length,
		);
	});

	it('takes little time for lines that are long and strange', () => {
		const start = performance.now();
		for (const part of ['ssh-', 'ssh-rsa AAAA', `${type} ${body} `, ' ', '"', '\\/', '") ', `"${type}\t`]) {
			const line = `"${type} ${body} ${part.repeat(200_000)}`;
			findEmbeddedKey(line, 100);
			findEmbeddedKey(line, line.length / 2);
			findFingerprint(line, line.length / 2);
		}
		assert.ok(performance.now() - start < 2_000, `${performance.now() - start} ms`);
	});

	it('never fails', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(type, body, ' ', '"', '\\', '#', 'ä', '\n')), fc.nat(300), (parts, at) => {
				findEmbeddedKey(parts.join(''), at);
				findFingerprint(parts.join(''), at);
			}),
		);
	});
});

describe('findFingerprint', () => {
	const { sha256, md5, ec2 = '' } = aPublicKey().fingerprints;
	const rsa = aPublicKey(keyLines.deploy).fingerprints.ec2 ?? '';
	const sha1 = `${'1f:'.repeat(19)}a0`;

	for (const [what, text] of Object.entries({
		'the SHA-256 that ssh-keygen prints': sha256,
		'the same with padding': `${sha256}=`,
		'the MD5 that ssh-keygen prints': md5,
		'the MD5 alone': md5.slice(4),
		'the MD5 in capitals': md5.slice(4).toUpperCase(),
		"EC2's of an RSA key": rsa,
		"EC2's of an ED25519 key": ec2,
		"EC2's of a key that it created": sha1,
	})) {
		it(`finds ${what}, anywhere in it`, () => {
			for (const [before, after] of [
				['', ''],
				['fingerprint = "', '"'],
				['256 ', ' mel@laptop (ED25519)'],
				['(', '),'],
			] as const) {
				const line = `${before}${text}${after}`;
				const expected = { value: text, start: before.length, end: before.length + text.length };
				for (const at of [before.length, before.length + 12, before.length + text.length]) {
					assert.deepEqual(findFingerprint(line, at), expected, line);
				}
				assert.equal(findFingerprint(`${line}  `, line.length + 2), undefined);
			}
		});
	}

	it('finds nothing in what only looks alike', () => {
		for (const line of [
			'a1:b2:c3:d4:e5:f6',
			`${'ab:'.repeat(17)}cd`,
			`${'ab:'.repeat(31)}cd`,
			`x${ec2}`,
			`${ec2}=`,
			'SHA256:tooshort',
			body,
			'2001:db8::1',
		]) {
			assert.equal(findFingerprint(line, 5), undefined, line);
		}
	});
});
