import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Target } from '../../../../src/domain/target';
import { createProviders } from '../../../../src/providers/aws/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import type { Account } from '../../../emulator/accounts/account';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { AwsHome, testDependencies } from '../aws/awsHome';

const folder = 'test/unit/providers/boto3';

/** Request bodies that boto3 made, by the names that record.py gives them. */
export interface Recording {
	/** The version of botocore that made them. */
	readonly botocore: string;
	readonly requests: Readonly<Record<string, string>>;
}

/** What record.py has recorded. */
export const recording: Recording = JSON.parse(readFileSync(`${folder}/requests.json`, 'utf8'));

/** What record.py records now, or undefined where boto3 is not installed. */
export function recordAnew(): Recording | undefined {
	try {
		return JSON.parse(
			execFileSync('python3', [`${folder}/record.py`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
		);
	} catch {
		return undefined;
	}
}

/** The key pair that the recorded requests are about. */
export const recordedId = 'key-0123456789abcdef0';

export const rsa =
	'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/Ogt0qw9HJA1lk/VgrIX+iC8poFxxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWfZf5NF2/L9tv3h0HGERjbHa6X1qmBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxhm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgGEp3ltzC7RD3UtduWA1Nojt';
export const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE';

/** A provider of the extension, calling an emulator. */
export interface Subject {
	readonly provider: KeyPairProvider;
	readonly target: Target;
	readonly emulator: Emulator;
	readonly account: Account;
	/** The body of the only request for the operation. */
	sent(operation: string): string;
	close(): Promise<void>;
}

/** Starts an emulator, and the provider of one service in eu-west-1. */
export async function startSubject(service: 'ec2' | 'lightsail'): Promise<Subject> {
	const emulator = await startEmulator();
	const account = emulator.accounts.add();
	emulator.lightsail.of(account).operationMs = 0;
	const { id, secret } = account.addAccessKey();
	const home = await AwsHome.create({ AWS_ENDPOINT_URL: emulator.url });
	await home.credentials(`[able]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\nregion = eu-west-1\n`);
	const provider = createProviders(testDependencies(home.environment)).find((one) => one.service === service);
	assert.ok(provider);
	return {
		provider,
		target: { service, profile: 'able', region: 'eu-west-1' },
		emulator,
		account,
		sent: (operation) => {
			const [entry, ...others] = emulator.requests.all({ operation });
			assert.ok(entry && others.length === 0, `one ${operation}`);
			return entry.body;
		},
		close: async () => {
			await emulator.close();
			await home.remove();
		},
	};
}
