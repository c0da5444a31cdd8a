import type { KeyPair } from '../../domain/keyPair';
import type { Region } from '../../domain/profile';
import type { Target } from '../../domain/target';
import { byName, sortedByName } from '../byName';
import type {
	CreateArguments,
	CreatedKeyPair,
	ImportArguments,
	ImportedKeyPair,
	KeyPairProvider,
	ResourceGroup,
	TagChange,
} from '../contract';
import { afterFirstPart, isProviderError, ProviderError, unsupported } from '../failure';
import { type Fields, listOf, requiredText, textOf, toKeyPair } from './answers';
import type { AlibabaCalls } from './calls';
import { mainRegion } from './endpoints';
import { allPages, pageSize, readPage } from './pages';
import { listResourceGroups } from './resourceGroups';
import type { RpcAnswer } from './rpc';

/** So many tags go into one call (ECS TagResources, Tag.N; UntagResources, TagKey.N). */
const tagsPerCall = 20;

/** ECS's key pairs (API reference ECS 2014-05-26). They have no ids in lists: the name is what everything goes by. */
export class EcsKeyPairs implements KeyPairProvider {
	readonly service = 'ecs';

	constructor(private readonly calls: AlibabaCalls) {}

	async regions(profile: string, signal: AbortSignal): Promise<readonly Region[]> {
		const { service } = this;
		const own = await this.calls.regionOf({ service, api: 'ecs', profile, operation: 'DescribeRegions', signal });
		try {
			return await this.describeRegions(profile, own ?? mainRegion, signal);
		} catch (error) {
			// The profile's own region may be mistyped.
			const kind = isProviderError(error) ? error.failure.kind : undefined;
			const isNoRegion = kind === 'regionUnknown' || (isProviderError(error) && error.failure.code === 'ENOTFOUND');
			if (own === undefined || own === mainRegion || !isNoRegion) {
				throw error;
			}
			return await this.describeRegions(profile, mainRegion, signal);
		}
	}

	list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]> {
		return this.describe(target, {}, signal);
	}

	async find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		// `*` is a wildcard in it; no name has one.
		const found = await this.describe(target, { KeyPairName: keyName }, signal);
		return found.find(({ name }) => name === keyName);
	}

	async import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<ImportedKeyPair> {
		if (request.dryRun) {
			throw unsupported(target);
		}
		const { publicKey } = request;
		const query = { ...newKeyPair(request), PublicKeyBody: publicKey };
		return this.add(target, 'ImportKeyPair', query, signal, ({ body, requestId }) => ({
			keyPair: { ...addedKeyPair(request, body), publicKey },
			...(requestId === undefined ? {} : { requestId }),
		}));
	}

	async create(target: Target, request: CreateArguments, signal: AbortSignal): Promise<CreatedKeyPair> {
		if (request.type !== 'rsa' || request.format !== 'pem') {
			throw unsupported(target);
		}
		return this.add(target, 'CreateKeyPair', newKeyPair(request), signal, ({ body, requestId }) => ({
			keyPair: addedKeyPair(request, body),
			privateKey: requiredText(body, 'PrivateKeyBody'),
			...(requestId === undefined ? {} : { requestId }),
		}));
	}

	async changeTags(target: Target, { name }: KeyPair, change: TagChange, signal: AbortSignal): Promise<void> {
		const resource = { ResourceType: 'keypair', 'ResourceId.1': name };
		const calls = [
			...inGroups(Object.entries(change.set)).map((tags) => ['TagResources', tagParameters(tags)] as const),
			...inGroups(change.remove).map((keys) => ['UntagResources', tagKeyParameters(keys)] as const),
		];
		for (const [index, [operation, parameters]] of calls.entries()) {
			const query = { ...resource, ...parameters };
			try {
				await this.change(target, operation, query, signal, ({ body }) => requiredText(body, 'RequestId'));
			} catch (error) {
				throw index === 0 ? error : afterFirstPart(error);
			}
		}
	}

	resourceGroups(profile: string, signal: AbortSignal): Promise<readonly ResourceGroup[]> {
		return listResourceGroups(this.calls, this.service, profile, signal);
	}

	async delete(target: Target, { name }: KeyPair, signal: AbortSignal): Promise<void> {
		const query = { KeyPairNames: JSON.stringify([name]) };
		await this.change(target, 'DeleteKeyPairs', query, signal, ({ body }) => requiredText(body, 'RequestId'));
	}

	forget(profile?: string): void {
		this.calls.forget(profile);
	}

	private async describe(
		target: Target,
		filter: Readonly<Record<string, string>>,
		signal: AbortSignal,
	): Promise<readonly KeyPair[]> {
		const place = this.place(target);
		const found = await allPages((pageNumber) => {
			const query = {
				RegionId: place.region,
				...filter,
				IncludePublicKey: 'true',
				PageNumber: String(pageNumber),
				PageSize: String(pageSize),
			};
			const call = { ...place, operation: 'DescribeKeyPairs', use: 'read', query, signal } as const;
			return this.calls.run(call, ({ body }) =>
				readPage(body, 'KeyPairs', 'KeyPair', (fields) => ({ ...toKeyPair(fields), tags: tagsOf(fields) })),
			);
		});
		return sortedByName(found);
	}

	private async describeRegions(profile: string, region: string, signal: AbortSignal): Promise<readonly Region[]> {
		const place = this.place({ service: this.service, profile, region });
		const query = { AcceptLanguage: 'en-US' };
		const call = { ...place, operation: 'DescribeRegions', use: 'read', query, signal } as const;
		const regions = await this.calls.run(call, ({ body }) =>
			listOf(body, 'Regions', 'Region').map((fields) => ({
				name: requiredText(fields, 'RegionId'),
				endpoint: textOf(fields, 'RegionEndpoint'),
			})),
		);
		this.calls.learnEndpoints(profile, new Map(regions.map(({ name, endpoint }) => [name, endpoint])));
		// Their Status tells whether instances are sold out there, which is nothing to key pairs.
		return regions.map(({ name }) => ({ name, usable: true })).sort(byName);
	}

	/** Adds a key pair. Older references say by InvalidKeyPairName.Malformed that a name is taken, so that a look has to tell which it is. */
	private async add<T>(
		target: Target,
		operation: string,
		parameters: Readonly<Record<string, string>> & { readonly KeyPairName: string },
		signal: AbortSignal,
		read: (answer: RpcAnswer) => T,
	): Promise<T> {
		try {
			return await this.change(target, operation, parameters, signal, read);
		} catch (error) {
			if (!isProviderError(error) || error.failure.kind !== 'nameInvalid') {
				throw error;
			}
			const taken = await this.find(target, parameters.KeyPairName, signal).catch(() => undefined);
			throw taken === undefined ? error : new ProviderError({ ...error.failure, kind: 'nameTaken' });
		}
	}

	/** Makes a change; `read` takes the answer. */
	private change<T>(
		target: Target,
		operation: string,
		parameters: Readonly<Record<string, string>>,
		signal: AbortSignal,
		read: (answer: RpcAnswer) => T,
	): Promise<T> {
		const place = this.place(target);
		const query = { RegionId: place.region, ...parameters };
		return this.calls.run({ ...place, operation, use: 'change', query, signal }, read);
	}

	private place({ profile, region }: Target) {
		if (region === undefined) {
			throw new ProviderError({
				kind: 'badRequest',
				service: this.service,
				profile,
				code: 'RegionMissing',
				retryable: false,
				outcomeUnknown: false,
			});
		}
		return { service: this.service, api: 'ecs', profile, region } as const;
	}
}

