import {
	CreateKeyPairCommand,
	DeleteKeyPairCommand,
	GetKeyPairCommand,
	GetKeyPairsCommand,
	GetOperationCommand,
	GetRegionsCommand,
	ImportKeyPairCommand,
	LightsailClient,
	type Operation,
	type KeyPair as SdkKeyPair,
	type Tag,
	TagResourceCommand,
	UntagResourceCommand,
} from '@aws-sdk/client-lightsail';
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
	TagChange,
} from '../contract';
import { afterFirstPart, isProviderError, ProviderError, type ProviderFailure, unsupported } from '../failure';
import { pause, withLimit } from '../waiting';
import { type Call, Calls, type SendOptions } from './calls';
import type { AwsContext } from './context';
import type { Credentials } from './credentials';
import { readError } from './errorShape';
import { ForeignAnswer } from './failures';
import { failedOperation } from './lightsailCodes';
import { isCommercialRegion, mainRegionOf } from './partitions';
import { regionOfProfile } from './profiles';

/** The name of the key pair that Lightsail makes by itself, one for each region. No field of its answers says so. */
const defaultKeyPairName = 'LightsailDefaultKeyPair';

/** How an operation is followed to its end. */
export interface Following {
	/** Before the first look, in milliseconds; doubled before each next one, up to the longest. */
	readonly firstPauseMs: number;
	readonly longestPauseMs: number;
	/** An operation that has not ended by then is given up, in milliseconds. */
	readonly limitMs: number;
	/** The same after the creation of a key: meanwhile its private key is nowhere but in memory. */
	readonly creationLimitMs: number;
}

const patient: Following = { firstPauseMs: 100, longestPauseMs: 4_000, limitMs: 60_000, creationLimitMs: 10_000 };

/** What Lightsail answers to a change. */
interface ChangeAnswer {
	readonly $metadata: { readonly requestId?: string | undefined };
	readonly operation?: Operation | undefined;
	readonly operations?: readonly Operation[] | undefined;
}

type Place = Pick<Call, 'profile' | 'region'>;

/** Lightsail's key pairs (Amazon Lightsail API Reference, version 2016-11-28). Every change is an operation that is
 * followed to its end: it may fail after it was accepted. */
export class LightsailKeyPairs implements KeyPairProvider {
	readonly service = 'lightsail';
	private readonly calls: Calls<LightsailClient>;

	constructor(
		private readonly context: AwsContext,
		credentials: Credentials,
		private readonly following: Following = patient,
	) {
		this.calls = new Calls('lightsail', (settings) => new LightsailClient(settings), context, credentials);
	}

	async regions(profile: string, signal: AbortSignal): Promise<readonly Region[]> {
		const own = regionOfProfile(profile, await this.context.config(), this.context.dependencies.environment);
		const main = mainRegionOf(undefined);
		try {
			return await this.getRegions(this.place({ service: 'lightsail', profile, region: own ?? main }), signal);
		} catch (error) {
			// The profile's own region may have no Lightsail, or be switched off; the main one has it, and is not.
			const { kind, code } = isProviderError(error) ? error.failure : {};
			const mayBeRegion = kind === 'credentialsRejected' || kind === 'regionNotEnabled' || code === 'ENOTFOUND';
			if (own === undefined || own === main || !mayBeRegion) {
				throw error;
			}
			return await this.getRegions({ profile, region: main }, signal);
		}
	}

