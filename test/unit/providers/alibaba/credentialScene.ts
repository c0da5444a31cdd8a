import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AlibabaCredentials } from '../../../../src/providers/alibaba/configuration/credentialPlan';
import { AlibabaContext } from '../../../../src/providers/alibaba/context';
import { Credentials } from '../../../../src/providers/alibaba/credentials/credentials';
import { sendRpc } from '../../../../src/providers/alibaba/rpc';
import type { AccessKeys, Environment, ProviderDependencies } from '../../../../src/providers/contract';
import { isProviderError, type ProviderFailure } from '../../../../src/providers/failure';
import type { AlibabaAccount } from '../../../emulator/alibaba/accounts/account';
import type { AlibabaAccessKey } from '../../../emulator/alibaba/accounts/credentials';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { noAccessKeys } from '../../../fakes/vendors';
import { reroute } from './rerouting';

/** Hosts that can't be configured: the metadata service of an instance and the pages where people sign in. */
const fixedHosts = ['100.100.100.200', 'oauth.aliyun.com', 'oauth.alibabacloud.com'];

/** An emulated Alibaba Cloud with one account and one user, and a home directory without any profile. */
export class CredentialScene {
	/** What the log was told. */
	readonly lines: string[] = [];
	variables: Record<string, string> = {};
	accessKeys: AccessKeys = noAccessKeys;
	private readonly closing: (() => unknown)[] = [];

	private constructor(
		readonly emulator: Emulator,
		readonly account: AlibabaAccount,
		readonly key: AlibabaAccessKey,
		readonly home: string,
	) {}

	static async start(): Promise<CredentialScene> {
		const emulator = await startEmulator();
		const account = emulator.alibaba.accounts.add();
		const home = await mkdtemp(join(tmpdir(), 'alibaba-home-'));
		const scene = new CredentialScene(emulator, account, account.addAccessKey(), home);
		scene.closing.push(
			() => emulator.close(),
			() => rm(home, { recursive: true, force: true }),
			reroute(fixedHosts, emulator.url),
		);
		return scene;
	}

	async close(): Promise<void> {
		await Promise.all(this.closing.map((close) => close()));
	}

	get environment(): Environment {
		return { variables: this.variables, home: this.home, accessKeys: this.accessKeys };
	}

	/** Path of the CLI's configuration. */
	get configFile(): string {
		return join(this.home, '.aliyun', 'config.json');
	}

	/** Writes the CLI's configuration with these profiles, as the CLI does. */
	async writeProfiles(...profiles: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
		const config = { current: profiles[0]?.['name'] ?? 'default', profiles, meta_path: '' };
		await this.write('.aliyun/config.json', JSON.stringify(config, null, '\t'));
	}

	/** Writes a file under the home directory; returns its path. */
	async write(name: string, text: string): Promise<string> {
		const path = join(this.home, ...name.split('/'));
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, text);
		return path;
	}

	/** Credentials with nothing kept yet; STS is the emulator, or another endpoint, or (empty) wherever the profile says. */
	credentials(sts: string = this.emulator.url, send = sendRpc): Credentials {
		const dependencies: ProviderDependencies = {
			environment: this.environment,
			log: { debug: (line) => this.lines.push(line) },
			mfaCode: () => Promise.reject(new Error('Nobody is there')),
			userAgent: 'cloud-key-pairs/1.2.3',
			settings: () => ({ endpoints: { sts } }),
		};
		return new Credentials(new AlibabaContext(dependencies, send));
	}

	/** Whom STS takes the credentials for: an ARN. */
	async caller(credentials: AlibabaCredentials): Promise<string> {
		const { body } = await sendRpc({
			endpoint: this.emulator.url,
			version: '2015-04-01',
			action: 'GetCallerIdentity',
			query: {},
			credentials,
			signal: AbortSignal.timeout(10_000),
			use: 'read',
		});
		return String(body['Arn']);
	}

	/** Whom the profile's credentials are taken for. */
	async callerOf(profile: string): Promise<string> {
		return this.caller(await this.credentials().get(profile));
	}

	/** Starts a server that is closed with the scene; returns its URL. */
	async serve(answer: RequestListener): Promise<string> {
		const server = createServer(answer).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		this.closing.push(
			() => server.closeAllConnections(),
			() => server.close(),
		);
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}
}

/** The failure that a call rejects with; anything else fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
	try {
		await call;
	} catch (error) {
		assert.ok(isProviderError(error), String(error));
		return error.failure;
	}
	return assert.fail('It did not fail');
}
