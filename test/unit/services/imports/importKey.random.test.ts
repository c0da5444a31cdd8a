import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Target } from '../../../../src/domain/target';
import type { IfExists, TargetOutcome } from '../../../../src/services/imports/keyImport';
import type { Effect, Fault } from '../../../emulator/faults/fault';
import { aPublicKey, keyLines } from '../../../fakes/keys';
import { AwsImporting } from './awsImporting';
import { drawing } from './drawing';

const mel = aPublicKey();
const ops = aPublicKey(keyLines.ops);
const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
const regions = ['eu-west-1', 'us-east-1', 'ap-east-1', 'eu-central-1'] as const;

/** What holds the name: nothing, the key that is imported, or another. */
type Held = 'nothing' | 'same' | 'other';

interface Place {
	readonly region: string;
	readonly before: Held;
	readonly faults: readonly Fault[];
}

interface Plan {
	readonly lagMs: number;
	readonly ifExists: IfExists;
	readonly dryRun: boolean;
	/** Milliseconds after the start; absent: not at all. */
	readonly cancelAfterMs: number | undefined;
	readonly places: readonly Place[];
}

describe('importKey under faults drawn by lot', () => {
	it('tells of every region what is true of it, and imports nothing twice', async () => {
		for (const seed of seeds) {
			const plan = drawPlan(seed);
			try {
				await play(plan);
			} catch (error) {
				throw new Error(`Seed ${seed}: ${inspect(plan, { depth: 6 })}\n${error}`, { cause: error });
			}
		}
	}).timeout(30_000);
});

async function play(plan: Plan): Promise<void> {
	const aws = await AwsImporting.start({ consistencyLagMs: plan.lagMs, givesUpSoon: hangs(plan) });
	try {
		const { account } = aws.subject;
		const ids = plan.places.map(({ region, before }) => {
			if (before !== 'nothing') {
				aws.put(aws.target(region), before === 'same' ? mel : ops);
			}
			return account.keyPairs(region).withName('mel')?.id;
		});
		aws.faults.set(plan.places.flatMap(({ faults }) => faults));
		// The looks after a cancel must not overtake the request that was on its way.
		aws.clock.onWait = () => new Promise((resolve) => setTimeout(resolve, plan.cancelAfterMs === undefined ? 0 : 15));
		const abort = new AbortController();
		const timer = plan.cancelAfterMs === undefined ? undefined : setTimeout(() => abort.abort(), plan.cancelAfterMs);
		const targets = plan.places.map(({ region }) => aws.target(region));
		const outcomes = await aws.all(targets, plan, abort.signal);
		clearTimeout(timer);
		for (const [index, place] of plan.places.entries()) {
			const outcome = outcomes[index];
			assert.ok(outcome);
			try {
				check(aws, plan, place, ids[index], outcome);
			} catch (error) {
				throw new Error(`${place.region}: ${inspect(outcome, { depth: 6 })}`, { cause: error });
			}
		}
	} finally {
		await aws.close();
	}
}

/** Asserts that the outcome is true of what EC2 holds now. */
function check(aws: AwsImporting, plan: Plan, place: Place, oldId: string | undefined, outcome: TargetOutcome): void {
	const target = aws.target(place.region);
	const { held, id } = holding(aws, target);
	const isUntouched = held === place.before && id === oldId;
	assert.ok(aws.importsDone(mel, target) <= 1, 'imported twice');
	// Where calls are given up soon, a busy machine may be given up too.
	if (plan.cancelAfterMs === undefined && place.faults.length === 0 && !hangs(plan)) {
		assert.equal(outcome.status, undisturbed(plan, place.before));
	}
	switch (outcome.status) {
		case 'imported':
			assert.deepEqual([held, id], ['same', outcome.keyPair.id]);
			assert.notEqual(id, oldId);
			assert.equal(aws.importsDone(mel, target), 1);
			break;
		case 'alreadyPresent':
			assert.ok(place.before === 'same' && isUntouched && plan.ifExists !== 'fail');
			break;
		case 'permitted':
			assert.ok(plan.dryRun && isUntouched);
			break;
		case 'cancelled':
			assert.notEqual(plan.cancelAfterMs, undefined);
			assert.ok(isUntouched);
			break;
		case 'failed':
			checkFailed(place, outcome, held, isUntouched);
			break;
	}
}

function checkFailed(
	place: Place,
	outcome: Extract<TargetOutcome, { status: 'failed' }>,
	held: Held,
	isUntouched: boolean,
): void {
	assert.ok(outcome.failure.by === 'service');
	const { failure, replaced } = outcome.failure;
	if (failure.outcomeUnknown) {
		const isBlind = place.faults.some(({ operation }) => operation === 'DescribeKeyPairs');
		assert.ok(isBlind, 'what was done is left open only where it could not be seen');
	} else if (replaced) {
		assert.equal(held, replaced === 'restored' ? 'other' : 'nothing');
	} else {
		assert.ok(isUntouched, 'a failure that is certain changes nothing');
	}
}

function hangs({ places }: Plan): boolean {
	return places.some(({ faults }) => faults.some(({ effect }) => effect?.kind === 'hang'));
}

/** The status where nothing goes wrong. */
function undisturbed({ dryRun, ifExists }: Plan, before: Held): TargetOutcome['status'] {
	if (dryRun) {
		return 'permitted';
	}
	switch (before) {
		case 'nothing':
			return 'imported';
		case 'same':
			return ifExists === 'fail' ? 'failed' : 'alreadyPresent';
		case 'other':
			return ifExists === 'replace' ? 'imported' : 'failed';
	}
}

function holding(aws: AwsImporting, target: Target): { readonly held: Held; readonly id: string | undefined } {
	const stored = aws.stored(target);
	const held = stored === undefined ? 'nothing' : stored.publicKey === mel.publicKey ? 'same' : 'other';
	return { held, id: stored?.id };
}

/** The same plan for the same seed. The last region has no faults. */
function drawPlan(seed: number): Plan {
	const { number: random, pick } = drawing(seed);
	const effects: readonly [Effect, ...Effect[]] = [
		{ kind: 'serverError' },
		{ kind: 'drop' },
		{ kind: 'html', status: 200 },
		{ kind: 'html', status: 502 },
		{ kind: 'hang' },
	];
	const drawFault = (region: string): Fault => {
		const operation = pick('ImportKeyPair', 'ImportKeyPair', 'DeleteKeyPair', 'DescribeKeyPairs');
		const effect = pick(...effects);
		// Every call that hangs takes its time.
		const calls = effect.kind === 'hang' ? pick([1], [2]) : pick([1], [2], [1, 2, 3], undefined);
		return { region, operation, effect, when: pick('before', 'after'), ...(calls && { calls }) };
	};
	const places = regions.map((region, index) => ({
		region,
		before: pick<Held>('nothing', 'nothing', 'same', 'other', 'other'),
		faults: index === regions.length - 1 ? [] : Array.from({ length: pick(0, 1, 2, 3) }, () => drawFault(region)),
	}));
	return {
		lagMs: pick(0, 0, 1_200),
		ifExists: pick<IfExists>('keep', 'fail', 'replace', 'replace'),
		dryRun: random() < 0.1,
		cancelAfterMs: random() < 0.3 ? Math.floor(random() * 60) : undefined,
		places,
	};
}
