import assert from 'node:assert/strict';
import type { HistoryEntry } from '../../../../src/services/history/changeHistory';
import { historyRuns, undoableImports, undoHistory, undoImports } from '../../../../src/services/history/importUndo';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair } from '../../../fakes/keys';
import { refuses } from '../../../fakes/provider';
import { here, Importing, there } from '../imports/importing';

let seconds = 0;

function anEntry(overrides: Partial<HistoryEntry> = {}): HistoryEntry {
	return {
		run: 'a',
		time: new Date(1_790_000_000_000 + 1000 * seconds++).toISOString(),
		change: 'import',
		service: 'ec2',
		profile: 'prod',
		region: 'eu-west-1',
		keyName: 'mel',
		outcome: 'done',
		id: 'key-0123456789abcdef0',
		...overrides,
	};
}

describe('What can be undone', () => {
	const undoable = (entries: readonly HistoryEntry[]) =>
		historyRuns(entries).map(({ run }) => [run, (undoableImports(entries).get(run) ?? []).map(({ region }) => region)]);

	it('is what an import made, by command, the latest first', () => {
		const entries = [
			anEntry({ run: 'a' }),
			anEntry({ run: 'a', region: 'eu-west-2', outcome: 'failed' }),
			anEntry({ run: 'b', region: 'eu-west-3' }),
			anEntry({ run: 'a', region: 'eu-west-2' }),
			anEntry({ run: 'c', change: 'create', region: 'us-east-1' }),
		];
		assert.deepEqual(undoable(entries), [
			['c', []],
			['a', ['eu-west-1', 'eu-west-2']],
			['b', ['eu-west-3']],
		]);
	});

	it('is nothing that was undone, deleted or replaced since', () => {
		for (const change of ['undo', 'delete', 'replace'] as const) {
			const entries = [anEntry({ run: 'a' }), anEntry({ run: 'b', change })];
			assert.equal(undoableImports(entries).get('a'), undefined, change);
		}
	});

	it('is what the last import made, where an earlier one had made a key pair of that name too', () => {
		// Without ids both would look the same.
		const entries = [anEntry({ run: 'a' }), anEntry({ run: 'b' })];
		assert.deepEqual(undoable(entries), [
			['b', ['eu-west-1']],
			['a', []],
		]);
	});

	it('is still there after a deletion that failed, or that was elsewhere', () => {
		const entries = [
			anEntry({ run: 'a' }),
			anEntry({ run: 'b', change: 'delete', outcome: 'failed' }),
			anEntry({ run: 'c', change: 'delete', region: 'eu-west-2' }),
			anEntry({ run: 'd', change: 'delete', keyName: 'other' }),
		];
		assert.equal(undoableImports(entries).get('a')?.length, 1);
	});

	it('can be made again after it was undone', () => {
		const entries = [anEntry({ run: 'a' }), anEntry({ run: 'b', change: 'undo' }), anEntry({ run: 'c' })];
		assert.deepEqual(undoable(entries), [
			['c', ['eu-west-1']],
			['b', []],
			['a', []],
		]);
	});
});

describe('A long history', () => {
	it('is sorted by command, and looked through for what can be undone, without a pause that is felt', () => {
		const entries = Array.from({ length: 10_000 }, (_, index) =>
			anEntry({ run: `run-${index >> 2}`, keyName: `key-${index % 700}`, region: `region-${index % 34}` }),
		);
		const start = performance.now();
		const runs = historyRuns(entries);
		const undoable = undoableImports(entries);
		const took = performance.now() - start;
		assert.equal(runs.length, 2500);
		assert.ok([...undoable.values()].flat().length > 700);
		assert.ok(took < 500, `${Math.round(took)} ms`);
	});
});

describe('Undoing imports', () => {
	const made = aKeyPair({ name: 'mel', id: 'key-1' });
	const entry = anEntry({ ...here, id: 'key-1', ...(made.fingerprint && { fingerprint: made.fingerprint }) });
	const undo = (importing: Importing, entries: readonly HistoryEntry[]) =>
		undoImports(entries, importing, importing.abort.signal);

	it('deletes what they made, and says so', async () => {
		const importing = new Importing();
		importing.ec2.put(here, made, aKeyPair({ name: 'other', id: 'key-2' }));
		const [undone] = await undo(importing, [entry]);
		assert.equal(undone?.outcome.status, 'deleted');
		assert.deepEqual(Object.keys(importing.keysHere()), ['other']);
		const [kept] = undoHistory('undo-1', [undone]);
		assert.deepEqual([kept?.change, kept?.outcome, kept?.id, kept?.run], ['undo', 'done', 'key-1', 'undo-1']);
	});

	it('leaves a key pair alone that is another one by now', async () => {
		for (const other of [{ id: 'key-2' }, { fingerprint: 'another' }]) {
			const importing = new Importing();
			importing.ec2.put(here, aKeyPair({ name: 'mel', id: 'key-1', ...other }));
			const undone = await undo(importing, [entry]);
			assert.equal(undone[0]?.outcome.status, 'changed');
			assert.deepEqual(Object.keys(importing.keysHere()), ['mel']);
			assert.deepEqual(undoHistory('undo-1', undone), []);
		}
	});

	it('leaves alone what the history knows by its name only', async () => {
		const importing = new Importing();
		importing.ec2.put(here, made);
		const { id: _, fingerprint: __, ...bare } = entry;
		assert.equal((await undo(importing, [bare]))[0]?.outcome.status, 'changed');
	});

	it('is not held up in one target by the failure in another', async () => {
		const importing = new Importing();
		importing.ec2.put(here, made);
		importing.ec2.put(there, made);
		importing.ec2.nextIn(there.region, 'delete', refuses(aFailure('notPermitted', { code: 'UnauthorizedOperation' })));
		const undone = await undo(importing, [{ ...entry, ...there }, entry]);
		assert.deepEqual(
			undone.map(({ outcome }) => outcome.status),
			['failed', 'deleted'],
		);
		assert.deepEqual(
			undoHistory('undo-1', undone).map(({ outcome, code }) => [outcome, code]),
			[
				['failed', 'UnauthorizedOperation'],
				['done', undefined],
			],
		);
	});
});
