import { generateKeyPairSync } from 'node:crypto';
import type { KeyPair } from '../../src/domain/keyPair';
import type { Region } from '../../src/domain/profile';
import { type Service, type Target, targetId } from '../../src/domain/target';
import type {
	CreateArguments,
	CreatedKeyPair,
	ImportArguments,
	ImportedKeyPair,
	KeyPairProvider,
	ResourceGroup,
	TagChange,
} from '../../src/providers/contract';
import type { ProviderFailure } from '../../src/providers/failure';
import type { FakeClock } from './clock';
import { aDoubt, refusal } from './failures';
import { aKeyPair, aPublicKey } from './keys';

/** What each operation resolves with. */
interface Results {
	regions: readonly Region[];
	list: readonly KeyPair[];
	find: KeyPair | undefined;
	import: ImportedKeyPair | undefined;
	create: CreatedKeyPair;
	changeTags: undefined;
	resourceGroups: readonly ResourceGroup[];
	delete: undefined;
}

/** What becomes of a call: `perform` does what was asked. */
export type Behaviour<T> = (perform: () => T, signal: AbortSignal) => T | Promise<T>;

type Script = {
	readonly [K in keyof Results]: { readonly region: string | undefined; behaviour: Behaviour<Results[K]> }[];
};

/** A service in memory that does what it is asked, unless it was told to do otherwise. */
export class FakeProvider implements KeyPairProvider {
	/** Every call: operation and region (profile for `regions`), in order. */
	readonly calls: string[] = [];
	/** What each import asked for. */
	readonly imports: ImportArguments[] = [];
	/** The profiles that were to be forgotten. */
	readonly forgotten: (string | undefined)[] = [];
	readonly service: Service;
	private readonly keyPairs = new Map<string, KeyPair[]>();
	private readonly script: Script = {
		regions: [],
		list: [],
		find: [],
		import: [],
		create: [],
		changeTags: [],
		resourceGroups: [],
		delete: [],
	};
	private created = 0;

	constructor(
		private readonly clock: Pick<FakeClock, 'now'>,
		{ service = 'ec2' }: { readonly service?: Service } = {},
	) {
		this.service = service;
	}

	/** The next calls of the operation, one by one, go like this; those after them as ever. */
	next<K extends keyof Results>(operation: K, ...behaviours: readonly Behaviour<Results[K]>[]): void {
		this.nextIn(undefined, operation, ...behaviours);
	}

	/** The same for calls to one region. */
	nextIn<K extends keyof Results>(
		region: string | undefined,
		operation: K,
		...behaviours: readonly Behaviour<Results[K]>[]
	): void {
		this.script[operation].push(...behaviours.map((behaviour) => ({ region, behaviour })));
	}

	/** Puts key pairs there, as if somebody else had made them. */
	put(target: Target, ...keyPairs: readonly KeyPair[]): void {
		this.keyPairs.set(targetId(target), [...this.existing(target), ...keyPairs]);
	}

	/** The key pairs that exist, in the order in which they were made. */
	existing(target: Target): readonly KeyPair[] {
		return this.keyPairs.get(targetId(target)) ?? [];
	}

	regions(profile: string, signal: AbortSignal): Promise<readonly Region[]> {
		return this.call('regions', { service: this.service, profile }, signal, () => [
			{ name: 'eu-west-1', usable: true },
			{ name: 'us-east-1', usable: true },
		]);
	}

