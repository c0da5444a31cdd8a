import assert from 'node:assert/strict';
import type { Target } from '../../../../src/domain/target';
import type { ProviderFailure } from '../../../../src/providers/failure';
import { importKey } from '../../../../src/services/imports/importKey';
import type { ImportProgress, KeyImport, TargetOutcome } from '../../../../src/services/imports/keyImport';
import { FakeClock } from '../../../fakes/clock';
import { aPublicKey } from '../../../fakes/keys';
import { type MemoryLog, memoryLog } from '../../../fakes/log';
import { FakeProvider } from '../../../fakes/provider';
import { type FakeProviders, fakeProviders } from '../../../fakes/vendors';

export const here: Target = { service: 'ec2', profile: 'prod', region: 'us-east-1' };
export const there: Target = { service: 'ec2', profile: 'prod', region: 'eu-west-1' };

/** EC2 in memory, and imports into it. */
export class Importing {
	readonly clock = new FakeClock();
	readonly ec2 = new FakeProvider(this.clock);
	readonly log: MemoryLog = memoryLog();
	readonly providers: FakeProviders = fakeProviders([this.ec2]);
	readonly abort = new AbortController();
	/** Pauses are half as long as they may be. */
	readonly random = (): number => 0.5;

	/** Imports mel's key under the name `mel`, or what the request says, into every target. */
	all(
		targets: readonly Target[],
		request: Partial<KeyImport> = {},
		progress?: ((outcome: TargetOutcome) => void) | ImportProgress,
	): Promise<readonly TargetOutcome[]> {
		const defaults = { key: aPublicKey(), keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep' } as const;
		const told = typeof progress === 'function' ? { done: progress } : progress;
		return importKey({ ...defaults, ...request, targets }, this, this.abort.signal, told);
	}

	/** The same into `here` alone. */
	async one(request: Partial<KeyImport> = {}): Promise<TargetOutcome> {
		const [outcome] = await this.all([here], request);
		assert.ok(outcome);
		return outcome;
	}

	/** `type base64` of the key pairs that exist in `here`, by name. */
	keysHere(): Record<string, string | undefined> {
		return Object.fromEntries(
			this.ec2.existing(here).map(({ name, publicKey }) => [name, publicKey?.split(' ').slice(0, 2).join(' ')]),
		);
	}
}

/** Asserts what came of a target, whenever that was known. */
export function assertOutcome(
	outcome: TargetOutcome | undefined,
	target: Target,
	status: TargetOutcome['status'],
	attempts = 1,
): void {
	assert.ok(outcome);
	const told = [outcome.target, outcome.keyName, outcome.status, outcome.attempts];
	assert.deepEqual(told, [target, 'mel', status, attempts]);
}

/** The service's failure that the outcome tells of. */
export function serviceFailure(outcome: TargetOutcome) {
	assert.equal(outcome.status, 'failed');
	assert.ok(outcome.failure.by === 'service', 'the service refused it');
	return outcome.failure;
}

/** Asserts the kind of a service's failure and whether it leaves open what was done. */
export function assertFailed(outcome: TargetOutcome, kind: ProviderFailure['kind'], outcomeUnknown = false): void {
	const { failure } = serviceFailure(outcome);
	assert.deepEqual([failure.kind, failure.outcomeUnknown], [kind, outcomeUnknown]);
}

/** Resolves once everything that does not wait for anything has run. */
export async function settled(): Promise<void> {
	for (let turn = 0; turn < 100; turn++) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}
