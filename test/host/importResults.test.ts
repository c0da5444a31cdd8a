import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commands, Uri, window } from 'vscode';
import type { ImportOutcome, ImportRequest } from '../../src/api';
import type { HistoryEntry } from '../../src/services/changeHistory';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud } from './support/cloud';
import { eventually } from './support/eventually';
import { activated } from './support/extension';
import { clearWorkspace, problemsIn, writeWorkspace } from './support/files';
import { messageOf } from './support/messages';
import { rowAt, rowsOf } from './support/rows';
import type { UiWatch } from './support/watching';

const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'];

describe('what came of an import', () => {
	let cloud: Cloud;
	let ui: UiWatch;
	let uri: Uri;
	let count = 0;
	let keyName: string;

	before(async () => {
		({ ui } = await activated());
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	beforeEach(async () => {
		cloud.emulator.faults.clear();
		count++;
		keyName = `result-${count}`;
		uri = await writeWorkspace(`${keyLines.mel}\n`);
	});
	afterEach(async () => {
		cloud.account.deniedActions.clear();
		await commands.executeCommand('workbench.action.closeAllEditors');
		await clearWorkspace();
	});

	const imported = (request: Partial<ImportRequest> = {}) =>
		commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
			publicKey: uri,
			keyName,
			targets: regions.map((region) => ({ service: 'ec2', profile: 'mel', region })),
			...request,
		});
	/** The text of the details, once it begins with this. */
	const details = async (start: RegExp) => {
		assert.equal(await commands.executeCommand('cloudKeyPairs.showImportDetails'), true);
		return eventually(() => {
			const document = window.activeTextEditor?.document;
			assert.match(document?.uri.path ?? '', /Import Details/);
			assert.match(document?.getText().split('\n')[0] ?? '', start);
			return document?.getText() ?? '';
		});
	};
	const holds = (region: string) => cloud.account.keyPairs(region).withName(keyName);

	it('is counted in one message that leads to the details', async () => {
		holdKeyPair(cloud.account, 'us-east-2', keyName, keyLines.mel);
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		const told = await messageOf(ui, () => imported());
		assert.equal(told.severity, 'Error');
		assert.ok(told.text.startsWith(`Import of ${keyName}: 5 imported, 1 already there, 1 failed. mel · us-west-1: `));
		assert.deepEqual(told.actions, ['Show Details', 'Show Problems']);
	});

	it('stands in a document, target by target, failures first with their advice', async () => {
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		const outcomes = await imported();
		const text = await details(new RegExp(`^Import of ${keyName}: 6 imported, 1 failed$`));
		assert.ok(text.indexOf('Failed: 1') < text.indexOf('Imported: 6'));
		assert.match(text, /taken by another key\.\nChoose another name\.\nCode: InvalidKeyPair\.Duplicate/);
		for (const { target, status, keyPair, error } of outcomes) {
			const line = text.split('\n').find((candidate) => candidate.startsWith(`EC2 · mel · ${target.region} `));
			assert.ok(line, target.region);
			const parts = status === 'imported' ? [keyPair?.id, keyPair?.fingerprint] : [error?.requestId];
			for (const part of parts) {
				assert.ok(part && line.includes(part), `${target.region}: ${part}`);
			}
			assert.match(line, /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
		}
		assert.equal(window.activeTextEditor?.document.isDirty, false);
	});

	it('is one problem where many targets failed for one reason, and its fix tries them all again', async () => {
		cloud.account.deniedActions.add('ec2:ImportKeyPair');
		await imported();
		const [problem, ...others] = problemsIn(uri);
		assert.deepEqual(others, []);
		assert.match(problem?.message ?? '', /^7 targets: .*ec2:ImportKeyPair/);
		assert.match(problem?.message ?? '', /EC2 · mel · us-west-2/);
		cloud.account.deniedActions.clear();
		const again = await commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.retryFailed');
		assert.deepEqual(
			again.map(({ status }) => status),
			regions.map(() => 'imported'),
		);
		assert.deepEqual(problemsIn(uri), []);
		await details(new RegExp(`^Import of ${keyName}: 7 imported$`));
	});

	it('can be tried again just where it failed', async () => {
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		await imported();
		const blocking = holds('us-west-1');
		assert.ok(blocking);
		cloud.account.keyPairs('us-west-1').remove(blocking);
		cloud.emulator.requests.clear();
		const again = await commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.retryFailed');
		assert.deepEqual(
			again.map(({ target, status }) => [target.region, status]),
			[['us-west-1', 'imported']],
		);
		assert.equal(cloud.imports().length, 1);
		await details(new RegExp(`^Import of ${keyName}: 7 imported$`));
		const told = await messageOf(ui, () => commands.executeCommand('cloudKeyPairs.retryFailed'));
		assert.match(told.text, /no failed import/);
	});

	it('is a view, failures first, each of which can be tried again', async () => {
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		await imported();
		const tree = ui.view('cloudKeyPairs.importResults').rows;
		const [failed, done, ...others] = await rowsOf(tree);
		assert.deepEqual(others, []);
		assert.deepEqual([failed?.label, done?.label], ['1 failed', '6 imported']);
		assert.match(failed?.description ?? '', /taken by another key/);
		const row = await rowAt(tree, '1 failed', 'EC2 · mel · us-west-1');
		assert.ok(row.flags.includes('canRetry'));
		assert.match(row.description, /name taken/);
		const good = await rowAt(tree, '6 imported', 'EC2 · mel · eu-west-1');
		assert.ok(good.description.includes(holds('eu-west-1')?.id ?? 'no id'));
		cloud.emulator.requests.clear();
		await commands.executeCommand('cloudKeyPairs.retryFailed', row.node);
		assert.deepEqual(
			cloud.imports().map(({ region }) => region),
			['us-west-1'],
		);
	});

	describe('in the history', () => {
		const history = async () =>
			(await exported()).filter((entry) => entry.keyName === keyName).map(({ change, outcome }) => [change, outcome]);
		const exported = async (): Promise<readonly HistoryEntry[]> => {
			const folder = await mkdtemp(path.join(tmpdir(), 'exported-'));
			try {
				const file = path.join(folder, 'history.json');
				await commands.executeCommand('cloudKeyPairs.showHistory', { format: 'json', file: Uri.file(file) });
				return JSON.parse(await readFile(file, 'utf8'));
			} finally {
				await rm(folder, { recursive: true });
			}
		};
		const runOf = async () => (await exported()).find((entry) => entry.keyName === keyName)?.run;
		const original = window.showWarningMessage;
		const questions: string[] = [];
		const answering = async <T>(answer: string, action: () => Thenable<T>): Promise<T> => {
			Reflect.set(window, 'showWarningMessage', async (question: string) => {
				questions.push(question);
				return answer;
			});
			try {
				return await action();
			} finally {
				Reflect.set(window, 'showWarningMessage', original);
			}
		};
		const undo = (run: string | undefined, answer = 'Delete') =>
			answering(answer, () => commands.executeCommand<number | undefined>('cloudKeyPairs.undoImport', { run }));

		it('is every change with its target, key pair and request', async () => {
			holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
			const outcomes = await imported();
			const entries = (await exported()).filter((entry) => entry.keyName === keyName);
			assert.equal(entries.length, 7);
			for (const { target, status, keyPair } of outcomes) {
				const entry = entries.find(({ region }) => region === target.region);
				assert.equal(entry?.outcome, status === 'imported' ? 'done' : 'failed');
				assert.deepEqual([entry?.id, entry?.fingerprint], [keyPair?.id, keyPair?.fingerprint]);
				assert.ok(entry?.requestId);
			}
		});

		it('can be exported for a table', async () => {
			await imported();
			const folder = await mkdtemp(path.join(tmpdir(), 'exported-'));
			const file = path.join(folder, 'history.csv');
			await commands.executeCommand('cloudKeyPairs.showHistory', { format: 'csv', file: Uri.file(file) });
			const [header, ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
			assert.match(header ?? '', /^time,run,change,outcome,service,profile,region,keyName,/);
			assert.equal(rows.filter((row) => row.includes(`,${keyName},`)).length, 7);
			await rm(folder, { recursive: true });
		});

		it('holds nothing of an import that only asked', async () => {
			await imported({ dryRun: true });
			assert.deepEqual(await history(), []);
		});

		it('can be undone: what the import made is deleted, and nothing else', async () => {
			holdKeyPair(cloud.account, 'us-east-2', keyName, keyLines.mel);
			await imported();
			const changed = holds('us-east-1');
			assert.ok(changed);
			cloud.account.keyPairs('us-east-1').remove(changed);
			holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.mel);
			const run = await runOf();
			assert.equal(await undo(run, ''), undefined);
			assert.ok(holds('eu-west-1'));
			const told = await messageOf(ui, async () => assert.equal(await undo(run), 5));
			assert.match(questions.at(-1) ?? '', /^Delete 6 key pairs/);
			assert.match(told.text, /5 deleted, 1 changed since and left alone/);
			assert.deepEqual(
				regions.filter((region) => holds(region)),
				['us-east-1', 'us-east-2'],
			);
			assert.equal((await history()).filter(([change]) => change === 'undo').length, 5);
		});

		it('can not be undone twice', async () => {
			await imported({ targets: [{ service: 'ec2', profile: 'mel', region: 'us-east-1' }] });
			const run = await runOf();
			assert.equal(await undo(run), 1);
			await assert.rejects(Promise.resolve(undo(run)), /No import that can be undone/);
		});
	});
});
