import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PublicKey } from '../../../../src/domain/publicKey';
import type { Target } from '../../../../src/domain/target';
import { AlibabaCalls } from '../../../../src/providers/alibaba/calls';
import { AlibabaContext } from '../../../../src/providers/alibaba/context';
import { Credentials as AlibabaCredentials } from '../../../../src/providers/alibaba/credentials/credentials';
import { EcsKeyPairs } from '../../../../src/providers/alibaba/ecs';
import { EnsKeyPairs } from '../../../../src/providers/alibaba/ens';
import { sendRpc } from '../../../../src/providers/alibaba/rpc';
import { AwsContext } from '../../../../src/providers/aws/context';
import { Credentials } from '../../../../src/providers/aws/credentials';
import { Ec2KeyPairs } from '../../../../src/providers/aws/ec2';
import { requestHandlerOptions } from '../../../../src/providers/aws/http';
import { LightsailKeyPairs } from '../../../../src/providers/aws/lightsail';
import type { KeyPairProvider, ProviderDependencies } from '../../../../src/providers/contract';
import { serviceManifest, vendors } from '../../../../src/providers/registry';
import type { Clock, Providers } from '../../../../src/services/ports';
import type { Account } from '../../../emulator/accounts/account';
import type { AlibabaAccount } from '../../../emulator/alibaba/accounts/account';
import { ecsFingerprint } from '../../../emulator/alibaba/ecs/fingerprint';
import { md5Fingerprint } from '../../../emulator/alibaba/keyPairs';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { importedFingerprint } from '../../../emulator/keys/fingerprint';
import { publicKeyOf, readPublicKey, sshNames } from '../../../emulator/keys/publicKey';
import type { LightsailAccount } from '../../../emulator/lightsail/lightsailAccount';
import { aPublicKey } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { noAccessKeys } from '../../../fakes/vendors';

/** A clock that runs so many times faster than the machine's. */
export class FastClock implements Clock {
	private readonly start = Date.now();

	constructor(
		private readonly times: number,
		/** No wait is shorter, in the machine's milliseconds. */
		private readonly leastMs = 0,
	) {}

	now(): number {
		return this.start + (Date.now() - this.start) * this.times;
	}

	wait(milliseconds: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			if (signal.aborted) {
				resolve();
				return;
			}
			const timer = setTimeout(resolve, Math.max(this.leastMs, milliseconds / this.times));
			signal.addEventListener(
				'abort',
				() => {
					clearTimeout(timer);
					resolve();
				},
				{ once: true },
			);
		});
	}
}

/** What a cloud holds under a name. */
export interface Held {
	/** Absent where the service gives its key pairs none. */
	readonly id?: string;
	/** `type base64`. */
	readonly publicKey: string;
	readonly tags: Readonly<Record<string, string>>;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
}

/** A new RSA key, which every service takes. */
export function newRsaKey(): PublicKey {
	const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const { type, blob } = publicKeyOf(publicKey);
	return aPublicKey(`${sshNames[type]} ${blob.toString('base64')}`);
}

const profile = 'able';

/** So long an answer is waited for, in milliseconds. */
const requestTimeoutMs = 400;

// The SDK would tell of Node's version.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** An account at every vendor, played by one emulator, and the real providers on the vendors' own libraries. */
export class CloudImporting {
	readonly log = memoryLog();
	readonly providers: Providers;

	private constructor(
		readonly emulator: Emulator,
		readonly clock: Clock,
		readonly random: () => number,
		private readonly folder: string,
		private readonly aws: Account,
		private readonly alibaba: AlibabaAccount,
		providers: readonly KeyPairProvider[],
		private readonly time: { offset: number },
	) {
		const pick = async (service: string): Promise<KeyPairProvider> => {
			const provider = providers.find((candidate) => candidate.service === service);
			if (!provider) {
				throw new Error(`No provider of ${service}`);
			}
			return provider;
		};
		this.providers = { vendors, manifest: serviceManifest, load: pick, loaded: pick };
	}

	/** `consistencyLagMs`: how long EC2's describe calls lag behind changes, in the machine's milliseconds. */
	static async start(clock: Clock, random: () => number, consistencyLagMs: number): Promise<CloudImporting> {
		const time = { offset: 0 };
		const emulator = await startEmulator({ now: () => Date.now() + time.offset, consistencyLagMs });
		emulator.alibaba.choices.retryAfterMs = undefined;
		const aws = emulator.accounts.add();
		const alibaba = emulator.alibaba.accounts.add();
		const folder = await mkdtemp(path.join(tmpdir(), 'clouds-'));
		await configureAws(folder, aws, emulator.url);
		await configureAlibaba(folder, alibaba);
		const { url } = emulator;
		const dependencies: ProviderDependencies = {
			environment: { variables: {}, home: folder, accessKeys: noAccessKeys },
			log: { debug: () => {} },
			mfaCode: () => Promise.reject(new Error('No MFA code was to be asked for')),
			userAgent: 'cloud-key-pairs/1.2.3',
			settings: () => ({ endpoints: { ecs: url, ens: url, sts: url, resourcemanager: url } }),
		};
		const context = new AwsContext(
			dependencies,
			requestHandlerOptions({ connection: 5_000, request: requestTimeoutMs }),
		);
		const credentials = new Credentials(context);
		const following = { firstPauseMs: 5, longestPauseMs: 20, limitMs: 5_000, creationLimitMs: 5_000 };
		const timeouts = { connect: requestTimeoutMs, read: requestTimeoutMs };
		const alibabaContext = new AlibabaContext(dependencies, (request) => sendRpc({ ...request, timeouts }));
		const alibabaCalls = new AlibabaCalls(alibabaContext, new AlibabaCredentials(alibabaContext));
		const providers = [
			new Ec2KeyPairs(context, credentials),
			new LightsailKeyPairs(context, credentials, following),
			new EcsKeyPairs(alibabaCalls),
			new EnsKeyPairs(alibabaCalls),
		];
		return new CloudImporting(emulator, clock, random, folder, aws, alibaba, providers, time);
	}

