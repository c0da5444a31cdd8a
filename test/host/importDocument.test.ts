import assert from 'node:assert/strict';
import type { Target } from '../../src/domain/target';
import { serviceManifest } from '../../src/providers/registry';
import type { ImportReport } from '../../src/services/imports/importReport';
import type { TargetOutcome } from '../../src/services/imports/keyImport';
import { importDocument } from '../../src/ui/results/importDocument';
import { aFailure } from '../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../fakes/keys';

const providers = { manifest: serviceManifest };
const at = Date.parse('2026-11-22T09:00:00.000Z');

function aReport(outcomes: readonly TargetOutcome[]): ImportReport {
	return {
		...{ run: 'run-1', startedAt: at, key: aPublicKey(), keyName: 'mel', tags: {}, choices: [], outcomes },
		options: { dryRun: false, ifExists: 'keep' },
	};
}

function inTarget(target: Target): { readonly target: Target; readonly keyName: string; at: number; attempts: number } {
	return { target, keyName: 'mel', at, attempts: 1 };
}

describe('the details of an import', () => {
	const here = inTarget({ service: 'ec2', profile: 'prod', region: 'us-east-1' });

	it('are a table whose columns stand below each other, also with Chinese names', () => {
		const chinese = inTarget({ service: 'ecs', profile: '生产环境', region: 'cn-hangzhou' });
		const text = importDocument(
			aReport([
				{ ...here, status: 'alreadyPresent', keyPair: aKeyPair() },
				{ ...chinese, status: 'alreadyPresent', keyPair: aKeyPair({ name: '部署' }) },
			]),
			providers,
		);
		const [, , , , title, line, header, ...rows] = text.split('\n');
		assert.deepEqual([title, line], ['Already there: 2', '----------------']);
		const columns = (row = '') => (row.match(/[\u4e00-\u9fff]/g) ?? []).length + row.indexOf(aKeyPair().id ?? '');
		assert.equal(header?.indexOf('Key pair ID'), columns(rows[0]));
		assert.equal(columns(rows[1]), columns(rows[0]));
	});

	it('tell the time as the services have it, and as the clock on the wall', () => {
		const zone = process.env['TZ'];
		const heading = (name: string) => {
			process.env['TZ'] = name;
			return importDocument(aReport([]), providers).split('\n')[2];
		};
		try {
			assert.equal(heading('UTC'), '2026-11-22 09:00:00 UTC');
			assert.match(heading('Asia/Shanghai') ?? '', /^2026-11-22 09:00:00 UTC · Nov 22, 2026, 5:00:00\sPM GMT\+8$/);
		} finally {
			if (zone === undefined) {
				delete process.env['TZ'];
			} else {
				process.env['TZ'] = zone;
			}
		}
	});

	it('name 133 targets, each once', () => {
		const outcomes = Array.from({ length: 133 }, (_, index): TargetOutcome => {
			const target = inTarget({ service: 'ec2', profile: `team-${index}`, region: 'eu-west-1' });
			return index % 3 === 0
				? { ...target, status: 'imported', keyPair: aKeyPair() }
				: { ...target, status: 'failed', failure: { by: 'service', failure: aFailure('throttled') } };
		});
		const text = importDocument(aReport(outcomes), providers);
		assert.match(text, /^Import of mel: 45 imported, 88 failed\n/);
		assert.equal(text.match(/team-\d+ · EC2 · eu-west-1/g)?.length, 133);
		assert.match(text, /\nFailed: 88\n-+\nToo many requests were sent to EC2\.\nWait a moment, then retry\.\n\n/);
	});

	it('hold the public key of a key pair that was deleted and is not there any more', () => {
		const existing = aKeyPair({ id: 'key-old' }, aPublicKey(keyLines.ops));
		const lost = { by: 'service', failure: aFailure('keyInvalid'), existing, replaced: 'lost' } as const;
		const text = importDocument(aReport([{ ...here, status: 'failed', failure: lost }]), providers);
		assert.match(text, /The previous key pair was deleted and could not be restored\./);
		assert.match(text, / Deleted\n/);
		assert.ok(text.includes(`key-old ${existing.fingerprint} ${existing.publicKey}`));
		assert.ok(!text.includes('Has the name'));
	});

	it('say which key has the name, by id and fingerprint', () => {
		const failure = { by: 'service', failure: aFailure('nameTaken'), existing: aKeyPair({ id: 'key-old' }) } as const;
		const text = importDocument(aReport([{ ...here, status: 'failed', failure }]), providers);
		assert.match(text, / Has the name {2}/);
		assert.ok(text.includes(`key-old ${aKeyPair().fingerprint}`));
	});

	it('set what may have been done after all apart from what certainly failed', () => {
		const elsewhere = inTarget({ service: 'ec2', profile: 'prod', region: 'eu-west-1' });
		const of = (outcomeUnknown: boolean) =>
			({ by: 'service', failure: aFailure('timedOut', { outcomeUnknown }) }) as const;
		const text = importDocument(
			aReport([
				{ ...here, status: 'failed', failure: of(true) },
				{ ...elsewhere, status: 'failed', failure: of(false) },
			]),
			providers,
		);
		assert.match(text, /^Import of mel: 1 not known, 1 failed\n/);
		assert.match(text, /\nNot known: 1\n/);
		assert.match(text, /\nFailed: 1\n/);
	});
});
