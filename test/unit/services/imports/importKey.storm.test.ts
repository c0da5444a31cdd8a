import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { type Target, targetId } from '../../../../src/domain/target';
import { serviceManifest } from '../../../../src/providers/registry';
import { TaskQueue } from '../../../../src/services/concurrency';
import { importKey } from '../../../../src/services/imports/importKey';
import type { IfExists, TargetOutcome } from '../../../../src/services/imports/keyImport';
import type { Effect, Fault } from '../../../emulator/faults/fault';
import { CloudImporting, FastClock, type Held, newRsaKey } from './cloudImporting';
import { type Draw, drawing } from './drawing';

/** RUNS=1000 makes the long one; SEED=n begins with another one. */
const runs = Number(process.env['RUNS'] ?? 40);
const firstSeed = Number(process.env['SEED'] ?? 1);

/** Of all requests, so many meet a fault. */
const faulty = 0.3;

/** Runs at the same time: most of their time they wait. */
const runsAtOnce = 6;

/** So many times faster than the machine's clock the engine's own runs. */
const speed = 100;

const name = 'mel';
const key = newRsaKey();
const otherKey = newRsaKey();

/** What holds the name before: nothing, the key that is imported, or another. */
type Before = 'nothing' | 'same' | 'other';

interface Plan {
	readonly seed: number;
	readonly lagMs: number;
	readonly ifExists: IfExists;
	readonly tags: Readonly<Record<string, string>>;
	/** How long Lightsail's operations take, and whether imports fail at their end. */
	readonly operationMs: number;
	readonly operationsFail: boolean;
	/** Milliseconds after the start; absent: not at all. */
	readonly cancelAfterMs: number | undefined;
	readonly before: readonly Before[];
}

/** What came of all runs together. */
interface Tally {
	readonly outcomes: Map<string, number>;
	targets: number;
	requests: number;
	faults: number;
	inDoubt: number;
}

describe(`importKey into every service, with ${faulty * 100} % of all requests failing`, () => {
	it(`tells of every target what is true of it, and imports nothing twice, ${runs} times`, async () => {
		const tally: Tally = { outcomes: new Map(), targets: 0, requests: 0, faults: 0, inDoubt: 0 };
		const queue = new TaskQueue(runsAtOnce);
		const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
		const wrong = await Promise.all(seeds.map((seed) => queue.run(() => playOf(seed, tally))));
		if (process.env['RUNS'] !== undefined) {
			console.log(tally);
		}
		assert.deepEqual(wrong.flat(), []);
		// A look is repeated, so that it seldom happens that nobody can say what was done.
		assert.ok(tally.inDoubt <= Math.max(2, tally.targets / 100), `${tally.inDoubt} of ${tally.targets} left open`);
	}).timeout(20_000 + runs * 3_000);
});

/** What is wrong with a run's outcomes. */
async function playOf(seed: number, tally: Tally): Promise<readonly string[]> {
	const draw = drawing(seed);
	const plan = drawPlan(seed, draw);
	try {
		return await play(plan, draw, tally);
	} catch (error) {
		return [`Seed ${seed}: ${inspect(error)}`];
	}
}

async function play(plan: Plan, draw: Draw, tally: Tally): Promise<readonly string[]> {
	// After a cancel a look must not overtake the request that was on its way.
	const clock = new FastClock(speed, plan.cancelAfterMs === undefined ? 0 : 20);
	const clouds = await CloudImporting.start(clock, draw.number, plan.lagMs);
	clouds.lightsail.operationMs = plan.operationMs;
	if (plan.operationsFail) {
		clouds.lightsail.failures.set('ImportKeyPair', { errorCode: 'InternalFailure', errorDetails: 'It failed.' });
	}
	try {
		const { targets } = clouds;
		const earlier = targets.map((target, index) => {
			if (plan.before[index] !== 'nothing') {
				clouds.put(target, name, plan.before[index] === 'same' ? key : otherKey);
			}
			return clouds.held(target, name);
		});
		clouds.emulator.faults.set(targets.flatMap((target) => drawFaults(target, draw)));
		const abort = new AbortController();
		const timer = plan.cancelAfterMs === undefined ? undefined : setTimeout(() => abort.abort(), plan.cancelAfterMs);
		const told = new Map<string, TargetOutcome>();
		const request = { key, keyName: name, tags: {}, dryRun: false, ifExists: plan.ifExists, targets } as const;
		const choices = new Map(
			targets
				.filter(({ service }) => !serviceManifest(service).capabilities.tags)
				.map((target) => [targetId(target), { withoutTags: true as const }]),
		);
		const outcomes = await importKey({ ...request, tags: plan.tags, choices }, clouds, abort.signal, {
			done: (outcome) => told.set(targetId(outcome.target), outcome),
		});
		clearTimeout(timer);
		count(tally, clouds, outcomes);
		return outcomes.flatMap((outcome, index) => {
			try {
				assert.equal(told.get(targetId(outcome.target)), outcome);
				check(clouds, plan, plan.before[index] ?? 'nothing', earlier[index], outcome);
				return [];
			} catch (error) {
				const now = clouds.held(outcome.target, name);
				return [inspect({ plan, outcome, now, requests: requestsTo(clouds, outcome.target), error }, { depth: 6 })];
			}
		});
	} finally {
		await clouds.close();
	}
}

