import {
	type AlibabaConfiguration,
	type ChainLink,
	defaultChainProfile,
	environmentProfile,
	type ProfileSettings,
	readConfiguration,
} from '../configuration/configuration';
import {
	type AlibabaCredentials,
	type CredentialPlan,
	isPlan,
	nothingUsable,
	type RoleSource,
} from '../configuration/credentialPlan';
import type { AlibabaContext } from '../context';
import { toCredentialError, toProfileError } from './credentialFailures';
import { CredentialSources } from './credentialSources';
import type { Obtained } from './obtained';

export type { AlibabaCredentials } from '../configuration/credentialPlan';

interface Entry {
	readonly attempt: Promise<Obtained>;
	obtained?: Obtained;
	/** Milliseconds since 1970. */
	obtainedAt?: number;
}

/** Credentials are renewed this long before they expire, in milliseconds. */
const expiryWindowMs = 5 * 60_000;

/** What has just been got is not renewed: helpers that keep credentials themselves give them out until they expire. In milliseconds. */
const freshMs = 60_000;

/** The credentials of every profile, got once and shared by all services until they expire or are forgotten. Nothing but what a profile names is
 * tried; only the default chain is a chain. */
export class Credentials {
	private readonly kept = new Map<string, Entry>();
	private readonly savedKeys = new Map<string, Promise<AlibabaCredentials | undefined>>();
	/** The profile that a profile's role starts from. */
	private readonly sourceOf = new Map<string, string>();
	private readonly sources: CredentialSources;
	private reading: Promise<AlibabaConfiguration> | undefined;

	constructor(private readonly context: AlibabaContext) {
		this.sources = new CredentialSources(context);
	}

	/** The profile's credentials. Callers at the same time share one attempt; a failure is not kept.
	 * @throws {ProviderError} credentialsMissing, signInExpired, roleRefused and the like; no text of the vendor's library is in it. */
	async get(profile: string): Promise<AlibabaCredentials> {
		const saved = await this.savedKey(profile);
		return saved ?? (await this.keep(profile, () => this.ofProfile(profile))).credentials;
	}

	/** What the profile says beside its credentials; nothing for a profile that there is not.
	 * @throws {ProviderError} kind configuration, when a file can't be read or parsed. */
	async profileSettings(profile: string): Promise<ProfileSettings> {
		const { accessKeys } = this.context.dependencies.environment;
		const saved = (await accessKeys.all('alibaba')).find(({ name }) => name === profile);
		if (saved) {
			return saved.region === undefined ? {} : { region: saved.region };
		}
		const { profiles, environmentSettings } = await this.configuration();
		return profile === environmentProfile || profile === defaultChainProfile
			? environmentSettings
			: (profiles.get(profile)?.settings ?? {});
	}

	/** Forgets the credentials of a profile and of those its role starts from, or of all profiles. The next call reads the files again. */
	forget(profile?: string): void {
		this.reading = undefined;
		this.savedKeys.clear();
		if (profile === undefined) {
			this.kept.clear();
			this.sourceOf.clear();
			return;
		}
		this.kept.delete(profile);
		const source = this.sourceOf.get(profile);
		this.sourceOf.delete(profile);
		if (source !== undefined) {
			this.forget(source);
		}
	}

	/** The key of that name that was entered by hand. It is apart from the files' profiles, which start from each other by their names. */
	private savedKey(name: string): Promise<AlibabaCredentials | undefined> {
		const known = this.savedKeys.get(name);
		if (known) {
			return known;
		}
		const read = this.context.dependencies.environment.accessKeys.get('alibaba', name).then((key) => {
			if (!key) {
				return undefined;
			}
			const { id: accessKeyId, secret: accessKeySecret, token: securityToken } = key;
			return { accessKeyId, accessKeySecret, ...(securityToken === undefined ? {} : { securityToken }) };
		});
		this.savedKeys.set(name, read);
		return read;
	}

	private keep(profile: string, get: () => Promise<Obtained>): Promise<Obtained> {
		const kept = this.kept.get(profile);
		if (kept && !needsRenewal(kept)) {
			return kept.attempt;
		}
		const entry: Entry = { attempt: get() };
		this.kept.set(profile, entry);
		entry.attempt.then(
			(obtained) => {
				entry.obtained = obtained;
				entry.obtainedAt = Date.now();
			},
			() => this.kept.get(profile) === entry && this.kept.delete(profile),
		);
		return entry.attempt;
	}

	private async ofProfile(profile: string): Promise<Obtained> {
		const { environment, chain, profiles } = await this.configuration();
		if (profile === defaultChainProfile) {
			return this.firstOf(chain);
		}
		const configured = profiles.get(profile);
		const plan = profile === environmentProfile ? environment : (configured?.plan ?? nothingUsable);
		if (!isPlan(plan)) {
			throw toProfileError(plan, configured?.file);
		}
		return this.follow(plan, profile);
	}

	/** What the first source gives that gives anything. When none does, the failure of one that the environment asks for by name tells most. */
	private async firstOf(chain: readonly ChainLink[]): Promise<Obtained> {
		const failures: { readonly error: unknown; readonly isNamed: boolean }[] = [];
		for (const { plan, isNamed } of chain) {
			try {
				return await this.follow(plan, defaultChainProfile);
			} catch (error) {
				failures.push({ error, isNamed });
			}
		}
		throw (failures.find(({ isNamed }) => isNamed) ?? failures[0])?.error ?? toProfileError(nothingUsable);
	}

	private async follow(plan: CredentialPlan, profile: string): Promise<Obtained> {
		try {
			return plan.via === 'role'
				? await this.sources.role(plan.role, await this.roleSource(profile, plan.source))
				: await this.sources.follow(plan);
		} catch (error) {
			throw toCredentialError(error, plan);
		}
	}

	private async roleSource(profile: string, { profile: source, plan }: RoleSource): Promise<AlibabaCredentials> {
		if (source === undefined) {
			return (await this.follow(plan, profile)).credentials;
		}
		this.sourceOf.set(profile, source);
		return (await this.keep(source, () => this.follow(plan, source))).credentials;
	}

	private configuration(): Promise<AlibabaConfiguration> {
		if (!this.reading) {
			const reading = readConfiguration(this.context.dependencies.environment);
			reading.catch(() => {
				if (this.reading === reading) {
					this.reading = undefined;
				}
			});
			this.reading = reading;
		}
		return this.reading;
	}
}

function needsRenewal({ obtained, obtainedAt = 0 }: Entry): boolean {
	const now = Date.now();
	const left = (obtained?.expiresAt ?? Number.POSITIVE_INFINITY) - now;
	return left <= 0 || (left < expiryWindowMs && now - obtainedAt > freshMs);
}
