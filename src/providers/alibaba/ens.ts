import type { KeyPair } from '../../domain/keyPair';
import type { Region } from '../../domain/profile';
import type { Target } from '../../domain/target';
import { sortedByName } from '../byName';
import type {
	CreateArguments,
	CreatedKeyPair,
	ImportArguments,
	ImportedKeyPair,
	KeyPairProvider,
	ResourceGroup,
} from '../contract';
import { isProviderError, ProviderError, unsupported } from '../failure';
import { requiredText, toKeyPair } from './answers';
import type { AlibabaCalls } from './calls';
import { mayMeanTaken } from './codes';
import { allPages, pageSize, readPage } from './pages';
import type { RpcAnswer } from './rpc';

/** ENS's key pairs (API reference ENS 2017-11-10). They belong to the account as a whole: there are no regions, and no tags. */
export class EnsKeyPairs implements KeyPairProvider {
	readonly service = 'ens';

	constructor(private readonly calls: AlibabaCalls) {}

	/** None: nothing is asked. */
	async regions(): Promise<readonly Region[]> {
		return [];
	}

	list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]> {
		return this.describe(target, {}, signal);
	}

	async find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		const found = await this.describe(target, { KeyPairName: keyName }, signal);
		return found.find(({ name }) => name === keyName);
	}

	async import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<ImportedKeyPair> {
		const { keyName, publicKey, dryRun } = request;
		if (dryRun) {
			throw unsupported(target);
		}
		const query = { KeyPairName: keyName, PublicKeyBody: publicKey };
		return this.add(target, 'ImportKeyPair', query, signal, ({ body, requestId }) => ({
			keyPair: { name: keyName, fingerprint: requiredText(body, 'KeyPairFingerPrint'), publicKey },
			...(requestId === undefined ? {} : { requestId }),
		}));
	}

	async create(target: Target, request: CreateArguments, signal: AbortSignal): Promise<CreatedKeyPair> {
		const { keyName, type, format } = request;
		if (type !== 'rsa' || format !== 'pem') {
			throw unsupported(target);
		}
		return this.add(target, 'CreateKeyPair', { KeyPairName: keyName }, signal, ({ body, requestId }) => ({
			keyPair: {
				name: keyName,
				id: requiredText(body, 'KeyPairId'),
				fingerprint: requiredText(body, 'KeyPairFingerPrint'),
			},
			privateKey: requiredText(body, 'PrivateKeyBody'),
			...(requestId === undefined ? {} : { requestId }),
		}));
	}

	async changeTags(target: Target): Promise<void> {
		throw unsupported(target);
	}

	async resourceGroups(profile: string): Promise<readonly ResourceGroup[]> {
		throw unsupported({ service: this.service, profile });
	}

	async delete(target: Target, { id, name }: KeyPair, signal: AbortSignal): Promise<void> {
		const query = id === undefined ? { KeyPairName: name } : { KeyPairId: id };
		await this.calls.run(this.changing(target, 'DeleteKeyPairs', query, signal), ({ body }) =>
			requiredText(body, 'RequestId'),
		);
	}

	forget(profile?: string): void {
		this.calls.forget(profile);
	}

	/** Adds a key pair. No code is documented for a name that is taken, so that a look has to tell: beforehand, and again when the code may mean it. Another
	 * may take the name in between, and where looking is not permitted only the service's answer is left. */
	private async add<T>(
		target: Target,
		operation: string,
		query: Readonly<Record<string, string>> & { readonly KeyPairName: string },
		signal: AbortSignal,
		read: (answer: RpcAnswer) => T,
	): Promise<T> {
		const { service } = this;
		const look = () => this.find(target, query.KeyPairName, signal);
		const holder = await look().catch((error: unknown) => {
			if (isProviderError(error) && error.failure.kind === 'notPermitted') {
				return undefined;
			}
			throw error;
		});
		if (holder) {
			const { profile } = target;
			const failure = { kind: 'nameTaken', service, profile, operation } as const;
			throw new ProviderError({ ...failure, retryable: false, outcomeUnknown: false });
		}
		try {
			return await this.calls.run(this.changing(target, operation, query, signal), read);
		} catch (error) {
			// After an error of the server what has the name may be what was asked for: whoever asked compares.
			if (!isProviderError(error) || error.failure.outcomeUnknown || !mayMeanTaken(error.failure.code)) {
				throw error;
			}
			const found = await look().catch(() => undefined);
			throw found ? new ProviderError({ ...error.failure, kind: 'nameTaken' }) : error;
		}
	}

	private async describe(
		{ profile }: Target,
		filter: Readonly<Record<string, string>>,
		signal: AbortSignal,
	): Promise<readonly KeyPair[]> {
		const { service } = this;
		const found = await allPages((pageNumber) => {
			const query = { ...filter, PageNumber: String(pageNumber), PageSize: String(pageSize) };
			const call = { service, api: 'ens', profile, operation: 'DescribeKeyPairs', use: 'read', query, signal } as const;
			return this.calls.run(call, ({ body }) => readPage(body, 'KeyPairs', 'KeyPair', toKeyPair));
		});
		return sortedByName(found);
	}

	private changing(
		{ profile }: Target,
		operation: string,
		query: Readonly<Record<string, string>>,
		signal: AbortSignal,
	) {
		const { service } = this;
		return { service, api: 'ens', profile, operation, use: 'change', query, signal } as const;
	}
}
