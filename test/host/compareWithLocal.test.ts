import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { commands, Uri } from 'vscode';
import { publicKeyOf } from '../emulator/keys/publicKey';
import { holdKeyPair } from '../fakes/person';
import { Cloud, writeHome } from './support/cloud';
import { type Activated, activated } from './support/extension';
import { messageOf } from './support/messages';
import { answerWith } from './support/questions';

const target = { service: 'ec2', profile: 'mel', region: 'us-east-1' } as const;
const passphrase = 'correct horse';

describe('the comparison of a key pair with a key file', () => {
	let extension: Activated;
	let cloud: Cloud;
	let line: string;
	let files: Readonly<Record<'publicKey' | 'privateKey' | 'locked' | 'other', Uri>>;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
		const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		line = `ssh-rsa ${publicKeyOf(publicKey).blob.toString('base64')}`;
		const pem = { type: 'pkcs8', format: 'pem' } as const;
		const locked = privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase });
		const write = async (name: string, text: string) => Uri.file(await writeHome(`keys/${name}`, text));
		files = {
			publicKey: await write('mine.pub', `${line} mine\n`),
			privateKey: await write('mine', String(privateKey.export(pem))),
			locked: await write('locked', String(locked)),
			other: await write('other', String(other.export(pem))),
		};
		holdKeyPair(cloud.account, target.region, 'mine', line);
	});
	after(() => cloud.close());

	const compare = (file: Uri) =>
		commands.executeCommand('cloudKeyPairs.compareWithLocal', { target, keyName: 'mine', file });

	for (const [file, expected, words] of [
		['publicKey', 'same', 'mine and mine.pub are the same key.'],
		['privateKey', 'same', 'mine and mine are the same key.'],
		['other', 'different', 'mine and other are different keys.'],
	] as const) {
		it(`says of the file ${file}: ${expected}`, async () => {
			let result: unknown;
			const { text } = await messageOf(extension.ui, async () => {
				result = await compare(files[file]);
			});
			assert.equal(result, expected);
			assert.equal(text, words);
		});
	}

	it('asks for the passphrase of a private key that has one, until it opens', async () => {
		const answers = answerWith('wrong', passphrase);
		try {
			assert.equal(await compare(files.locked), 'same');
			assert.equal(answers.asked.length, 2);
			assert.ok(answers.asked.every((question) => question.password));
		} finally {
			answers.stop();
		}
	});

	it('says when the key pair no longer exists', async () => {
		const { text } = await messageOf(extension.ui, () =>
			commands.executeCommand('cloudKeyPairs.compareWithLocal', { target, keyName: 'gone', file: files.other }),
		);
		assert.equal(text, 'gone no longer exists.');
	});
});
