import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { failureOf } from '../providers/failing';
import { awsServices, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 1: a private key is given as the key to import, and services echo what they refuse', () => {
	const trap = useAwsTrap();
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const { privateKey: ed25519 } = generateKeyPairSync('ed25519');
	const texts = {
		'PKCS#1': privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
		'PKCS#8': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		'encrypted PKCS#8': privateKey
			.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
			.toString(),
		'ED25519 in PKCS#8': ed25519.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};

	for (const [format, text] of Object.entries(texts)) {
		it(`finds no key to send in a private key (${format}), and says what it is`, () => {
			const { keys, problems } = parsePublicKeys(text);
			assert.deepEqual(keys, []);
			assert.deepEqual(
				problems.map(({ code, severity }) => [code, severity]),
				[['privateKey', 'error']],
			);
			assert.ok(!JSON.stringify(problems).includes(text.split('\n')[1] ?? text));
		});
	}

	for (const service of awsServices) {
		it(`keeps what ${service} echoes out of failure and log`, async () => {
			const { provider, emulator, log } = trap();
			const pem = texts['PKCS#1'];
			const sent = Buffer.from(pem).toString('base64');
			const message = `Value (${sent}) for parameter PublicKeyMaterial is invalid. ${pem}`;
			emulator.faults.set([{ effect: { kind: 'error', code: 'InvalidParameterValue', message } }]);
			const request = { keyName: 'laptop', publicKey: 'ssh-rsa AAAA', tags: {}, dryRun: false };
			const failure = await failureOf(provider(service).import(targetIn(service), request, never));
			const told = JSON.stringify(failure) + log.join('\n');
			const pieces = [sent.slice(0, 40), sent.slice(400, 440), ...pem.split('\n').filter((line) => line !== '')];
			for (const piece of pieces) assert.ok(!told.includes(piece), `${piece.slice(0, 5)}… was given away`);
		});
	}
});
