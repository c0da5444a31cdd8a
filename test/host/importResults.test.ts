import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commands, DiagnosticSeverity, Uri, window } from 'vscode';
import type { ImportOutcome, ImportRequest } from '../../src/api';
import type { HistoryEntry } from '../../src/services/history/changeHistory';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, home } from './support/cloud';
import { answerDialogs } from './support/dialogs';
import { eventually } from './support/eventually';
import { activated } from './support/extension';
import { clearWorkspace, problemsIn, writeWorkspace } from './support/files';
import { typeInto } from './support/inputBoxes';
import { messageOf } from './support/messages';
import { rowAt, rowsOf } from './support/rows';
import { MachineWatch, type UiWatch } from './support/watching';

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

	const history = async (): Promise<readonly HistoryEntry[]> => {
		const folder = await mkdtemp(path.join(tmpdir(), 'exported-'));
		try {
			const file = path.join(folder, 'history.json');
			await commands.executeCommand('cloudKeyPairs.showHistory', { format: 'json', file: Uri.file(file) });
			return JSON.parse(await readFile(file, 'utf8'));
		} finally {
			await rm(folder, { recursive: true });
		}
	};
	/** A file that holds a key which every service takes, in the place of the one before. */
	const rsaFile = async () => {
		await writeFile(uri.fsPath, `${keyLines.deploy}\n`);
		return uri;
	};

	it('is counted in one message that leads to the details', async () => {
		holdKeyPair(cloud.account, 'us-east-2', keyName, keyLines.mel);
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		const told = await messageOf(ui, () => imported());
		assert.equal(told.severity, 'Error');
		assert.ok(
			told.text.startsWith(`Import of ${keyName}: 5 imported, 1 already there, 1 failed. mel · EC2 · us-west-1: `),
		);
		assert.deepEqual(told.actions, ['Show Details', 'Show Problems']);
	});

	it('stands in a document, target by target, failures first with their advice', async () => {
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		const outcomes = await imported();
		const text = await details(new RegExp(`^Import of ${keyName}: 6 imported, 1 failed$`));
		assert.ok(text.indexOf('Failed: 1') < text.indexOf('Imported: 6'));
		assert.match(text, /taken by another key\.\nChoose another name\.\nCode: InvalidKeyPair\.Duplicate/);
		for (const { target, status, keyPair, error } of outcomes) {
			const line = text.split('\n').find((candidate) => candidate.startsWith(`mel · EC2 · ${target.region} `));
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
		assert.match(problem?.message ?? '', /mel · EC2 · us-west-2/);
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
		const row = await rowAt(tree, '1 failed', 'mel · EC2 · us-west-1');
		assert.ok(row.flags.includes('canRetry'));
		assert.equal(row.description, 'name taken');
		assert.equal(row.spoken, 'mel, EC2, us-west-1, name taken, failed');
		assert.match(row.tooltip, /taken by another key\. Its fingerprint is .*\nChoose another name\.\n.*\nRequest ID: /);
		const good = await rowAt(tree, '6 imported', 'mel · EC2 · eu-west-1');
		assert.ok(good.description.includes(holds('eu-west-1')?.id ?? 'no id'));
		cloud.emulator.requests.clear();
		await commands.executeCommand('cloudKeyPairs.retryFailed', row.node);
		assert.deepEqual(
			cloud.imports().map(({ region }) => region),
			['us-west-1'],
		);
	});

	it('shows every import that runs, and what is tried again apart from the rest', async () => {
		const tree = ui.view('cloudKeyPairs.importResults').rows;
		const labels = async () => (await rowsOf(tree)).map(({ label }) => label);
		const [first, second, third] = regions.map((region) => ({ service: 'ec2', profile: 'mel', region }) as const);
		assert.ok(first && second && third);
		const slowly = () => cloud.emulator.faults.set([{ operation: 'ImportKeyPair', delayMs: 700 }]);
		slowly();
		const running = [imported({ targets: [first, second] }), imported({ targets: [third], keyName: `${keyName}-b` })];
		await eventually(async () =>
			assert.deepEqual((await labels()).sort(), [`Importing ${keyName}`, `Importing ${keyName}-b`]),
		);
		const row = await rowAt(tree, `Importing ${keyName}`, `mel · EC2 · ${first.region}`);
		assert.match(row.spoken, /being sent$/);
		await Promise.all(running);
		// Again, with one that fails.
		cloud.emulator.faults.clear();
		holdKeyPair(cloud.account, second.region, `${keyName}-c`, keyLines.ops);
		await imported({ targets: [first, second, third], keyName: `${keyName}-c` });
		assert.deepEqual(await labels(), ['1 failed', '2 imported']);
		slowly();
		const again = commands.executeCommand('cloudKeyPairs.retryFailed');
		await eventually(async () => assert.deepEqual(await labels(), [`Importing ${keyName}-c`, '2 imported']));
		await again;
		assert.deepEqual(await labels(), ['1 failed', '2 imported']);
		assert.equal(ui.view('cloudKeyPairs.importResults').view.description, `${keyName}-c`);
	});

	it('tells of tags that are missing: the key is there, and it is not a failure', async () => {
		cloud.account.deniedActions.add('lightsail:TagResource');
		const target = { service: 'lightsail', profile: 'mel', region: 'us-east-1' } as const;
		const ec2 = { service: 'ec2', profile: 'mel', region: 'us-east-1' } as const;
		const tags = { team: 'platform' };
		let outcomes: readonly ImportOutcome[] = [];
		const told = await messageOf(ui, async () => {
			outcomes = await imported({ publicKey: await rsaFile(), targets: [target, ec2], tags });
		});
		assert.deepEqual(
			outcomes.map(({ status, error }) => [status, error?.message.includes('lightsail:TagResource')]),
			[
				['imported', true],
				['imported', undefined],
			],
		);
		assert.equal(told.severity, 'Warning');
		assert.ok(
			told.text.startsWith(`Import of ${keyName}: 1 imported, 1 imported without tags. mel · Lightsail · us-east-1: `),
		);
		assert.deepEqual(told.actions, ['Edit Tags', 'Show Details', 'Show Problems']);
		const [problem, ...others] = problemsIn(uri);
		assert.deepEqual(others, []);
		assert.equal(problem?.severity, DiagnosticSeverity.Warning);
		assert.match(problem.message, /^mel · Lightsail · us-east-1: .*without its tags.*lightsail:TagResource/);
		const text = await details(new RegExp(`^Import of ${keyName}: 1 imported, 1 imported without tags$`));
		assert.ok(text.indexOf('Imported without tags: 1') < text.indexOf('Imported: 1'));
		assert.match(text, /Tags: team=platform/);
		const tree = ui.view('cloudKeyPairs.importResults').rows;
		const row = await rowAt(tree, '1 imported without tags', 'mel · Lightsail · us-east-1');
		assert.equal(row.icon, 'warning');
		assert.ok(row.flags.includes('canEditTags') && !row.flags.includes('canRetry'));
		const kept = (await history()).find(({ keyName: name, service }) => name === keyName && service === 'lightsail');
		assert.equal(kept?.outcome, 'done');
		assert.ok(kept.tagCode);
		// The row's own command mends it, and the warning is gone.
		cloud.account.deniedActions.clear();
		await commands.executeCommand('cloudKeyPairs.editTags', { ...target, target, keyName, set: tags });
		await eventually(() => assert.deepEqual(problemsIn(uri), []));
	});

	it('keeps the key of what was replaced, in the details and in the history', async () => {
		const target = { service: 'ec2', profile: 'mel', region: 'us-west-1' } as const;
		holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
		const told = await messageOf(ui, () => imported({ targets: [target], ifExists: 'replace' }));
		assert.equal(told.text, `Imported ${keyName} into mel · EC2 · us-west-1, in the place of another key.`);
		const [, opsKey = ''] = keyLines.ops.split(' ');
		assert.ok((await details(/1 imported$/)).includes(opsKey));
		const entry = (await history()).find(({ keyName: name }) => name === keyName);
		assert.equal(entry?.change, 'replace');
		assert.ok(entry.replaced?.publicKey?.includes(opsKey));
	});

	describe('is tried again', () => {
		const target = { service: 'ec2', profile: 'mel', region: 'us-west-1' } as const;
		const retry = (argument?: unknown) =>
			commands.executeCommand<ImportOutcome[] | undefined>('cloudKeyPairs.retryFailed', argument);
		beforeEach(async () => {
			cloud.account.deniedActions.add('ec2:ImportKeyPair');
			await imported({ targets: [target] });
			cloud.account.deniedActions.clear();
		});

		it('with the key that it began with, after a question when its file holds another one', async () => {
			await writeFile(uri.fsPath, `${keyLines.ops}\n`);
			const refusing = answerDialogs(undefined);
			assert.equal(await retry(), undefined);
			refusing.stop();
			assert.match(refusing.asked[0]?.text ?? '', /holds another key by now/);
			assert.equal(holds('us-west-1'), undefined);
			const agreeing = answerDialogs('Retry with the Same Key');
			assert.deepEqual(
				(await retry())?.map(({ status }) => status),
				['imported'],
			);
			agreeing.stop();
			const [, melKey = ''] = keyLines.mel.split(' ');
			assert.ok(holds('us-west-1')?.publicKey.includes(melKey));
		});

		it('where the key stands in its file by now', async () => {
			await writeFile(uri.fsPath, `# moved\n${keyLines.mel}\n`);
			await eventually(() => assert.deepEqual(problemsIn(uri), []));
			cloud.account.deniedActions.add('ec2:ImportKeyPair');
			await retry();
			assert.equal(problemsIn(uri)[0]?.range.start.line, 1);
		});

		it('without its file, when that has gone', async () => {
			await rm(uri.fsPath);
			assert.deepEqual(
				(await retry())?.map(({ status }) => status),
				['imported'],
			);
		});

		it('not by a row of an import before the last one', async () => {
			const tree = ui.view('cloudKeyPairs.importResults').rows;
			const old = await rowAt(tree, '1 failed', 'mel · EC2 · us-west-1');
			await imported({ targets: [{ ...target, region: 'eu-west-1' }] });
			const told = await messageOf(ui, async () => assert.equal(await retry(old.node), undefined));
			assert.match(told.text, /no failed import/);
			assert.equal(holds('us-west-1'), undefined);
		});

		it('by the row of its reason', async () => {
			const group = await rowAt(ui.view('cloudKeyPairs.importResults').rows, '1 failed');
			assert.ok(group.flags.includes('canRetry'));
			assert.deepEqual(
				(await retry(group.node))?.map(({ status }) => status),
				['imported'],
			);
		});
	});

	it('leaves nothing secret in the files that are kept', async () => {
		await writeFile(uri.fsPath, `environment="TOKEN=hunter2" ${keyLines.mel}\n`);
		const machine = new MachineWatch();
		const outcomes = await imported();
		machine.stop();
		assert.ok(outcomes.every(({ status }) => status === 'imported'));
		const folder = path.dirname(machine.paths.find((file) => file.endsWith('history.jsonl')) ?? '');
		const secrets = [...(await readFile(path.join(home, '.aws', 'config'), 'utf8')).matchAll(/_key(?:_id)? = (\S+)/g)];
		assert.ok(secrets.length >= 2);
		for (const name of ['history.jsonl', 'lastImport.json']) {
			const text = await readFile(path.join(folder, name), 'utf8');
			assert.ok(text.includes(keyName), name);
			assert.doesNotMatch(text, /hunter2|PRIVATE KEY/);
			assert.ok(!secrets.some(([, secret]) => text.includes(secret ?? '')), name);
		}
	});

	describe('in the history', () => {
		const changes = async () =>
			(await history()).filter((entry) => entry.keyName === keyName).map(({ change, outcome }) => [change, outcome]);
		const runOf = async () => (await history()).find((entry) => entry.keyName === keyName)?.run;
		/** Undoes a run, or gives it up; `asked` gets the question. */
		const undo = async (run: string | undefined, answer: string | undefined = 'Delete', asked: string[] = []) => {
			const dialogs = answerDialogs(answer);
			try {
				return await commands.executeCommand<number | undefined>('cloudKeyPairs.undoImport', { run });
			} finally {
				dialogs.stop();
				asked.push(...dialogs.asked.map(({ text }) => text));
			}
		};

		it('is every change with its target, key pair and request', async () => {
			holdKeyPair(cloud.account, 'us-west-1', keyName, keyLines.ops);
			const outcomes = await imported();
			const entries = (await history()).filter((entry) => entry.keyName === keyName);
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
			assert.deepEqual(await changes(), []);
		});

		it('can be undone: what the import made is deleted, and nothing else', async () => {
			holdKeyPair(cloud.account, 'us-east-2', keyName, keyLines.mel);
			await imported();
			const changed = holds('us-east-1');
			assert.ok(changed);
			cloud.account.keyPairs('us-east-1').remove(changed);
			holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.mel);
			const run = await runOf();
			const questions: string[] = [];
			assert.equal(await undo(run, 'Cancel', questions), undefined);
			assert.ok(holds('eu-west-1'));
			const told = await messageOf(ui, async () => assert.equal(await undo(run), 5));
			assert.deepEqual(questions, [`Delete 6 key pairs that the import of ${keyName} made?`]);
			assert.match(told.text, /5 deleted, 1 changed since and left alone/);
			assert.deepEqual(
				regions.filter((region) => holds(region)),
				['us-east-1', 'us-east-2'],
			);
			assert.equal((await changes()).filter(([change]) => change === 'undo').length, 5);
		});

		it('can be undone for a protected profile only by typing the name, and what was replaced does not come back', async () => {
			const { id, secret } = cloud.account.addAccessKey();
			await cloud.setProfiles(
				`[profile my-prod]\nregion = us-east-1\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n${cloud.endpoint}`,
			);
			holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.ops);
			const target = { service: 'ec2', profile: 'my-prod', region: 'us-east-1' } as const;
			await imported({ targets: [target], ifExists: 'replace' });
			const run = await runOf();
			const dialogs = answerDialogs('Delete', 'Delete');
			const typing = typeInto('else', undefined, keyName);
			const undoing = () => commands.executeCommand<number | undefined>('cloudKeyPairs.undoImport', { run });
			assert.equal(await undoing(), undefined);
			assert.ok(holds('us-east-1'));
			assert.equal(await undoing(), 1);
			dialogs.stop();
			typing.stop();
			assert.match(dialogs.asked[0]?.detail ?? '', /my-prod · EC2 · us-east-1\n\n.*replaced do not come back/);
			assert.equal(holds('us-east-1'), undefined);
			assert.deepEqual(await changes(), [
				['replace', 'done'],
				['undo', 'done'],
			]);
		});

		it('can not be undone twice', async () => {
			await imported({ targets: [{ service: 'ec2', profile: 'mel', region: 'us-east-1' }] });
			const run = await runOf();
			assert.equal(await undo(run), 1);
			await assert.rejects(Promise.resolve(undo(run)), /No import that can be undone/);
		});
	});
});