	async list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]> {
		const place = this.place(target);
		const found: KeyPair[] = [];
		const pageTokens = new Set<string | undefined>();
		let pageToken: string | undefined;
		do {
			pageTokens.add(pageToken);
			const page = await this.getKeyPairs(place, pageToken, pageTokens, signal);
			found.push(...page.keyPairs);
			pageToken = page.next;
		} while (pageToken !== undefined);
		return sortedByName(found);
	}

	async find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		return this.getKeyPair(this.place(target), keyName, signal);
	}

	async import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<ImportedKeyPair> {
		const place = this.place(target);
		const { keyName, publicKey, tags, dryRun } = request;
		if (dryRun) {
			throw unsupported({ service: 'lightsail', ...place });
		}
		// Despite its name the field takes the text of the line, not base64 of it.
		const command = new ImportKeyPairCommand({ keyPairName: keyName, publicKeyBase64: publicKey });
		const { $metadata } = await this.change(place, 'ImportKeyPair', signal, (client, options) =>
			client.send(command, options),
		);
		const untagged = await this.tagImported(place, keyName, tags, signal);
		const seen = await this.lookAt(place, keyName, signal);
		if (untagged && !(untagged.outcomeUnknown && hasTags(seen, tags))) {
			// The import itself is done, and certainly so.
			throw new ProviderError({ ...untagged, kind: 'tagsMissing', retryable: false, outcomeUnknown: false });
		}
		return { keyPair: { ...seen, name: keyName, tags, publicKey }, ...requestIdOf($metadata) };
	}

	async create(target: Target, request: CreateArguments, signal: AbortSignal): Promise<CreatedKeyPair> {
		const place = this.place(target);
		const { keyName, tags } = request;
		const command = new CreateKeyPairCommand({ keyPairName: keyName, ...tagsOf(tags) });
		const call = { ...place, operation: 'CreateKeyPair', use: 'change', signal } as const;
		return this.calls.run(call, async (client, options) => {
			const answer = await client.send(command, options);
			const { keyPair, privateKeyBase64, publicKeyBase64, operation, $metadata } = answer;
			if (!privateKeyBase64) {
				throw new ForeignAnswer();
			}
			const seen = await withLimit(signal, this.following.creationLimitMs, async (limited) => {
				try {
					await this.finish(place, operation ? [operation] : [], $metadata, limited);
				} catch (error) {
					// There is no second copy of the private key: it is lost only together with the key pair.
					if (readError(error).name === failedOperation) {
						throw error;
					}
				}
				const [made] = keyPair ? toKeyPair(keyPair) : [];
				// Lightsail may leave the fingerprint out of this answer.
				return made?.fingerprint === undefined ? ((await this.lookAt(place, keyName, limited)) ?? made) : made;
			});
			return {
				keyPair: {
					...seen,
					name: keyName,
					tags,
					...(publicKeyBase64 === undefined ? {} : { publicKey: publicKeyBase64.trim() }),
				},
				// The text of a PEM file, likewise despite its name.
				privateKey: privateKeyBase64,
				...requestIdOf($metadata),
			};
		});
	}

	async changeTags(target: Target, { name }: KeyPair, change: TagChange, signal: AbortSignal): Promise<void> {
		const place = this.place(target);
		const isSetting = Object.keys(change.set).length > 0;
		if (isSetting) {
			await this.setTags(place, name, change.set, signal);
		}
		if (change.remove.length > 0) {
			const command = new UntagResourceCommand({ resourceName: name, tagKeys: [...change.remove] });
			try {
				await this.change(place, 'UntagResource', signal, (client, options) => client.send(command, options));
			} catch (error) {
				throw isSetting ? afterFirstPart(error) : error;
			}
		}
	}

	async resourceGroups(profile: string): Promise<never> {
		throw unsupported({ service: 'lightsail', profile });
	}

	async delete(target: Target, { name, fingerprint }: KeyPair, signal: AbortSignal): Promise<void> {
		const command = new DeleteKeyPairCommand({
			keyPairName: name,
			// Lightsail demands it for the default key pair.
			...(name === defaultKeyPairName && fingerprint !== undefined ? { expectedFingerprint: fingerprint } : {}),
		});
		await this.change(this.place(target), 'DeleteKeyPair', signal, (client, options) => client.send(command, options));
	}

	forget(profile?: string): void {
		this.calls.forget(profile);
	}

	private async getRegions(place: Place, signal: AbortSignal): Promise<readonly Region[]> {
		const call = { ...place, operation: 'GetRegions', use: 'read', signal } as const;
		return this.calls.run(call, async (client, options) => {
			const { regions } = await client.send(new GetRegionsCommand({}), options);
			if (!regions) {
				throw new ForeignAnswer();
			}
			return regions
				.flatMap(({ name }) => (name === undefined ? [] : [this.toRegion(place.profile, name)]))
				.sort(byName);
		});
	}

	/** Lightsail tells which regions it has, not which of them the account has enabled; EC2 may have told. */
	private toRegion(profile: string, name: string): Region {
		return this.context.regionStates.isEnabled(profile, name) === false
			? { name, usable: false, reason: 'notOptedIn' }
			: { name, usable: true };
	}

	private async getKeyPairs(
		place: Place,
		pageToken: string | undefined,
		knownTokens: ReadonlySet<string | undefined>,
		signal: AbortSignal,
	): Promise<{ readonly keyPairs: readonly KeyPair[]; readonly next?: string }> {
		const command = new GetKeyPairsCommand({
			// It is listed where it exists; it is never asked for by DownloadDefaultKeyPair, which would make it.
			includeDefaultKeyPair: true,
			...(pageToken === undefined ? {} : { pageToken }),
		});
		const call = { ...place, operation: 'GetKeyPairs', use: 'read', signal } as const;
		return this.calls.run(call, async (client, options) => {
			const { keyPairs, nextPageToken } = await client.send(command, options);
			// A token that has been there leads round in a circle.
			if (!keyPairs || (nextPageToken && knownTokens.has(nextPageToken))) {
				throw new ForeignAnswer();
			}
			return { keyPairs: keyPairs.flatMap(toKeyPair), ...(nextPageToken ? { next: nextPageToken } : {}) };
		});
	}

	private async getKeyPair(place: Place, keyPairName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		const call = { ...place, operation: 'GetKeyPair', use: 'read', signal } as const;
		return this.calls.run(call, async (client, options) => {
			try {
				const { keyPair } = await client.send(new GetKeyPairCommand({ keyPairName }), options);
				const [found] = keyPair ? toKeyPair(keyPair) : [];
				if (!found) {
					throw new ForeignAnswer();
				}
				return found;
			} catch (error) {
				if (readError(error).name === 'NotFoundException') {
					return undefined;
				}
				throw error;
			}
		});
	}

	/** What can be seen of a key pair that was just made. It is there, whether or not that can be seen. */
	private async lookAt(place: Place, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		try {
			return await this.getKeyPair(place, keyName, signal);
		} catch {
			return undefined;
		}
	}

	/** Gives a key pair that was just imported its tags. What went wrong with that, or undefined. */
	private async tagImported(
		place: Place,
		keyName: string,
		tags: Readonly<Record<string, string>>,
		signal: AbortSignal,
	): Promise<ProviderFailure | undefined> {
		if (Object.keys(tags).length === 0) {
			return undefined;
		}
		try {
			await this.setTags(place, keyName, tags, signal);
			return undefined;
		} catch (error) {
			if (isProviderError(error)) {
				return error.failure;
			}
			throw error;
		}
	}

	private async setTags(
		place: Place,
		resourceName: string,
		tags: Readonly<Record<string, string>>,
		signal: AbortSignal,
	): Promise<void> {
		const command = new TagResourceCommand({ resourceName, tags: toSdkTags(tags) });
		await this.change(place, 'TagResource', signal, (client, options) => client.send(command, options));
	}

	/** Asks for a change and follows what comes of it to its end. */
	private async change<A extends ChangeAnswer>(
		place: Place,
		operation: string,
		signal: AbortSignal,
		send: (client: LightsailClient, options: SendOptions) => Promise<A>,
	): Promise<A> {
		const call = { ...place, operation, use: 'change', signal } as const;
		return this.calls.run(call, async (client, options) => {
			const answer = await send(client, options);
			const operations = answer.operations ?? (answer.operation ? [answer.operation] : undefined);
			if (!operations) {
				throw new ForeignAnswer();
			}
			await this.finish(place, operations, answer.$metadata, signal);
			return answer;
		});
	}

	/** Resolves when every operation has ended well. Rejects with what stands for an operation that failed; or, where that
	 * can't be found out, with an error that leaves the outcome open. */
	private async finish(
		place: Place,
		operations: readonly Operation[],
		$metadata: ChangeAnswer['$metadata'],
		signal: AbortSignal,
	): Promise<void> {
		const limit = performance.now() + this.following.limitMs;
		// A signal of its own, as each call has: see `Calls.run`.
		const own = AbortSignal.any([signal]);
		for (const accepted of operations) {
			let operation = accepted;
			for (let wait = this.following.firstPauseMs; !hasEnded(operation); wait *= 2) {
				if (performance.now() > limit) {
					throw Object.assign(new Error('The operation has not ended in time'), { name: 'TimeoutError' });
				}
				await pause(Math.min(wait, this.following.longestPauseMs), own);
				operation = await this.getOperation(place, operation, signal);
			}
			const { status, errorCode, errorDetails } = operation;
			if (status === 'Failed' || errorCode) {
				throw Object.assign(new Error(errorDetails ?? ''), {
					name: failedOperation,
					$metadata,
					...(errorCode ? { code: errorCode } : {}),
				});
			}
		}
	}

	private async getOperation(place: Place, { id }: Operation, signal: AbortSignal): Promise<Operation> {
		const call = { ...place, operation: 'GetOperation', use: 'read', signal } as const;
		try {
			return await this.calls.run(call, async (client, options) => {
				const { operation } = await client.send(new GetOperationCommand({ operationId: id }), options);
				if (!operation) {
					throw new ForeignAnswer();
				}
				return operation;
			});
		} catch (error) {
			throw afterFirstPart(error);
		}
	}

	private place(target: Target): Place {
		const place = this.calls.place(target);
		if (!isCommercialRegion(place.region)) {
			throw new ProviderError({
				kind: 'regionUnknown',
				service: 'lightsail',
				...place,
				detail: `Lightsail is in the commercial regions only, not in ${place.region}`,
				retryable: false,
				outcomeUnknown: false,
			});
		}
		return place;
	}
}

