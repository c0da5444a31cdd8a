import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetId } from '../../../../src/domain/target';
import {
	type ImportReport,
	keptKey,
	toHistory,
	unfinishedTargets,
	withOutcomes,
} from '../../../../src/services/imports/importReport';
import type { TargetOutcome } from '../../../../src/services/imports/keyImport';
import { LastImport } from '../../../../src/services/imports/lastImport';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey } from '../../../fakes/keys';
import { here, there } from './importing';

const at = Date.parse('2026-11-22T09:00:00.000Z');
const base = { target: here, keyName: 'mel', at, attempts: 1, requestId: 'r-1' } as const;
const imported: TargetOutcome = { ...base, status: 'imported', keyPair: aKeyPair() };
const refused: TargetOutcome = {
	...base,
	target: there,
	status: 'failed',
	failure: {
		by: 'service',
		failure: aFailure('nameTaken', { code: 'InvalidKeyPair.Duplicate' }),
		existing: aKeyPair(),
	},
};

function aReport(outcomes: readonly TargetOutcome[]): ImportReport {
	return {
		run: 'run-1',
		startedAt: at,
		key: aPublicKey(),
		keyName: 'mel',
		tags: { team: 'x' },
		choices: [],
		options: { dryRun: false, ifExists: 'keep' },
		outcomes,
	};
}

describe('The report of an import', () => {
	it('takes in the outcomes of targets that were tried again, in their places', () => {
		const again: TargetOutcome = { ...imported, target: there };
		assert.deepEqual(withOutcomes(aReport([refused, imported]), [again]).outcomes, [again, imported]);
	});

	it('knows the targets that did not get the key', () => {
		const cancelled: TargetOutcome = { ...base, target: there, status: 'cancelled' };
		assert.deepEqual(unfinishedTargets(aReport([imported, refused])), [there]);
		assert.deepEqual(unfinishedTargets(aReport([imported, cancelled])), [there]);
		assert.deepEqual(unfinishedTargets(aReport([imported])), []);
	});

	describe('in the history', () => {
		it('is what was imported, with all that tells it apart', () => {
			assert.deepEqual(toHistory('run-1', [imported]), [
				{
					run: 'run-1',
					time: '2026-11-22T09:00:00.000Z',
					change: 'import',
					...here,
					keyName: 'mel',
					outcome: 'done',
					id: aKeyPair().id,
					fingerprint: aKeyPair().fingerprint,
					requestId: 'r-1',
				},
			]);
		});

		it('says that the tags are missing, and why', () => {
			const tagFailure = aFailure('tagsMissing', { code: 'AccessDenied' });
			const [entry] = toHistory('run-1', [{ ...imported, tagFailure }]);
			assert.deepEqual([entry?.outcome, entry?.tagCode], ['done', 'AccessDenied']);
			const [bare] = toHistory('run-1', [{ ...imported, tagFailure: aFailure('tagsMissing') }]);
			assert.equal(bare?.tagCode, 'tagsMissing');
		});

		it('keeps the public key of what was replaced', () => {
			const old = aKeyPair({ id: 'key-old' });
			const [entry] = toHistory('run-1', [{ ...imported, replacedKeyPair: old }]);
			assert.equal(entry?.change, 'replace');
			assert.deepEqual(entry.replaced, { id: 'key-old', fingerprint: old.fingerprint, publicKey: old.publicKey });
		});

		it('tells of a key pair that was deleted and could not be replaced', () => {
			const failure = {
				by: 'service',
				failure: aFailure('keyInvalid'),
				existing: aKeyPair(),
				replaced: 'lost',
			} as const;
			const [entry] = toHistory('run-1', [{ ...base, status: 'failed', failure }]);
			assert.deepEqual([entry?.change, entry?.outcome, entry?.replaced?.id], ['replace', 'failed', aKeyPair().id]);
		});

		it('says what a service refused, and what is not known', () => {
			const doubt = aFailure('timedOut', { outcomeUnknown: true });
			const unknown: TargetOutcome = { ...base, status: 'failed', failure: { by: 'service', failure: doubt } };
			assert.deepEqual(
				toHistory('run-1', [refused, unknown]).map(({ outcome, code }) => [outcome, code]),
				[
					['failed', 'InvalidKeyPair.Duplicate'],
					['unknown', 'timedOut'],
				],
			);
		});

		it('is nothing where nothing was asked of a service, or nothing was left to do', () => {
			const rules: TargetOutcome = { ...base, status: 'failed', failure: { by: 'rules', problems: [] } };
			const there: TargetOutcome = { ...base, status: 'alreadyPresent', keyPair: aKeyPair() };
			assert.deepEqual(toHistory('run-1', [rules, there, { ...base, status: 'cancelled' }]), []);
		});
	});
});

