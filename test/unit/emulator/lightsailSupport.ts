import assert from 'node:assert/strict';
import {
	GetOperationCommand,
	ImportKeyPairCommand,
	LightsailClient,
	type LightsailClientConfig,
	LightsailServiceException,
	type Operation,
} from '@aws-sdk/client-lightsail';
import type { EmulatorOptions } from '../../emulator/emulator';
import type { LightsailAccount } from '../../emulator/lightsail/lightsailAccount';
import { type Fixture, sdkCredentials, useEmulator } from './support';

/** `ssh-keygen -l -E md5` of the key in `rsaLine`, without the prefix. */
export const lightsailRsaFingerprint = 'ec:cd:8b:89:1c:37:13:3e:f1:fb:9f:8a:b1:0d:dc:31';

/** An emulator, and Lightsail in it. */
export interface LightsailFixture extends Fixture {
	readonly lightsail: LightsailAccount;
	/** A client of the real SDK with the user's key, in us-east-1 and with a single attempt unless overridden. */
	lightsailClient(overrides?: LightsailClientConfig): LightsailClient;
	/** Imports a public key into us-east-1. */
	importKey(name: string, line: string): Promise<void>;
	/** Asks for an import; resolves with the operation as the answer has it. */
	begin(name: string, line: string): Promise<Operation>;
	/** The operation as it is now. */
	operation(id: string | undefined): Promise<Operation>;
}

/** Starts an emulator before each test of the suite and stops it afterwards; operations end at once unless a test says otherwise. */
export function useLightsail(options?: EmulatorOptions): () => LightsailFixture {
	const fixture = useEmulator(options);
	const clients: LightsailClient[] = [];
	afterEach(() => {
		for (const client of clients.splice(0)) client.destroy();
	});
	beforeEach(() => {
		fixture().emulator.lightsail.of(fixture().account).operationMs = 0;
	});
	return () => {
		const { emulator, account, key } = fixture();
		const lightsailClient = (overrides?: LightsailClientConfig) => {
			const client = new LightsailClient({
				region: 'us-east-1',
				endpoint: emulator.url,
				credentials: sdkCredentials(key),
				maxAttempts: 1,
				...overrides,
			});
			clients.push(client);
			return client;
		};
		const begin = async (name: string, line: string) => {
			const command = new ImportKeyPairCommand({ keyPairName: name, publicKeyBase64: line });
			const { operation } = await lightsailClient().send(command);
			assert.ok(operation);
			return operation;
		};
		return {
			...fixture(),
			lightsail: emulator.lightsail.of(account),
			lightsailClient,
			begin,
			importKey: async (name, line) => {
				await begin(name, line);
			},
			operation: async (operationId) => {
				const { operation } = await lightsailClient().send(new GetOperationCommand({ operationId }));
				assert.ok(operation);
				return operation;
			},
		};
	};
}

/** Asserts that the SDK reports Lightsail's exception and HTTP status; returns it, with the members that it has. */
export async function refusesLightsail(
	call: Promise<unknown>,
	exception: string,
	status = 400,
): Promise<LightsailServiceException & { readonly code?: string; readonly docs?: string; readonly tip?: string }> {
	const error: unknown = await call.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof LightsailServiceException, `expected ${exception}, got ${String(error)}`);
	assert.deepEqual([error.name, error.$metadata.httpStatusCode], [exception, status]);
	return error;
}
