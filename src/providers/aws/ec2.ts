import {
	CreateKeyPairCommand,
	CreateTagsCommand,
	type CreateTagsCommandOutput,
	DeleteKeyPairCommand,
	DeleteTagsCommand,
	DescribeKeyPairsCommand,
	DescribeRegionsCommand,
	EC2Client,
	type Filter,
	ImportKeyPairCommand,
	type ImportKeyPairCommandInput,
	type ImportKeyPairCommandOutput,
	type KeyPairInfo,
	type Tag,
} from '@aws-sdk/client-ec2';
import type { KeyPair } from '../../domain/keyPair';
import type { Region } from '../../domain/profile';
import type { Target } from '../../domain/target';
import { byName } from '../byName';
import type {
	CreateArguments,
	CreatedKeyPair,
	ImportArguments,
	ImportedKeyPair,
	KeyPairProvider,
	TagChange,
} from '../contract';
import { afterFirstPart, isProviderError, ProviderError, unsupported } from '../failure';
import { Calls } from './calls';
import type { AwsContext } from './context';
import type { Credentials } from './credentials';
import { readError } from './errorShape';
import { ForeignAnswer } from './failures';
import { mainRegionOf } from './partitions';
import { regionOfProfile } from './profiles';

/** EC2's key pairs (Amazon EC2 API Reference, version 2016-11-15). */
export class Ec2KeyPairs implements KeyPairProvider {
	readonly service = 'ec2';
	private readonly calls: Calls<EC2Client>;

	constructor(
		private readonly context: AwsContext,
		credentials: Credentials,
	) {
		this.calls = new Calls('ec2', (settings) => new EC2Client(settings), context, credentials);
	}

	async regions(profile: string, signal: AbortSignal): Promise<readonly Region[]> {
		const own = regionOfProfile(profile, await this.context.config(), this.context.dependencies.environment);
		const main = mainRegionOf(own);
		try {
			return await this.describeRegions(profile, own ?? main, signal);
		} catch (error) {
			// The profile's own region may be switched off, or mistyped; the main one is neither.
			const code = isProviderError(error) ? error.failure.code : undefined;
			if (own === undefined || own === main || (code !== 'AuthFailure' && code !== 'ENOTFOUND')) {
				throw error;
			}
			return await this.describeRegions(profile, main, signal);
		}
	}

	async list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]> {
		return this.describe(target, [], signal);
	}

	async find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		// A filter rather than KeyNames, which answers a name that is not there with an error. `*` and `?` are wildcards in
		// it, `\` takes that from them.
		const filter = { Name: 'key-name', Values: [keyName.replace(/[\\*?]/g, '\\$&')] };
		const found = await this.describe(target, [filter], signal);
		return found.find(({ name }) => name === keyName);
	}

	async import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<ImportedKeyPair | undefined> {
		const { keyName, publicKey, tags, dryRun } = request;
		const command = new ImportKeyPairCommand({
			KeyName: keyName,
			// The bytes of the line: the SDK does the base64.
			PublicKeyMaterial: Buffer.from(publicKey),
			...tagSpecifications(tags),
			...(dryRun ? { DryRun: true } : {}),
		});
		const call = { ...this.calls.place(target), operation: 'ImportKeyPair', use: 'change', dryRun, signal } as const;
		return this.calls.run(call, async (client, options) => {
			try {
				const answer = await client.send(command, options);
				return { keyPair: importedKeyPair(answer, request), ...requestIdOf(answer) };
			} catch (error) {
				// EC2 says by an error that a dry run is permitted.
				if (readError(error).name === 'DryRunOperation') {
					return undefined;
				}
				throw error;
			}
		});
	}

	async create(target: Target, request: CreateArguments, signal: AbortSignal): Promise<CreatedKeyPair> {
		const { keyName, tags, type, format } = request;
		const command = new CreateKeyPairCommand({
			KeyName: keyName,
			KeyType: type,
			KeyFormat: format,
			...tagSpecifications(tags),
		});
		const call = { ...this.calls.place(target), operation: 'CreateKeyPair', use: 'change', signal } as const;
		return this.calls.run(call, async (client, options) => {
			const answer = await client.send(command, options);
			const { KeyPairId, KeyFingerprint, KeyMaterial, Tags } = answer;
			if (!KeyPairId || !KeyFingerprint || !KeyMaterial) {
				throw new ForeignAnswer();
			}
			const keyPair = {
				name: keyName,
				id: KeyPairId,
				type,
				fingerprint: KeyFingerprint,
				tags: Tags ? toTags(Tags) : tags,
			};
			return { keyPair, privateKey: KeyMaterial, ...requestIdOf(answer) };
		});
	}

	async changeTags(target: Target, keyPair: KeyPair, change: TagChange, signal: AbortSignal): Promise<void> {
		const set = toSdkTags(change.set);
		// A key without a value removes the tag whatever its value is.
		const removed = change.remove.map((Key) => ({ Key }));
		if (set.length === 0 && removed.length === 0) {
			return;
		}
		const Resources = [await this.idOf(target, keyPair, signal)];
		const place = this.calls.place(target);
		if (set.length > 0) {
			const command = new CreateTagsCommand({ Resources, Tags: set });
			const call = { ...place, operation: 'CreateTags', use: 'change', signal } as const;
			await this.calls.run(call, async (client, options) => expectAnswer(await client.send(command, options)));
		}
		if (removed.length > 0) {
			const command = new DeleteTagsCommand({ Resources, Tags: removed });
			const call = { ...place, operation: 'DeleteTags', use: 'change', signal } as const;
			try {
				await this.calls.run(call, async (client, options) => expectAnswer(await client.send(command, options)));
			} catch (error) {
				throw set.length > 0 ? afterFirstPart(error) : error;
			}
		}
	}

	async resourceGroups(profile: string): Promise<never> {
		throw unsupported({ service: 'ec2', profile });
	}

	async delete(target: Target, keyPair: KeyPair, signal: AbortSignal): Promise<void> {
		const command = new DeleteKeyPairCommand(
			keyPair.id === undefined ? { KeyName: keyPair.name } : { KeyPairId: keyPair.id },
		);
		const call = { ...this.calls.place(target), operation: 'DeleteKeyPair', use: 'change', signal } as const;
		await this.calls.run(call, async (client, options) => {
			const { Return } = await client.send(command, options);
			if (Return === undefined) {
				throw new ForeignAnswer();
			}
		});
	}

	forget(profile?: string): void {
		this.calls.forget(profile);
	}

	/** Tags go by id: a key pair that is known by name only is looked up.
	 * @throws {ProviderError} kind notFound. */
	private async idOf(target: Target, { id, name }: KeyPair, signal: AbortSignal): Promise<string> {
		const found = id ?? (await this.find(target, name, signal))?.id;
		if (found === undefined) {
			throw new ProviderError({
				kind: 'notFound',
				service: 'ec2',
				...this.calls.place(target),
				retryable: false,
				outcomeUnknown: false,
			});
		}
		return found;
	}

	private async describe(target: Target, filters: Filter[], signal: AbortSignal): Promise<readonly KeyPair[]> {
		const command = new DescribeKeyPairsCommand({
			IncludePublicKey: true,
			...(filters.length === 0 ? {} : { Filters: filters }),
		});
		const call = { ...this.calls.place(target), operation: 'DescribeKeyPairs', use: 'read', signal } as const;
		return this.calls.run(call, async (client, options) => {
			const { KeyPairs } = await client.send(command, options);
			if (!KeyPairs) {
				throw new ForeignAnswer();
			}
			return KeyPairs.flatMap(toKeyPair).sort(byName);
		});
	}

	private async describeRegions(profile: string, region: string, signal: AbortSignal): Promise<readonly Region[]> {
		const command = new DescribeRegionsCommand({ AllRegions: true });
		const call = { profile, region, operation: 'DescribeRegions', use: 'read', signal } as const;
		const regions = await this.calls.run(call, async (client, options) => {
			const { Regions } = await client.send(command, options);
			if (!Regions) {
				throw new ForeignAnswer();
			}
			return Regions.flatMap(({ RegionName, OptInStatus }) =>
				RegionName === undefined ? [] : [toRegion(RegionName, OptInStatus !== 'not-opted-in')],
			).sort(byName);
		});
		this.context.regionStates.learn(profile, new Map(regions.map(({ name, usable }) => [name, usable])));
		return regions;
	}
}