/** What ImportKeyPair and CreateKeyPair have in common. */
function newKeyPair({ keyName, tags, resourceGroupId }: ImportArguments | CreateArguments) {
	return {
		KeyPairName: keyName,
		...(resourceGroupId === undefined ? {} : { ResourceGroupId: resourceGroupId }),
		...tagParameters(Object.entries(tags)),
	};
}

/** The key pair as its request and the service's answer tell it. */
function addedKeyPair({ keyName, tags, resourceGroupId }: ImportArguments | CreateArguments, answer: Fields): KeyPair {
	return {
		name: keyName,
		fingerprint: requiredText(answer, 'KeyPairFingerPrint'),
		tags,
		...(resourceGroupId === undefined ? {} : { resourceGroupId }),
	};
}

/** Tags as a call takes them: `Tag.1.Key`, `Tag.1.Value`. */
function tagParameters(tags: readonly (readonly [string, string])[]): Record<string, string> {
	return Object.fromEntries(
		tags.flatMap(([key, value], index) => [
			[`Tag.${index + 1}.Key`, key],
			[`Tag.${index + 1}.Value`, value],
		]),
	);
}

/** The keys of tags as a call takes them: `TagKey.1`. */
function tagKeyParameters(keys: readonly string[]): Record<string, string> {
	return Object.fromEntries(keys.map((key, index) => [`TagKey.${index + 1}`, key]));
}

/** Tags as a list has them: `TagKey` and `TagValue`. */
function tagsOf(fields: Fields): Record<string, string> {
	if (fields['Tags'] === undefined) {
		return {};
	}
	return Object.fromEntries(
		listOf(fields, 'Tags', 'Tag').map((tag) => [requiredText(tag, 'TagKey'), textOf(tag, 'TagValue') ?? '']),
	);
}

function inGroups<T>(items: readonly T[]): readonly (readonly T[])[] {
	const count = Math.ceil(items.length / tagsPerCall);
	return Array.from({ length: count }, (_, index) => items.slice(index * tagsPerCall, (index + 1) * tagsPerCall));
}
