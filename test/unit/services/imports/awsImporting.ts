import assert from 'node:assert/strict';
import type { PublicKey } from '../../../../src/domain/publicKey';
import { type Target, targetId } from '../../../../src/domain/target';
import { AwsContext } from '../../../../src/providers/aws/context';
import { Credentials } from '../../../../src/providers/aws/credentials';
import { Ec2KeyPairs } from '../../../../src/providers/aws/ec2';
import { requestHandlerOptions } from '../../../../src/providers/aws/http';
import { importKey } from '../../../../src/services/imports/importKey';
import type { KeyImport, TargetOutcome } from '../../../../src/services/imports/keyImport';
import type { StoredKeyPair } from '../../../emulator/accounts/keyPairStore';
import type { FaultScript } from '../../../emulator/faults/fault';
import type { RequestLog } from '../../../emulator/requestLog';
import { FakeClock } from '../../../fakes/clock';
import { aPublicKey } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { fakeProviders } from '../../../fakes/vendors';
import { type Ec2Subject, startEc2 } from '../../providers/aws/ec2Subject';

export interface AwsImportingOptions {
	/** How long describe calls lag behind changes, in milliseconds. */
	readonly consistencyLagMs?: number;
	/** Whether calls will hang: they are given up soon then. Otherwise later than any busy machine takes to answer. */
	readonly givesUpSoon?: boolean;
}

/** Imports by the real provider, on AWS's SDK, into an emulated EC2. Waits between looks take no time; the emulator goes by the same clock. */
export class AwsImporting {
	readonly log = memoryLog();
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	readonly providers;

	private constructor(
		readonly clock: FakeClock,
		readonly subject: Ec2Subject,
	) {
		this.faults = subject.emulator.faults;
		this.requests = subject.emulator.requests;
		this.providers = fakeProviders([subject.provider]);
	}

	static async start({ consistencyLagMs = 0, givesUpSoon = false }: AwsImportingOptions = {}): Promise<AwsImporting> {
		const clock = new FakeClock();
		// The SDK signs with the machine's time.
		clock.time = Date.now();
		const options = { now: () => clock.now(), consistencyLagMs };
		const subject = await startEc2((dependencies) => {
			const handler = requestHandlerOptions({ connection: 5_000, request: givesUpSoon ? 250 : 10_000 });
			const context = new AwsContext(dependencies, handler);
			return [new Ec2KeyPairs(context, new Credentials(context))];
		}, options);
		return new AwsImporting(clock, subject);
	}

	target(region = 'eu-west-1'): Target {
		return { service: 'ec2', profile: this.subject.profiles.able, region };
	}

	/** Imports mel's key under the name `mel`, or what the request says. */
	async all(
		targets: readonly Target[],
		request: Partial<KeyImport> = {},
		signal = new AbortController().signal,
		done?: (outcome: TargetOutcome) => void,
	): Promise<readonly TargetOutcome[]> {
		const defaults = { key: aPublicKey(), keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep' } as const;
		return importKey({ ...defaults, ...request, targets }, this, signal, { ...(done && { done }) });
	}

	/** The same into one region. */
	async one(request: Partial<KeyImport> = {}, signal?: AbortSignal): Promise<TargetOutcome> {
		const [outcome] = await this.all([this.target()], request, signal);
		assert.ok(outcome);
		return outcome;
	}

	/** The key pair that has the name in truth, whatever is visible. */
	stored({ region = '' }: Target = this.target(), name = 'mel'): StoredKeyPair | undefined {
		return this.subject.account.keyPairs(region).withName(name);
	}

	/** Puts a key pair there, made an hour ago. */
	put(target: Target, key: PublicKey, tags: Readonly<Record<string, string>> = {}): void {
		const { region = '' } = target;
		this.clock.time -= 3_600_000;
		this.subject.account.keyPairs(region).add({
			id: `key-${Buffer.from(targetId(target)).toString('hex').slice(-17)}`,
			name: 'mel',
			type: key.type === 'ssh-rsa' ? 'rsa' : 'ed25519',
			fingerprint: key.fingerprints.ec2 ?? '',
			publicKey: key.publicKey,
			createdAt: this.clock.now(),
			tags: new Map(Object.entries(tags)),
		});
		this.clock.time += 3_600_000;
	}

	/** How often a key was really imported into a region. */
	importsDone(key: PublicKey, { region }: Target = this.target()): number {
		const material = Buffer.from(key.publicKey).toString('base64');
		const imports = this.requests.all({ operation: 'ImportKeyPair', ...(region === undefined ? {} : { region }) });
		return imports.filter(
			({ done, parameters }) => done && parameters['DryRun'] !== 'true' && parameters['PublicKeyMaterial'] === material,
		).length;
	}

	close(): Promise<void> {
		return this.subject.close();
	}
}
