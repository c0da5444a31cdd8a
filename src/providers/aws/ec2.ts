import {
	CreateKeyPairCommand,
	CreateTagsCommand,
	DeleteKeyPairCommand,
	DeleteTagsCommand,
	DescribeKeyPairsCommand,
	DescribeRegionsCommand,
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
import type {
	CreateArguments,
	CreatedKeyPair,
	ImportArguments,
	ImportedKeyPair,
	KeyPairProvider,
	TagChange,
} from '../contract';
import { isProviderError, ProviderError, unsupported } from '../failure';
import { Ec2Calls } from './calls';
import type { AwsContext } from './context';
import type { Credentials } from './credentials';
import { readError } from './errorShape';
import { ForeignAnswer } from './failures';
import { mainRegionOf } from './partitions';
import { regionOfProfile } from './profiles';

/** EC2's key pairs (Amazon EC2 API Reference, version 2016-11-15). */
export class Ec2KeyPairs implements KeyPairProvider {
	readonly service = 'ec2';
	private readonly calls: Ec2Calls;

	constructor(
		private readonly context: AwsContext,
		credentials: Credentials,
	) {
		this.calls = new Ec2Calls(context, credentials);
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
			DryRun: dryRun,
		});
		const call = { ...this.place(target), operation: 'ImportKeyPair', use: 'change', dryRun, signal } as const;
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
		const call = { ...this.place(target), operation: 'CreateKeyPair', use: 'change', signal } as const;
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

	async changeTags(target: Target, { id }: KeyPair, change: TagChange, signal: AbortSignal): Promise<void> {
		const Resources = id === undefined ? [] : [id];
		const Tags = toSdkTags(change.set);
		if (Tags.length > 0) {
			const command = new CreateTagsCommand({ Resources, Tags });
			const call = { ...this.place(target), operation: 'CreateTags', use: 'change', signal } as const;
			await this.calls.run(call, (client, options) => client.send(command, options));
		}
		if (change.remove.length > 0) {
			// A key without a value removes the tag whatever its value is.
			const command = new DeleteTagsCommand({ Resources, Tags: change.remove.map((Key) => ({ Key })) });
			const call = { ...this.place(target), operation: 'DeleteTags', use: 'change', signal } as const;
			await this.calls.run(call, (client, options) => client.send(command, options));
		}
	}

	async resourceGroups(profile: string): Promise<never> {
		throw unsupported({ service: 'ec2', profile });
	}

	async delete(target: Target, keyPair: KeyPair, signal: AbortSignal): Promise<void> {
		const command = new DeleteKeyPairCommand(
			keyPair.id === undefined ? { KeyName: keyPair.name } : { KeyPairId: keyPair.id },
		);
		const call = { ...this.place(target), operation: 'DeleteKeyPair', use: 'change', signal } as const;
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

	private async describe(target: Target, filters: Filter[], signal: AbortSignal): Promise<readonly KeyPair[]> {
		const command = new DescribeKeyPairsCommand({
			IncludePublicKey: true,
			...(filters.length === 0 ? {} : { Filters: filters }),
		});
		const call = { ...this.place(target), operation: 'DescribeKeyPairs', use: 'read', signal } as const;
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
		this.calls.learnRegions(profile, new Map(regions.map(({ name, usable }) => [name, usable])));
		return regions;
	}

	private place({ profile, region }: Target): { readonly profile: string; readonly region: string } {
		if (region === undefined) {
			throw new ProviderError({
				kind: 'badRequest',
				service: 'ec2',
				profile,
				code: 'RegionMissing',
				retryable: false,
				outcomeUnknown: false,
			});
		}
		return { profile, region };
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

function requestIdOf({ $metadata }: ImportKeyPairCommandOutput): { readonly requestId?: string } {
	return $metadata.requestId === undefined ? {} : { requestId: $metadata.requestId };
}

function toTags(tags: readonly Tag[] | undefined): Record<string, string> {
	return Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
