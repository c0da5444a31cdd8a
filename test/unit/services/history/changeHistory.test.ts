import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangeHistory, type HistoryEntry, targetOf } from '../../../../src/services/history/changeHistory';
import { toCsv, toJson } from '../../../../src/services/history/historyExport';

function anEntry(overrides: Partial<HistoryEntry> = {}): HistoryEntry {
	return {
		run: '3f0c',
		time: '2026-11-22T09:00:00.000Z',
		change: 'import',
		service: 'ec2',
		profile: 'prod',
		region: 'eu-west-1',
		keyName: 'deploy',
		outcome: 'done',
		id: 'key-0123456789abcdef0',
		fingerprint: 'fb:90:26:71',
		requestId: 'r-1',
		...overrides,
	};
}

describe('The history of changes', () => {
	let folder: string;
	let file: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'history-'));
		file = join(folder, 'storage', 'history.jsonl');
	});
	afterEach(() => rm(folder, { recursive: true }));

	it('is empty before the first change', async () => {
		assert.deepEqual(await new ChangeHistory(file).all(), []);
	});

	it('keeps entries in the order in which they were recorded, over restarts', async () => {
		const history = new ChangeHistory(file);
		await Promise.all([
			history.record([anEntry({ keyName: 'a' }), anEntry({ keyName: 'b' })]),
			history.record([anEntry({ keyName: 'c', outcome: 'failed', code: 'InvalidKey.Format' })]),
		]);
		const again = await new ChangeHistory(file).all();
		assert.deepEqual(
			again.map(({ keyName }) => keyName),
			['a', 'b', 'c'],
		);
		assert.deepEqual(again[0], anEntry({ keyName: 'a' }));
	});

	it('can be read by its owner only', async () => {
		await new ChangeHistory(file).record([anEntry()]);
		// Windows has no such bits.
		const wanted = process.platform === 'win32' ? 0o666 : 0o600;
		assert.equal((await stat(file)).mode & 0o777, wanted);
	});

	it('loses no entry to a line that was cut short', async () => {
		const history = new ChangeHistory(file);
		await history.record([anEntry({ keyName: 'before' })]);
		await appendFile(file, '{"run":"3f0c","ti');
		await history.record([anEntry({ keyName: 'after' })]);
		assert.deepEqual(
			(await history.all()).map(({ keyName }) => keyName),
			['before', 'after'],
		);
	});

	it('leaves out lines that are no entries, or of a later version', async () => {
		const history = new ChangeHistory(file);
		await history.record([anEntry()]);
		await appendFile(file, '\n[]\nnull\n{"run":"x"}\n"text"\n');
		for (const [field, value] of [
			['service', 's3'],
			['change', 'rotate'],
			['outcome', 'perhaps'],
			['time', 'yesterday'],
			['region', 1],
		] as const) {
			await appendFile(file, `${JSON.stringify({ ...anEntry(), [field]: value })}\n`);
		}
		assert.deepEqual(await history.all(), [anEntry()]);
	});

	it('is written by several windows without a loss', async () => {
		const windows = [new ChangeHistory(file), new ChangeHistory(file), new ChangeHistory(file)];
		await Promise.all(
			windows.flatMap((history, index) =>
				Array.from({ length: 20 }, (_, at) => history.record([anEntry({ run: `${index}`, keyName: `key-${at}` })])),
			),
		);
		const entries = await new ChangeHistory(file).all();
		for (const run of ['0', '1', '2']) {
			const names = entries.filter((entry) => entry.run === run).map(({ keyName }) => keyName);
			assert.deepEqual(
				names,
				Array.from({ length: 20 }, (_, at) => `key-${at}`),
			);
		}
	});

	it('writes what comes meanwhile at once, and tells what it wrote', async () => {
		const history = new ChangeHistory(file);
		const told: number[] = [];
		history.onDidChange((entries) => told.push(entries.length));
		await Promise.all(Array.from({ length: 133 }, () => history.record([anEntry()])));
		assert.equal((await history.all()).length, 133);
		assert.ok(told.length <= 2, `${told.length} writes`);
		assert.equal(
			told.reduce((sum, count) => sum + count, 0),
			133,
		);
	});

	it('of 10,000 changes is read in a moment, and not at all to add one', async () => {
		const history = new ChangeHistory(file);
		await history.record(Array.from({ length: 10_000 }, (_, at) => anEntry({ keyName: `key-${at}` })));
		const start = performance.now();
		assert.equal((await history.all()).length, 10_000);
		const read = performance.now() - start;
		assert.ok(read < 1000, `${Math.round(read)} ms`);
		const appending = performance.now();
		for (let at = 0; at < 20; at++) {
			await history.record([anEntry()]);
		}
		const append = (performance.now() - appending) / 20;
		assert.ok(append < read / 4, `${append} ms for one, ${read} ms for all`);
	});

	it('tells its listeners, and goes on after a write that failed', async () => {
		const history = new ChangeHistory(file);
		let told = 0;
		history.onDidChange(() => told++);
		await writeFile(join(folder, 'storage'), 'a file where the folder has to be');
		await assert.rejects(history.record([anEntry()]), { code: 'EEXIST' });
		await rm(join(folder, 'storage'));
		await history.record([anEntry()]);
		await history.record([]);
		assert.equal(told, 1);
		assert.equal((await readFile(file, 'utf8')).split('\n').length, 2);
	});

	it('knows the target of an entry', () => {
		assert.deepEqual(targetOf(anEntry()), { service: 'ec2', profile: 'prod', region: 'eu-west-1' });
		const { region: _, ...entry } = anEntry({ service: 'ens' });
		assert.deepEqual(targetOf(entry), { service: 'ens', profile: 'prod' });
	});
});

describe('The export of the history', () => {
	it('quotes what needs it', () => {
		const replaced = { id: 'key-1', publicKey: 'ssh-rsa AAAA' };
		const csv = toCsv([anEntry({ keyName: 'a "b", c', replaced })]);
		const [header, row, end] = csv.split('\r\n');
		assert.equal(
			header,
			'time,run,change,outcome,service,profile,region,keyName,id,fingerprint,requestId,code,tagCode,replacedId,replacedFingerprint,replacedPublicKey',
		);
		assert.equal(
			row,
			'2026-11-22T09:00:00.000Z,3f0c,import,done,ec2,prod,eu-west-1,"a ""b"", c",key-0123456789abcdef0,fb:90:26:71,r-1,,,key-1,,ssh-rsa AAAA',
		);
		assert.equal(end, '');
	});

	it('is JSON that reads back', () => {
		assert.deepEqual(JSON.parse(toJson([anEntry()])), [anEntry()]);
	});
});