	/** What Lightsail holds, and how it goes about it. */
	get lightsail(): LightsailAccount {
		return this.emulator.lightsail.of(this.aws);
	}

	/** A place of each kind: two regions of EC2, two of Lightsail, one of ECS, and ENS. */
	get targets(): readonly Target[] {
		return [
			{ service: 'ec2', profile, region: 'eu-west-1' },
			{ service: 'ec2', profile, region: 'us-east-1' },
			{ service: 'lightsail', profile, region: 'eu-west-1' },
			{ service: 'lightsail', profile, region: 'us-east-1' },
			{ service: 'ecs', profile, region: 'cn-hangzhou' },
			{ service: 'ens', profile },
		];
	}

	/** What has the name in truth, whatever is visible. */
	held(target: Target, name: string): Held | undefined {
		const region = target.region ?? '';
		switch (target.service) {
			case 'ec2': {
				const found = this.aws.keyPairs(region).withName(name);
				return found && { ...found, tags: Object.fromEntries(found.tags) };
			}
			case 'lightsail': {
				const found = this.lightsail.region(region).keyPair(name);
				const tags = [...(found?.tags ?? [])].map(([key, value]): [string, string] => [key, value ?? '']);
				return found && { publicKey: found.publicKey, createdAt: found.createdAt, tags: Object.fromEntries(tags) };
			}
			case 'ecs':
			case 'ens': {
				const found = this.store(target).withName(name);
				const publicKey = found?.publicKey.trim().split(' ').slice(0, 2).join(' ') ?? '';
				return found && { ...found, publicKey, tags: Object.fromEntries(found.tags) };
			}
		}
	}

	/** Puts a key pair there, made an hour ago. */
	put(target: Target, name: string, { publicKey }: PublicKey): void {
		this.time.offset = -3_600_000;
		const key = readPublicKey(publicKey);
		if (!key) {
			throw new Error('The services take no such key');
		}
		const id = `key-${Buffer.from(JSON.stringify(target)).toString('hex').slice(-30, -13)}`;
		const createdAt = Date.now() + this.time.offset;
		switch (target.service) {
			case 'ec2': {
				const fingerprint = importedFingerprint(key);
				const keyPair = { id, name, type: key.type, fingerprint, publicKey, createdAt, tags: new Map() };
				this.aws.keyPairs(target.region ?? '').add(keyPair);
				break;
			}
			case 'lightsail':
				this.lightsail.region(target.region ?? '').addKeyPair(name, key);
				break;
			case 'ecs':
			case 'ens': {
				const fingerprint = (target.service === 'ecs' ? ecsFingerprint : md5Fingerprint)(publicKey);
				const more = { resourceGroupId: '', tags: new Map(), attached: false };
				this.store(target).add({ id, name, fingerprint, publicKey, createdAt, ...more });
				break;
			}
		}
		this.time.offset = 0;
	}

	/** How often a key was really imported into a target. */
	importsDone({ publicKey }: PublicKey, { service, region }: Target): number {
		const base64 = Buffer.from(publicKey).toString('base64');
		return this.emulator.requests
			.all({ service, operation: 'ImportKeyPair', ...(region === undefined ? {} : { region }) })
			.filter(({ done, parameters }) => {
				const values = Object.values(parameters);
				return done && parameters['DryRun'] !== 'true' && (values.includes(publicKey) || values.includes(base64));
			}).length;
	}

	async close(): Promise<void> {
		await this.emulator.close();
		await rm(this.folder, { recursive: true, force: true });
	}

	private store({ service, region }: Target) {
		return service === 'ecs' ? this.alibaba.keyPairs('ecs', region ?? '') : this.alibaba.keyPairs('ens');
	}
}

async function configureAws(home: string, account: Account, url: string): Promise<void> {
	const { id, secret } = account.addAccessKey();
	const lines = [`[${profile}]`, 'region = eu-west-1', `endpoint_url = ${url}`];
	const keys = [`aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`];
	await mkdir(path.join(home, '.aws'));
	await writeFile(path.join(home, '.aws', 'credentials'), [...lines, ...keys, ''].join('\n'));
	await writeFile(path.join(home, '.aws', 'config'), '');
}

async function configureAlibaba(home: string, account: AlibabaAccount): Promise<void> {
	const { id, secret } = account.addAccessKey();
	const keys = { access_key_id: id, access_key_secret: secret };
	const profiles = [{ name: profile, mode: 'AK', ...keys, region_id: 'cn-hangzhou' }];
	await mkdir(path.join(home, '.aliyun'));
	await writeFile(path.join(home, '.aliyun', 'config.json'), JSON.stringify({ current: profile, profiles }));
}