function hasEnded({ isTerminal, status }: Operation): boolean {
	return isTerminal === true || status === 'Succeeded' || status === 'Completed' || status === 'Failed';
}

function hasTags(keyPair: KeyPair | undefined, tags: Readonly<Record<string, string>>): boolean {
	return Object.entries(tags).every(([key, value]) => keyPair?.tags?.[key] === value);
}

function toKeyPair({ name, fingerprint, tags, createdAt }: SdkKeyPair): KeyPair[] {
	if (name === undefined) {
		return [];
	}
	return [
		{
			name,
			...(fingerprint === undefined ? {} : { fingerprint }),
			tags: toTags(tags),
			...(createdAt === undefined ? {} : { createdAt }),
			...(name === defaultKeyPairName ? { isDefault: true } : {}),
		},
	];
}

function tagsOf(tags: Readonly<Record<string, string>>): { readonly tags?: Tag[] } {
	const sdkTags = toSdkTags(tags);
	return sdkTags.length === 0 ? {} : { tags: sdkTags };
}

function toSdkTags(tags: Readonly<Record<string, string>>): Tag[] {
	return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function toTags(tags: readonly Tag[] | undefined): Record<string, string> {
	return Object.fromEntries((tags ?? []).flatMap(({ key, value }) => (key === undefined ? [] : [[key, value ?? '']])));
}

function requestIdOf({ requestId }: ChangeAnswer['$metadata']): { readonly requestId?: string } {
	return requestId === undefined ? {} : { requestId };
}
