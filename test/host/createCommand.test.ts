import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, env, Uri } from 'vscode';
import { derivePublicKey } from '../../src/domain/derivePublicKey';
import { parsePublicKeys } from '../../src/domain/parsePublicKeys';
import type { CreatedPair } from '../../src/ui/commands/create';
import { Cloud, home } from './support/cloud';
import { answerDialogs, answerSaveDialogs } from './support/dialogs';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { messageOf } from './support/messages';
import { givenUp } from './support/quickInput';
import { rowAt, rowsOf } from './support/rows';

describe('the command cloudKeyPairs.create', () => {
	let extension: Activated;
	let cloud: Cloud;
	const target = { service: 'ec2', profile: 'mel', region: 'us-west-2' } as const;
	const ssh = (...names: readonly string[]) => path.join(home, '.ssh', ...names);
	const run = async (argument: unknown) =>
		commands.executeCommand<CreatedPair | undefined>('cloudKeyPairs.create', argument);
	const told = (action: () => Promise<unknown>) => messageOf(extension.ui, action);
	const creates = () => cloud.emulator.requests.all({ operation: 'CreateKeyPair' }).length;

	before(async () => {
		extension = await activated();
	});
	beforeEach(async () => {
		cloud = await Cloud.start();
	});
	afterEach(() => cloud.close());

	it('runs with target and name without a question, and saves the private key for its owner alone', async () => {
		let created: CreatedPair | undefined;
		const message = await told(async () => {
			created = await run({ target, keyName: 'deploy', tags: { Owner: 'mel' } });
		});

		assert.equal(created?.privateKeyFile, ssh('deploy.pem'));
		assert.equal(created?.keyPair.name, 'deploy');
		assert.deepEqual(Object.keys(created ?? {}).sort(), ['keyPair', 'privateKeyFile']);
		assert.equal((await stat(ssh('deploy.pem'))).mode & 0o777, 0o600);
		assert.equal(message.severity, 'Information');
		assert.match(message.text, /Created deploy in mel · EC2 · us-west-2\..*~\/\.ssh\/deploy\.pem/);
		const made = cloud.account.keyPairs('us-west-2').withName('deploy');
		assert.deepEqual(Object.fromEntries(made?.tags ?? []), { Owner: 'mel' });
		assert.equal(creates(), 1);
	});

	it('puts the public key beside it, which is the one that the service has', async () => {
		for (const [keyName, type, format] of [
			['rsa-pem', 'rsa', 'pem'],
			['rsa-ppk', 'rsa', 'ppk'],
			['ed-pem', 'ed25519', 'pem'],
			['ed-ppk', 'ed25519', 'ppk'],
		] as const) {
			const created = await run({ target, keyName, type, format });
			assert.equal(created?.privateKeyFile, ssh(`${keyName}.${format}`));
			const line = await readFile(ssh(`${keyName}.${format}.pub`), 'utf8');
			const [key] = parsePublicKeys(line).keys;
			assert.equal(key?.publicKey, cloud.account.keyPairs('us-west-2').withName(keyName)?.publicKey);
			assert.equal(key?.comment, keyName);
			const derived = await derivePublicKey(await readFile(ssh(`${keyName}.${format}`), 'utf8'));
			assert.ok(derived.kind === 'derived' && derived.publicKey.startsWith(key?.publicKey ?? '-'));
		}
	});

	it('lets the private key reach no log, message, result or clipboard', async () => {
		await env.clipboard.writeText('before');
		const lines = extension.ui.logLines.length;
		const messages = extension.ui.messages.length;
		const created = await run({ target, keyName: 'secret' });
		const text = await readFile(ssh('secret.pem'), 'utf8');
		const body = text.split('\n').slice(1, -2);
		const seen = JSON.stringify([
			extension.ui.logLines.slice(lines),
			extension.ui.messages.slice(messages),
			created,
			await env.clipboard.readText(),
		]);
		assert.ok(body.length > 5);
		assert.ok(body.every((line) => !seen.includes(line)));
		assert.ok(!seen.includes('PRIVATE KEY'));
		assert.equal(await env.clipboard.readText(), 'before');
	});

	it('shows the new key pair in the view, with its local key, without asking the service again', async () => {
		const view = extension.ui.view('cloudKeyPairs.keyPairs');
		await rowsOf(view.rows, await rowAt(view.rows, 'mel', 'EC2'));
		cloud.emulator.faults.set([{ operation: 'DescribeKeyPairs', effect: { kind: 'throttle' }, calls: [2, 3, 4] }]);
		await run({ target, keyName: 'shown' });
		await eventually(async () => {
			assert.equal(await commands.executeCommand('cloudKeyPairs.openKeyPair', { target, keyName: 'shown' }), true);
			const row = await rowAt(view.rows, 'mel', 'EC2', 'us-west-2', 'shown');
			assert.match(row.description, /RSA · shown\.pem\.pub/);
			assert.ok(row.flags.includes('canDelete') && row.flags.includes('canEditTags'));
		});
	});

	it('writes over no file: another name is taken', async () => {
		await writeFile(ssh('deploy.pem'), 'old');
		await writeFile(ssh('deploy-2.pem.pub'), 'old');
		const created = await run({ target, keyName: 'deploy' });
		assert.equal(created?.privateKeyFile, ssh('deploy-3.pem'));
		assert.equal(await readFile(ssh('deploy.pem'), 'utf8'), 'old');
		assert.equal(await readFile(ssh('deploy-2.pem.pub'), 'utf8'), 'old');
	});

	it('takes a folder, which is made when there is none', async () => {
		const created = await run({ target, keyName: 'a/b', folder: ssh('new', 'keys') });
		assert.equal(created?.privateKeyFile, ssh('new', 'keys', 'a-b.pem'));
		assert.equal((await stat(ssh('new'))).mode & 0o777, 0o700);
		const again = await run({ target, keyName: 'c', folder: '~/.ssh/new' });
		assert.equal(again?.privateKeyFile, ssh('new', 'c.pem'));
	});

	it('sends nothing where the private key could not be saved', async () => {
		await writeFile(ssh('file'), '');
		const message = await told(async () => {
			assert.equal(await run({ target, keyName: 'deploy', folder: ssh('file', 'keys') }), undefined);
		});
		assert.match(message.text, /deploy was not created: its private key could not be saved.*no such folder/);
		assert.equal(creates(), 0);
	});

	it('asks for another place as long as the private key can not be saved', async () => {
		const wanted = ssh('elsewhere.pem');
		cloud.emulator.faults.set([{ operation: 'CreateKeyPair', delayMs: 800, when: 'after' }]);
		// Closed; another file that is there; then a free one.
		const dialogs = answerDialogs(undefined, 'Save Elsewhere…', 'Save Elsewhere…', 'Save Elsewhere…');
		const saves = answerSaveDialogs(undefined, Uri.file(ssh('deploy.pem')), Uri.file(wanted));
		try {
			const running = run({ target, keyName: 'deploy' });
			await eventually(() => assert.equal(creates(), 1));
			// Somebody takes the name while the service is at work.
			await writeFile(ssh('deploy.pem'), 'old');
			const created = await running;
			assert.equal(created?.privateKeyFile, wanted);
			assert.equal(dialogs.asked.length, 4);
			assert.equal(saves.count, 3);
			for (const { text, detail, buttons } of dialogs.asked) {
				assert.match(text, /Couldn't save the private key of deploy in ~\/\.ssh\/deploy\.pem/);
				assert.match(detail, /exists nowhere else/);
				assert.deepEqual(buttons, ['Save Elsewhere…', 'Give Up the Private Key…']);
			}
			assert.equal(await readFile(ssh('deploy.pem'), 'utf8'), 'old');
			assert.match(await readFile(wanted, 'utf8'), /^-----BEGIN RSA PRIVATE KEY-----/);
			assert.equal(creates(), 1);
		} finally {
			dialogs.stop();
			saves.stop();
		}
	});

	it('gives the private key up only on purpose, and deletes the key pair then', async () => {
		cloud.emulator.faults.set([{ operation: 'CreateKeyPair', delayMs: 800, when: 'after' }]);
		const dialogs = answerDialogs(
			'Give Up the Private Key…',
			undefined,
			'Give Up the Private Key…',
			'Give Up and Delete Key Pair',
		);
		try {
			const running = run({ target, keyName: 'deploy' });
			await eventually(() => assert.equal(creates(), 1));
			await writeFile(ssh('deploy.pem'), 'old');
			assert.equal(await running, undefined);
			assert.match(dialogs.asked[1]?.text ?? '', /Give up the private key of deploy\?/);
			assert.match(dialogs.asked[1]?.detail ?? '', /lost forever/);
			assert.equal(cloud.account.keyPairs('us-west-2').withName('deploy'), undefined);
			assert.deepEqual(
				(await readdir(ssh())).filter((name) => name !== 'deploy.pem'),
				[],
			);
		} finally {
			dialogs.stop();
		}
	});

	it('says that nobody has the private key when the answer was lost, and offers to delete the key pair', async () => {
		cloud.emulator.faults.set([{ operation: 'CreateKeyPair', when: 'after', effect: { kind: 'drop' } }]);
		const dialogs = answerDialogs((dialog) => {
			assert.ok(cloud.account.keyPairs('us-west-2').withName('lost'));
			assert.match(dialog.text, /lost was created in mel · EC2 · us-west-2, but nobody has its private key/);
			return 'Delete Key Pair';
		});
		try {
			assert.equal(await run({ target, keyName: 'lost' }), undefined);
			assert.equal(dialogs.asked.length, 1);
			assert.equal(creates(), 1);
			assert.equal(cloud.account.keyPairs('us-west-2').withName('lost'), undefined);
			assert.deepEqual(await readdir(ssh()), []);
		} finally {
			dialogs.stop();
		}
	});

	it('says that nothing was created when the service failed before', async () => {
		cloud.emulator.faults.set([{ operation: 'CreateKeyPair', effect: { kind: 'serverError' } }]);
		const message = await told(async () => assert.equal(await run({ target, keyName: 'deploy' }), undefined));
		assert.equal(message.severity, 'Error');
		assert.match(message.text, /deploy was not created in mel · EC2 · us-west-2\./);
		assert.equal(creates(), 1);
	});

	it('says so when the name is taken', async () => {
		await run({ target, keyName: 'deploy' });
		const message = await told(async () => assert.equal(await run({ target, keyName: 'deploy' }), undefined));
		assert.match(message.text, /deploy was not created.*already a key pair of this name\. Its fingerprint is /);
		assert.equal(creates(), 1);
	});

	it('refuses an argument that makes no sense, naming the field', async () => {
		for (const [field, argument] of [
			['target', { target: { service: 'ec2', profile: 'mel' }, keyName: 'x' }],
			['target', { target: { service: 's3', profile: 'mel', region: 'us-east-1' }, keyName: 'x' }],
			['profile', { target: { ...target, profile: 'gone' }, keyName: 'x' }],
			['keyName', { target, keyName: 5 }],
			['type', { target, keyName: 'x', type: 'dsa' }],
			['format', { target, keyName: 'x', format: 'der' }],
			['tags', { target, keyName: 'x', tags: { a: 1 } }],
			['folder', { target, keyName: 'x', folder: 'relative' }],
		] as const) {
			await assert.rejects(run(argument), new RegExp(field), JSON.stringify(argument));
		}
		assert.equal(creates(), 0);
	});

	it('asks for the rest, and changes nothing when that is given up', async () => {
		await mkdir(ssh(), { recursive: true });
		for (const argument of [undefined, { target }, { keyName: 'deploy' }]) {
			assert.equal(await givenUp(run(argument)), undefined);
		}
		assert.equal(creates(), 0);
		assert.deepEqual(await readdir(ssh()), []);
	});
});