/** Asserts that the outcome is true of what the cloud holds now. */
function check(
	clouds: CloudImporting,
	plan: Plan,
	before: Before,
	earlier: Held | undefined,
	outcome: TargetOutcome,
): void {
	const now = clouds.held(outcome.target, name);
	const holds = now === undefined ? 'nothing' : now.publicKey === key.publicKey ? 'same' : 'other';
	const isUntouched = now?.id === earlier?.id && now?.createdAt === earlier?.createdAt && holds === before;
	const imports = clouds.importsDone(key, outcome.target);
	// What Lightsail took and then failed to do counts as done in the emulator's log.
	assert.ok(imports <= 1 || (plan.operationsFail && outcome.target.service === 'lightsail'), 'imported twice');
	switch (outcome.status) {
		case 'imported':
			assert.deepEqual([holds, imports, isUntouched], ['same', 1, false]);
			assert.ok(outcome.keyPair.id === undefined || outcome.keyPair.id === now?.id);
			checkTags(plan, now, outcome);
			break;
		case 'alreadyPresent':
			assert.ok(before === 'same' && isUntouched && plan.ifExists !== 'fail');
			break;
		case 'cancelled':
			assert.notEqual(plan.cancelAfterMs, undefined);
			assert.ok(isUntouched);
			break;
		case 'permitted':
			assert.fail('nothing was asked');
			break;
		case 'failed':
			checkFailed(outcome, holds, isUntouched);
			break;
	}
}

function checkTags(
	{ tags }: Plan,
	now: Held | undefined,
	{ target, tagFailure }: Extract<TargetOutcome, { status: 'imported' }>,
): void {
	const wanted = serviceManifest(target.service).capabilities.tags ? tags : {};
	if (tagFailure === undefined) {
		assert.deepEqual(now?.tags, wanted);
	} else if (!tagFailure.outcomeUnknown) {
		assert.notDeepEqual(now?.tags, wanted);
	}
}

function checkFailed(
	{ failure: reason }: Extract<TargetOutcome, { status: 'failed' }>,
	holds: Before,
	isUntouched: boolean,
): void {
	assert.ok(reason.by === 'service');
	if (reason.failure.outcomeUnknown) {
		return;
	}
	if (reason.replaced) {
		assert.equal(holds, reason.replaced === 'restored' ? 'other' : 'nothing');
	} else {
		assert.ok(isUntouched, 'a failure that is certain changes nothing');
	}
}

function count(tally: Tally, { emulator }: CloudImporting, outcomes: readonly TargetOutcome[]): void {
	const requests = emulator.requests.all();
	tally.requests += requests.length;
	tally.faults += requests.filter(({ done, status, code }) => !done || status !== 200 || code !== undefined).length;
	for (const outcome of outcomes) {
		tally.targets++;
		const { target, status } = outcome;
		const kind = `${target.service} ${status}${status === 'failed' ? ` ${reasonOf(outcome)}` : ''}`;
		tally.outcomes.set(kind, (tally.outcomes.get(kind) ?? 0) + 1);
		tally.inDoubt += isInDoubt(outcome) ? 1 : 0;
	}
}

function reasonOf(outcome: TargetOutcome): string {
	if (outcome.status !== 'failed' || outcome.failure.by !== 'service') {
		return '';
	}
	const { failure, replaced } = outcome.failure;
	return [failure.kind, replaced, failure.outcomeUnknown ? '?' : undefined].filter(Boolean).join(' ');
}

function isInDoubt(outcome: TargetOutcome): boolean {
	return (
		outcome.status === 'failed' && outcome.failure.by === 'service' && outcome.failure.failure.outcomeUnknown === true
	);
}

function requestsTo({ emulator }: CloudImporting, { service, region }: Target): readonly string[] {
	return emulator.requests
		.all({ service, ...(region === undefined ? {} : { region }) })
		.map(({ operation, done, status, code }) => `${operation} ${done ? 'done' : 'undone'} ${status} ${code ?? ''}`);
}

/** What befalls the calls to one target, whatever they ask. */
function drawFaults({ service, region }: Target, draw: Draw): Fault[] {
	const effects: readonly [Effect, ...Effect[]] = [
		{ kind: 'throttle' },
		{ kind: 'serverError' },
		{ kind: 'drop' },
		{ kind: 'slowBody', overMs: 15 },
		{ kind: 'html', status: 200 },
		{ kind: 'html', status: 502 },
	];
	// These take their time.
	const drawEffect = (): Effect => (draw.number() < 0.03 ? { kind: 'hang' } : draw.pick(...effects));
	return Array.from({ length: 150 }, (_, index) => index + 1)
		.filter(() => draw.number() < faulty)
		.map((call): Fault => {
			const effect = drawEffect();
			const when = effect.kind === 'throttle' ? 'before' : draw.pick('before', 'after');
			return { service, ...(region !== undefined && { region }), calls: [call], effect, when };
		});
}

function drawPlan(seed: number, draw: Draw): Plan {
	return {
		seed,
		lagMs: draw.pick(0, 0, 12, 40),
		ifExists: draw.pick<IfExists>('keep', 'fail', 'replace', 'replace'),
		tags: draw.pick<Plan['tags']>({}, { team: 'core', empty: '' }),
		operationMs: draw.pick(0, 10, 30),
		operationsFail: draw.number() < 0.1,
		cancelAfterMs: draw.number() < 0.3 ? Math.floor(draw.number() * 400) : undefined,
		before: Array.from({ length: 6 }, () => draw.pick<Before>('nothing', 'nothing', 'same', 'other')),
	};
}
