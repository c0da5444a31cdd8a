import assert from 'node:assert/strict';
import type { Target } from '../../../src/domain/target';
import type { ProviderFailure } from '../../../src/providers/failure';
import { importKey } from '../../../src/services/importKey';
import type { KeyImport, TargetOutcome } from '../../../src/services/keyImport';
import { FakeClock } from '../../fakes/clock';
import { aPublicKey } from '../../fakes/keys';
import { type MemoryLog, memoryLog } from '../../fakes/log';
import { FakeProvider } from '../../fakes/provider';
import { type FakeProviders, fakeProviders } from '../../fakes/vendors';

export const here: Target = { service: 'ec2', profile: 'prod', region: 'us-east-1' };
export const there: Target = { service: 'ec2', profile: 'prod', region: 'eu-west-1' };

/** EC2 in memory, and imports into it. */
export class Importing {
	readonly clock = new FakeClock();
	readonly ec2 = new FakeProvider(this.clock);
	readonly log: MemoryLog = memoryLog();
	readonly providers: FakeProviders = fakeProviders([this.ec2]);
	readonly abort = new AbortController();

	/** Imports mel's key under the name `mel`, or what the request says, into every target. */
	all(
		targets: readonly Target[],
		request: Partial<KeyImport> = {},
		done?: (outcome: TargetOutcome) => void,
	): Promise<readonly TargetOutcome[]> {
		const defaults = { key: aPublicKey(), keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep' } as const;
		return importKey({ ...defaults, ...request, targets }, this, this.abort.signal, done);
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
export function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
