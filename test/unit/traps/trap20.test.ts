import assert from 'node:assert/strict';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { awsServices, keyOf, lines, useAwsTrap } from './awsTrap';

describe('Trap 20: comments, second lines and options are no part of the key', () => {
	const trap = useAwsTrap();
	const texts = {
		'a comment beyond ASCII': `${lines.rsa} müller@büro 漢字\n`,
		'options before the key': `from="10.0.0.0/8",no-pty ${lines.rsa} me@laptop\n`,
		'a line end of Windows': `${lines.rsa} me@laptop\r\n`,
	};

	for (const service of awsServices) {
		for (const [what, text] of Object.entries(texts)) {
			it(`sends ${service} type and base64 alone of a file with ${what}`, async () => {
				assert.equal((await trap().import(service, { key: keyOf(text) })).status, 'imported');
				const [sent] = trap().emulator.requests.all({ operation: 'ImportKeyPair' });
				const { publicKeyBase64, PublicKeyMaterial = '' } = sent?.parameters ?? {};
				assert.equal(publicKeyBase64 ?? Buffer.from(PublicKeyMaterial, 'base64').toString(), lines.rsa);
			});
		}

		it(`sends ${service} one key of a file with two`, async () => {
			const { keys, problems } = parsePublicKeys(`${lines.rsa} one\n${lines.ed25519} two\n`, { single: true });
			assert.deepEqual(
				keys.map(({ publicKey, comment }) => [publicKey, comment]),
				[
					[lines.rsa, 'one'],
					[lines.ed25519, 'two'],
				],
			);
			assert.ok(problems.some(({ code }) => code === 'severalKeys'));
			const [first] = keys;
			assert.ok(first);
			await trap().import(service, { key: first });
			const [sent] = trap().emulator.requests.all({ operation: 'ImportKeyPair' });
			assert.ok(!sent?.body.includes(lines.ed25519.slice(12, 60)));
		});
	}
});
