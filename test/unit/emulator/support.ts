import assert from 'node:assert/strict';
import { type RequestOptions, request } from 'node:http';
import { EC2Client, type EC2ClientConfig, EC2ServiceException, ImportKeyPairCommand } from '@aws-sdk/client-ec2';
import type { Account } from '../../emulator/accounts/account';
import type { AccessKey } from '../../emulator/accounts/credentials';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator';

/** A running emulator with one account and a key of one user. */
export interface Fixture {
	readonly emulator: Emulator;
	readonly account: Account;
	readonly key: AccessKey;
	/** A client of the real SDK with the user's key, in us-east-1 and with a single attempt unless overridden; destroyed at the end of the test. */
	client(overrides?: EC2ClientConfig): EC2Client;
	/** Imports a public key with the user's key in us-east-1. */
	importKey(name: string, line: string): Promise<void>;
}

/** Starts an emulator before each test of the suite and stops it afterwards. */
export function useEmulator(options?: EmulatorOptions): () => Fixture {
	let fixture: (Fixture & { readonly clients: readonly EC2Client[] }) | undefined;
	beforeEach(async () => {
		fixture = await makeFixture(options);
	});
	afterEach(async () => {
		for (const client of fixture?.clients ?? []) client.destroy();
		await fixture?.emulator.close();
		fixture = undefined;
	});
	return () => {
		assert.ok(fixture, 'the emulator runs only within a test');
		return fixture;
	};
}

async function makeFixture(options?: EmulatorOptions) {
	const emulator = await startEmulator(options);
	const account = emulator.accounts.add({ id: '111122223333' });
	const key = account.addAccessKey({ user: 'mel' });
	const clients: EC2Client[] = [];
	const client = (overrides?: EC2ClientConfig) => {
		const made = new EC2Client({
			region: 'us-east-1',
			endpoint: emulator.url,
			credentials: sdkCredentials(key),
			maxAttempts: 1,
			...overrides,
		});
		clients.push(made);
		return made;
	};
	const importKey = async (name: string, line: string) => {
		await client().send(new ImportKeyPairCommand({ KeyName: name, PublicKeyMaterial: Buffer.from(line) }));
	};
	return { emulator, account, key, client, importKey, clients };
}

/** The key as the SDK wants it. */
export function sdkCredentials(key: AccessKey) {
	return {
		accessKeyId: key.id,
		secretAccessKey: key.secret,
		...(key.session === undefined ? {} : { sessionToken: key.session.token }),
	};
}

/** Asserts that the SDK reports EC2's code and HTTP status; returns the message. */
export async function refuses(call: Promise<unknown>, code: string, status = 400): Promise<string> {
	const error: unknown = await call.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof EC2ServiceException, `expected ${code}, got ${String(error)}`);
	assert.deepEqual([error.name, error.$metadata.httpStatusCode], [code, status]);
	return error.message;
}

/** Has the client change its requests before it signs them (`build`) or afterwards (`finalizeRequest`). */
export function alterRequests(
	client: EC2Client,
	alter: (request: { body: string; headers: Record<string, string> }) => void,
	step: 'build' | 'finalizeRequest' = 'build',
): EC2Client {
	const middleware =
		<A extends object, R>(next: (args: A) => R) =>
		(args: A): R => {
			const { request } = args as { request: { body: string; headers: Record<string, string> } };
			alter(request);
			return next(args);
		};
	if (step === 'build') client.middlewareStack.add(middleware, { step, priority: 'low' });
	else client.middlewareStack.add(middleware, { step, priority: 'low' });
	return client;
}

/** Sends a request with exactly these headers (`fetch` allows no `host`) and returns status and body. */
export function sendRaw(
	url: string,
	options: Pick<RequestOptions, 'method' | 'path' | 'headers'>,
	body = '',
): Promise<{ readonly status: number | undefined; readonly text: string }> {
	return new Promise((resolve, reject) => {
		const sent = request(url, options, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => {
				text += chunk;
			});
			response.on('end', () => resolve({ status: response.statusCode, text }));
		});
		sent.on('error', reject).end(body);
	});
}