	list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]> {
		return this.call('list', target, signal, () =>
			[...this.existing(target)].sort((a, b) => (a.name < b.name ? -1 : 1)),
		);
	}

	find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined> {
		return this.call('find', target, signal, () => this.existing(target).find(({ name }) => name === keyName));
	}

	import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<ImportedKeyPair | undefined> {
		this.imports.push(request);
		return this.call('import', target, signal, () => {
			const { keyName, publicKey, tags, dryRun } = request;
			if (dryRun) {
				return undefined;
			}
			if (this.existing(target).some(({ name }) => name === keyName)) {
				throw refusal('nameTaken');
			}
			const id = `key-${++this.created}`;
			const createdAt = new Date(this.clock.now());
			const keyPair = aKeyPair({ name: keyName, id, tags, createdAt }, aPublicKey(publicKey));
			this.put(target, keyPair);
			return { keyPair, requestId: `request-${this.created}` };
		});
	}

	create(target: Target, { keyName, tags }: CreateArguments, signal: AbortSignal): Promise<CreatedKeyPair> {
		return this.call('create', target, signal, () => {
			if (this.existing(target).some(({ name }) => name === keyName)) {
				throw refusal('nameTaken');
			}
			const id = `key-${++this.created}`;
			const keyPair = aKeyPair({ name: keyName, id, tags, createdAt: new Date(this.clock.now()) });
			this.put(target, keyPair);
			const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
			return { keyPair, privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString() };
		});
	}

	async changeTags(target: Target, { name }: KeyPair, { set, remove }: TagChange, signal: AbortSignal): Promise<void> {
		await this.call('changeTags', target, signal, () => {
			const keyPairs = this.existing(target).map((keyPair) => {
				const kept = Object.entries(keyPair.tags ?? {}).filter(([key]) => !remove.includes(key));
				return keyPair.name === name ? { ...keyPair, tags: { ...Object.fromEntries(kept), ...set } } : keyPair;
			});
			this.keyPairs.set(targetId(target), keyPairs);
			return undefined;
		});
	}

	resourceGroups(profile: string, signal: AbortSignal): Promise<readonly ResourceGroup[]> {
		return this.call('resourceGroups', { service: this.service, profile }, signal, () => [
			{ id: 'rg-default', name: 'default' },
		]);
	}

	async delete(target: Target, { id, name }: KeyPair, signal: AbortSignal): Promise<void> {
		await this.call('delete', target, signal, () => {
			const isMeant = (keyPair: KeyPair): boolean => (id === undefined ? keyPair.name === name : keyPair.id === id);
			const existing = this.existing(target);
			if (!existing.some(isMeant)) {
				throw refusal('notFound');
			}
			this.keyPairs.set(
				targetId(target),
				existing.filter((keyPair) => !isMeant(keyPair)),
			);
			return undefined;
		});
	}

	forget(profile?: string): void {
		this.forgotten.push(profile);
	}

	private async call<K extends keyof Results>(
		operation: K,
		target: Target,
		signal: AbortSignal,
		perform: () => Results[K],
	): Promise<Results[K]> {
		this.calls.push(`${operation} ${target.region ?? target.profile}`);
		if (signal.aborted) {
			throw refusal('cancelled');
		}
		const script: { readonly region: string | undefined; behaviour: Behaviour<Results[K]> }[] = this.script[operation];
		const at = script.findIndex(({ region }) => region === undefined || region === target.region);
		const [next] = at < 0 ? [] : script.splice(at, 1);
		return next ? next.behaviour(perform, signal) : perform();
	}
}

/** Nothing is done, and that is the answer. */
export function refuses(failure: ProviderFailure): () => never {
	return () => {
		throw refusal(failure);
	};
}

/** It is done, and this is the answer all the same. */
export function doesBut(failure: ProviderFailure): (perform: () => unknown) => never {
	return (perform) => {
		perform();
		throw refusal(failure);
	};
}

/** The answer, whatever was asked. */
export function answers<T>(value: T): () => T {
	return () => value;
}

/** Nothing happens until the caller gives up. */
export function hangs(_perform: () => unknown, signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(refusal(aDoubt('cancelled'))), { once: true });
	});
}

/** It is done, and no answer comes until the caller gives up. */
export function doesAndHangs(perform: () => unknown, signal: AbortSignal): Promise<never> {
	perform();
	return hangs(perform, signal);
}

/** As ever, once it is let go. */
export function gate(): { readonly waits: <T>(perform: () => T) => Promise<T>; open(): void } {
	let open = (): void => {};
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { waits: (perform) => opened.then(perform), open };
}