describe('The last import', () => {
	let folder: string;
	let file: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'last-import-'));
		file = join(folder, 'storage', 'lastImport.json');
	});
	afterEach(() => rm(folder, { recursive: true }));

	it('is not there before the first one', async () => {
		assert.equal(await new LastImport(file).get(), undefined);
	});

	it('is the same after a restart, dates too', async () => {
		// Tags may have any name.
		const tags = { createdAt: '2026-01-01' };
		const replacedKeyPair = aKeyPair({ id: 'key-old', tags });
		const report = {
			...aReport([{ ...imported, keyPair: aKeyPair({ tags }), replacedKeyPair }, refused]),
			tags,
			origin: 'file:///home/mel/.ssh/id_ed25519.pub',
			resourceGroupId: 'rg-1',
			choices: [[targetId(there), { keyName: 'other', ifExists: 'replace', replaces: 'key-1' }]],
			options: { dryRun: false, ifExists: 'replace' },
		} as const;
		await new LastImport(file).keep(report);
		assert.deepEqual(await new LastImport(file).get(), report);
	});

	it('of another window is taken up, but not in the place of its own', async () => {
		const [one, two] = [new LastImport(file), new LastImport(file)];
		await one.keep(aReport([refused]));
		assert.deepEqual((await two.get())?.outcomes, [refused]);
		await one.keep({ ...aReport([imported]), startedAt: at + 1 });
		assert.deepEqual((await two.get())?.outcomes, [imported]);
		await two.keep({ ...aReport([refused, imported]), run: 'run-2' });
		assert.equal((await one.get())?.run, 'run-1');
		assert.equal((await new LastImport(file).get())?.run, 'run-2');
	});

	it('is known at once, and whole in the file at any time', async () => {
		const last = new LastImport(file);
		let told = 0;
		last.onDidChange(() => told++);
		const kept = [last.keep(aReport([refused])), last.keep(aReport([imported]))];
		assert.deepEqual((await last.get())?.outcomes, [imported]);
		await Promise.all(kept);
		assert.equal(told, 2);
		assert.deepEqual((await new LastImport(file).get())?.outcomes, [imported]);
		assert.deepEqual(await readdir(join(folder, 'storage')), ['lastImport.json']);
	});

	it('can be read by its owner only', async () => {
		await new LastImport(file).keep(aReport([imported]));
		// Windows has no such bits.
		assert.equal((await stat(file)).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600);
	});

	it('holds no options of the key, which may name secrets, and no certificate', () => {
		const certificate = {
			kind: 'user',
			...{ serial: 1n, keyId: 'mel', principals: [], signatureType: 'ssh-ed25519' },
			...{ signingCa: 'SHA256:x', signingCaType: 'ssh-ed25519' },
		} as const;
		const kept = keptKey({ ...aPublicKey(), options: 'environment="TOKEN=hunter2"', certificate });
		assert.deepEqual(kept, aPublicKey());
	});

	it('holds nothing but what is public', async () => {
		await new LastImport(file).keep(aReport([imported]));
		const keys = [...(await readFile(file, 'utf8')).matchAll(/"(\w+)":/g)].map(([, key]) => key);
		assert.deepEqual(
			keys.filter((key) => /secret|token|private|password/i.test(key ?? '')),
			[],
		);
	});

	it('is none when its file is not a report', async () => {
		await new LastImport(file).keep(aReport([imported]));
		const later = JSON.stringify({ ...aReport([imported]), outcomes: [{ ...imported, target: { service: 's3' } }] });
		for (const text of ['', '{', 'null', '[]', '{"outcomes": 1}', '{"outcomes": [null]}', later]) {
			await writeFile(file, text);
			assert.equal(await new LastImport(file).get(), undefined);
		}
	});
});
