import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChangeHistory } from '../../../src/services/history/changeHistory';
import { recordChange } from '../../../src/ui/commands/recordChange';
import { FakeClock } from '../../fakes/clock';
import { aDoubt, aFailure } from '../../fakes/failures';
import { aKeyPair } from '../../fakes/keys';
import { memoryLog } from '../../fakes/log';

describe('recordChange', () => {
	let folder: string;
	const clock = new FakeClock();
	const target = { service: 'ens', profile: 'hangzhou' } as const;
	const keyPair = aKeyPair({ name: 'deploy', id: 'key-1' });

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'record-'));
	});
	after(() => rm(folder, { recursive: true }));

	it('adds what was done, refused or left open', async () => {
		const history = new ChangeHistory(path.join(folder, 'history.jsonl'));
		const record = { history, services: { clock, log: memoryLog() } };
		await recordChange(record, { change: 'create', target, keyPair, requestId: 'r-1' });
		await recordChange(record, {
			change: 'delete',
			target,
			keyPair,
			failure: aFailure('keyPairInUse', { code: 'InUse' }),
		});
		await recordChange(record, {
			change: 'editTags',
			target,
			keyPair,
			failure: aDoubt('timedOut', { requestId: 'r-2' }),
		});
		const entries = await history.all();
		assert.deepEqual(
			entries.map(({ change, outcome, code, requestId }) => [change, outcome, code, requestId]),
			[
				['create', 'done', undefined, 'r-1'],
				['delete', 'failed', 'InUse', undefined],
				['editTags', 'unknown', 'timedOut', 'r-2'],
			],
		);
		const [first] = entries;
		assert.deepEqual(
			[first?.service, first?.profile, first?.region, first?.keyName, first?.id, first?.time],
			['ens', 'hangzhou', undefined, 'deploy', 'key-1', new Date(clock.now()).toISOString()],
		);
		assert.equal(new Set(entries.map(({ run }) => run)).size, 3);
	});

	it('stops nothing when the history can not be written', async () => {
		const log = memoryLog();
		// A folder is in its place.
		const history = new ChangeHistory(folder);
		await recordChange({ history, services: { clock, log } }, { change: 'create', target, keyPair });
		assert.equal(log.lines.length, 1);
	});
});
