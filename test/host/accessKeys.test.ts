import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { commands } from 'vscode';
import type { CloudKeyPairsApi, Profile } from '../../src/api';
import { home, writeHome } from './support/cloud';
import { answerDialogs } from './support/dialogs';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { typeInto } from './support/inputBoxes';
import { rowAt, rowsOf } from './support/rows';

const secret = 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t';
const token = 'T0k3nT0k3nT0k3n/T0k3nT0k3nT0k3n==';

describe('an access key of Alibaba Cloud that is entered by hand', () => {
	let extension: Activated;
	let api: CloudKeyPairsApi;
	let dialogs: ReturnType<typeof answerDialogs>;
	let answer: string | undefined = 'Remove';

	before(async () => {
		extension = await activated();
		({ api } = extension);
		dialogs = answerDialogs(...Array.from({ length: 20 }, () => () => answer));
	});
	after(async () => {
		for (const { name } of await saved()) {
			await remove({ name });
		}
		dialogs.stop();
		await rm(path.join(home, '.aliyun'), { recursive: true });
		await commands.executeCommand('cloudKeyPairs.refresh');
	});

	const saved = async (): Promise<readonly Profile[]> => (await api.profiles()).filter(({ kind }) => kind === 'saved');
	const add = (argument?: unknown) => commands.executeCommand<string>('cloudKeyPairs.addAccessKey', argument);
	const remove = (argument?: unknown) => commands.executeCommand<boolean>('cloudKeyPairs.removeAccessKey', argument);
	/** Adds a key in place of a person. */
	const enter = async (argument: unknown, ...answers: readonly (string | undefined)[]) => {
		const boxes = typeInto(...answers);
		try {
			return { name: await add(argument), asked: boxes.asked };
		} finally {
			boxes.stop();
		}
	};
	const waitFor = (names: readonly string[]) =>
		eventually(async () =>
			assert.deepEqual(
				(await saved()).map(({ name }) => name),
				names,
			),
		);

	it('is a profile at once, with its region; the secret is asked for as a password', async () => {
		const { name, asked } = await enter(undefined, 'mine', 'LTAI5tExampleExample', secret, 'cn-beijing');
		assert.equal(name, 'mine');
		assert.deepEqual(
			asked.map(({ title, password }) => [title, password]),
			[
				['Add Access Key · Name', false],
				['Add Access Key · AccessKey ID', false],
				['Add Access Key · AccessKey secret', true],
				['Add Access Key · Region', false],
			],
		);
		await waitFor(['mine']);
		assert.deepEqual(await saved(), [
			{ vendor: 'alibaba', name: 'mine', region: 'cn-beijing', source: 'secretStorage', kind: 'saved' },
		]);
		const row = await eventually(() => rowAt(extension.ui.view('cloudKeyPairs.keyPairs').rows, 'mine'));
		assert.equal(row.description, 'Alibaba Cloud · saved access key · cn-beijing');
		assert.ok(row.flags.includes('canRemoveAccessKey') && !row.flags.includes('canConfigure'));
		assert.equal(row.tooltip, 'the secret storage of VS Code');
	});

	it('asks for the token of a temporary key, and only for what the argument leaves open', async () => {
		const given = { name: 'temporary', accessKeyId: 'STS.NTExampleExample', region: '' };
		const { name, asked } = await enter(given, secret, token);
		assert.equal(name, 'temporary');
		assert.deepEqual(
			asked.map(({ title, password }) => [title, password]),
			[
				['Add Access Key · AccessKey secret', true],
				['Add Access Key · STS token', true],
			],
		);
		await waitFor(['mine', 'temporary']);
	});

	it('says what is wrong with an answer, and takes the next one', async () => {
		await writeHome(
			'.aliyun/config.json',
			JSON.stringify({ profiles: [{ name: 'file', mode: 'AK', access_key_id: 'a', access_key_secret: 'b' }] }),
		);
		await commands.executeCommand('cloudKeyPairs.refresh');
		const { name, asked } = await enter(
			undefined,
			...['(x)', 'file', ' other '],
			...['no id', 'LTAI5tExampleExample'],
			...['with space', secret],
			...['Beijing', ''],
		);
		assert.equal(name, 'other');
		assert.deepEqual(
			asked.map(({ refusal }) => refusal),
			[
				'There is a profile of this name already.',
				'This is not an AccessKey ID: it looks like LTAI5t…',
				'Paste the whole text, without spaces in it.',
				'A region looks like cn-hangzhou or ap-southeast-1.',
			],
		);
		await waitFor(['mine', 'other', 'temporary']);
	});

	it('is not saved when the form is left', async () => {
		assert.equal((await enter(undefined, 'left', 'LTAI5tExampleExample', undefined)).name, undefined);
		assert.ok(!(await saved()).some(({ name }) => name === 'left'));
	});

	it('is never an argument', async () => {
		for (const field of ['secret', 'accessKeySecret', 'token', 'securityToken', 'stsToken']) {
			await assert.rejects(
				async () => add({ name: 'x', accessKeyId: 'LTAI5tExampleExample', [field]: secret }),
				(error: Error) => error.message.includes(field) && !error.message.includes(secret),
			);
		}
		for (const argument of ['x', { name: '' }, { name: 5 }, { region: 'Beijing' }, { accessKeyId: '' }]) {
			await assert.rejects(async () => add(argument));
		}
	});

	it('is replaced under the same name', async () => {
		const { asked } = await enter({ accessKeyId: 'LTAI5tOtherOther', region: '' }, 'mine', secret);
		assert.equal(asked.length, 2);
		await eventually(async () => assert.equal((await saved()).find(({ name }) => name === 'mine')?.region, undefined));
	});

	it('is removed by its row or its name, after a question', async () => {
		const rows = extension.ui.view('cloudKeyPairs.keyPairs').rows;
		answer = undefined;
		assert.equal(await remove({ name: 'mine' }), false);
		answer = 'Remove';
		assert.equal(await remove((await rowAt(rows, 'mine')).node), true);
		await waitFor(['other', 'temporary']);
		assert.equal(await remove('other'), true);
		await waitFor(['temporary']);
		assert.equal(dialogs.asked.at(-1)?.text, 'Remove the access key other?');
		await assert.rejects(async () => remove({ name: 'mine' }));
		await eventually(async () => {
			const labels = (await rowsOf(rows)).map(({ label }) => label);
			assert.ok(!labels.includes('mine') && labels.includes('temporary'), labels.join());
		});
	});

	it('has left its secret in no log, no message, no argument and no file of the home', async () => {
		const { messages, logLines } = extension.ui;
		const files = await readdir(home, { recursive: true, withFileTypes: true });
		const texts = await Promise.all(
			files.filter((file) => file.isFile()).map((file) => readFile(path.join(file.parentPath, file.name), 'utf8')),
		);
		assert.ok(logLines.some((line) => line.includes('cloudKeyPairs.addAccessKey')));
		assert.doesNotMatch(
			JSON.stringify([messages, logLines, dialogs.asked, texts, await api.profiles()]),
			/S3cr3t|T0k3n/,
		);
	});
});
