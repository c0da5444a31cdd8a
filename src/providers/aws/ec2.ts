import {
	DeleteKeyPairCommand,
	DescribeKeyPairsCommand,
	DescribeRegionsCommand,
	type Filter,
	ImportKeyPairCommand,
	type ImportKeyPairCommandOutput,
	type KeyPairInfo,
	type Tag,
} from '@aws-sdk/client-ec2';
import type { KeyPair } from '../../domain/keyPair';
import type { Region } from '../../domain/profile';
import type { Target } from '../../domain/target';
import type { ImportArguments, KeyPairProvider } from '../contract';
import { isProviderError, ProviderError } from '../failure';
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

	async import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<KeyPair | undefined> {
		const { keyName, publicKey, dryRun } = request;
		const tags = Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value }));
		const command = new ImportKeyPairCommand({
			KeyName: keyName,
			// The bytes of the line: the SDK does the base64.
			PublicKeyMaterial: Buffer.from(publicKey),
			...(tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'key-pair', Tags: tags }] }),
			DryRun: dryRun,
		});
		const call = { ...this.place(target), operation: 'ImportKeyPair', use: 'change', dryRun, signal } as const;
		return this.calls.run(call, async (client, options) => {
			try {
				const answer = await client.send(command, options);
				return importedKeyPair(answer, request);
			} catch (error) {
				// EC2 says by an error that a dry run is permitted.
				if (readError(error).name === 'DryRunOperation') {
					return undefined;
				}
				throw error;
			}
		});
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

function toTags(tags: readonly Tag[] | undefined): Record<string, string> {
	return Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