function toRegion(name: string, usable: boolean): Region {
	return usable ? { name, usable } : { name, usable, reason: 'notOptedIn' };
}

function toKeyPair(info: KeyPairInfo): KeyPair[] {
	const { KeyName, KeyPairId, KeyType, KeyFingerprint, PublicKey, CreateTime } = info;
	if (KeyName === undefined) {
		return [];
	}
	return [
		{
			name: KeyName,
			...(KeyPairId === undefined ? {} : { id: KeyPairId }),
			...(KeyType === undefined ? {} : { type: KeyType }),
			...(KeyFingerprint === undefined ? {} : { fingerprint: KeyFingerprint }),
			...(PublicKey === undefined ? {} : { publicKey: PublicKey.trim() }),
			tags: toTags(info.Tags),
			...(CreateTime === undefined ? {} : { createdAt: CreateTime }),
		},
	];
}

/** EC2 answers an import without the key's type and text: both are known from the request. */
function importedKeyPair(
	{ KeyPairId, KeyFingerprint, Tags }: ImportKeyPairCommandOutput,
	{ keyName, publicKey, tags }: ImportArguments,
): KeyPair {
	if (!KeyPairId || !KeyFingerprint) {
		throw new ForeignAnswer();
	}
	return {
		name: keyName,
		id: KeyPairId,
		type: publicKey.startsWith('ssh-ed25519 ') ? 'ed25519' : 'rsa',
		fingerprint: KeyFingerprint,
		publicKey,
		tags: Tags ? toTags(Tags) : tags,
	};
}

function tagSpecifications(
	tags: Readonly<Record<string, string>>,
): Pick<ImportKeyPairCommandInput, 'TagSpecifications'> {
	const Tags = toSdkTags(tags);
	return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'key-pair', Tags }] };
}

function toSdkTags(tags: Readonly<Record<string, string>>): Tag[] {
	return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** EC2 answers a change of tags with nothing but the headers: without its request id it was not EC2. */
function expectAnswer({ $metadata }: CreateTagsCommandOutput): void {
	if ($metadata.requestId === undefined) {
		throw new ForeignAnswer();
	}
}

function requestIdOf({ $metadata }: ImportKeyPairCommandOutput): { readonly requestId?: string } {
	return $metadata.requestId === undefined ? {} : { requestId: $metadata.requestId };
}

function toTags(tags: readonly Tag[] | undefined): Record<string, string> {
	return Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
}
