import assert from 'node:assert/strict';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../../src/domain/publicKey';
import type { Target } from '../../../src/domain/target';
import { createProviders } from '../../../src/providers/aws/bundle';
import { aws } from '../../../src/providers/aws/manifest';
import type { KeyPairProvider, ProviderDependencies } from '../../../src/providers/contract';
import type { ProviderFailure } from '../../../src/providers/failure';
import { importKey } from '../../../src/services/imports/importKey';
import type { KeyImport, TargetOutcome } from '../../../src/services/imports/keyImport';
import type { Clock } from '../../../src/services/ports';
import type { Account } from '../../emulator/accounts/account';
import type { AccessKey } from '../../emulator/accounts/credentials';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator';
import { memoryLog } from '../../fakes/log';
import { fakeProviders } from '../../fakes/vendors';
import { AwsHome, testDependencies } from '../providers/aws/awsHome';

/** The services of AWS. */
export type AwsService = 'ec2' | 'lightsail';

/** Both services; a trap of both is tried with each. */
export const awsServices: readonly AwsService[] = ['ec2', 'lightsail'];

/** Keys of ssh-keygen 9.2; their private halves are gone. */
export const lines = {
	rsa: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/Ogt0qw9HJA1lk/VgrIX+iC8poFxxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWfZf5NF2/L9tv3h0HGERjbHa6X1qmBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxhm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgGEp3ltzC7RD3UtduWA1Nojt',
	ed25519: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE',
} as const;

/** An emulated AWS, the extension's providers for it, and imports by them. */
export interface AwsTrap {
	readonly emulator: Emulator;
	readonly account: Account;
	readonly key: AccessKey;
	readonly home: AwsHome;
	/** The providers' log. */
	readonly log: readonly string[];
	/** What is asked for when an MFA code is. */
	mfaCode: ProviderDependencies['mfaCode'];
	provider(service: AwsService): KeyPairProvider;
	/** Imports the RSA key as `laptop` into a service, or what the request says, as the import command does. */
	import(service: AwsService, request?: Partial<KeyImport>): Promise<TargetOutcome>;
	/** The names of the key pairs that the service truly has in a region. */
	stored(service: AwsService, region?: string): readonly string[];
}

/** Where all of this happens: profile `able` in eu-west-1. */
export function targetIn(service: AwsService, region = 'eu-west-1'): Target {
	return { service, profile: 'able', region };
}

/** Starts an emulated AWS before each test of the suite and stops it afterwards. The services' clock is the machine's; pauses between attempts pass by
 * at once on it. */
export function useAwsTrap(options: EmulatorOptions = {}): () => AwsTrap {
	let trap: (AwsTrap & { close(): Promise<void> }) | undefined;
	beforeEach(async () => {
		trap = await startTrap(options);
	});
	afterEach(async () => {
		await trap?.close();
		trap = undefined;
	});
	return () => {
		assert.ok(trap, 'it runs only within a test');
		return trap;
	};
}

async function startTrap(options: EmulatorOptions): Promise<AwsTrap & { close(): Promise<void> }> {
	const clock = new SkippingClock();
	const emulator = await startEmulator({ now: () => clock.now(), ...options });
	const account = emulator.accounts.add();
	const key = account.addAccessKey();
	const home = await AwsHome.create({ AWS_ENDPOINT_URL: emulator.url });
	await home.config('[profile able]\nregion = eu-west-1\n');
	await home.credentials(`[able]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`);
	const dependencies = testDependencies(home.environment, { mfaCode: (...asked) => trap.mfaCode(...asked) });
	const made = createProviders(dependencies);
	const vendors = [{ ...aws, load: async () => ({ createProviders }) }];
	const context = { providers: fakeProviders(made, vendors), clock, log: memoryLog() };
	const trap: AwsTrap & { close(): Promise<void> } = {
		emulator,
		account,
		key,
		home,
		log: dependencies.lines,
		mfaCode: dependencies.mfaCode,
		provider: (service) => {
			const provider = made.find((one) => one.service === service);
			assert.ok(provider);
			return provider;
		},
		import: async (service, request = {}) => {
			const targets = [targetIn(service)];
			const defaults = { key: keyOf(lines.rsa), keyName: 'laptop', tags: {}, dryRun: false, ifExists: 'keep' } as const;
			const signal = new AbortController().signal;
			const [outcome] = await importKey({ ...defaults, targets, ...request }, context, signal);
			assert.ok(outcome);
			return outcome;
		},
		stored: (service, region = 'eu-west-1') =>
			service === 'ec2'
				? account
						.keyPairs(region)
						.existing()
						.map(({ name }) => name)
				: emulator.lightsail
						.of(account)
						.region(region)
						.keyPairs()
						.map(({ name }) => name),
		close: async () => {
			await emulator.close();
			await home.remove();
		},
	};
	trap.mfaCode = () => Promise.reject(new Error('No MFA code was to be asked for'));
	return trap;
}

/** The machine's time, and whatever was waited for. */
class SkippingClock implements Clock {
	private skipped = 0;

	now(): number {
		return Date.now() + this.skipped;
	}

	async wait(milliseconds: number): Promise<void> {
		this.skipped += milliseconds;
	}
}

/** The key of an OpenSSH line. */
export function keyOf(line: string): PublicKey {
	const [key] = parsePublicKeys(line).keys;
	assert.ok(key);
	return key;
}

/** The service's failure that an outcome tells of. */
export function failureIn(outcome: TargetOutcome): ProviderFailure {
	assert.ok(outcome.status === 'failed' && outcome.failure.by === 'service', outcome.status);
	return outcome.failure.failure;
}

/** A signal that never aborts. */
export const never = new AbortController().signal;
