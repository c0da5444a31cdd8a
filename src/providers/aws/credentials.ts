import { isProviderError } from '../failure';
import type { AwsContext } from './context';
import { toCredentialError, toProfileError } from './credentialFailures';
import { type CredentialPlan, planCredentials } from './credentialPlan';
import { CredentialSources, type Identity } from './credentialSources';
import { environmentProfile } from './profiles';
import type { SharedConfig } from './sharedConfig';

interface Entry {
	readonly attempt: Promise<Identity>;
	identity?: Identity;
	/** Milliseconds since 1970. */
	obtainedAt?: number;
}

/** AWS's SDKs renew credentials this long before they expire, in milliseconds. */
const expiryWindowMs = 5 * 60_000;

/** What has just been got is not renewed: helpers that keep credentials themselves give them out until they expire. In
 * milliseconds. */
const freshMs = 60_000;

/** A person who gives up means every call that waits in line, also those that begin a moment later. In milliseconds. */
const givenUpMs = 500;

/** The credentials of every profile, got once and shared by all clients until they expire or are forgotten. Nothing but
 * what a profile names is tried: a mistyped profile never ends up with the machine's own role. */
export class Credentials {
	private readonly kept = new Map<string, Entry>();
	/** The profile that a profile's role starts from. */
	private readonly sourceOf = new Map<string, string>();
	private readonly sources: CredentialSources;

	constructor(private readonly context: AwsContext) {
		this.sources = new CredentialSources(context);
	}

	/** The profile's credentials. Callers at the same time share one attempt, so that an MFA code is asked for once; a
	 * failure is not kept.
	 * @throws {ProviderError} credentialsMissing, signInExpired, roleRefused and the like, or what `mfaCode` rejects
	 * with. */
	get(profile: string): Promise<Identity> {
		return this.keep(profile, () => this.ofProfile(profile));
	}

	/** Forgets the credentials of a profile and of those its role starts from, or of all profiles. */
	forget(profile?: string): void {
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

	private keep(profile: string, get: () => Promise<Identity>): Promise<Identity> {
		const kept = this.kept.get(profile);
		if (kept && !needsRenewal(kept)) {
			return kept.attempt;
		}
		const entry: Entry = { attempt: get() };
		this.kept.set(profile, entry);
		entry.attempt.then(
			(identity) => {
				entry.identity = identity;
				entry.obtainedAt = Date.now();
			},
			(error: unknown) => {
				const drop = () => this.kept.get(profile) === entry && this.kept.delete(profile);
				if (isProviderError(error) && error.failure.kind === 'cancelled') {
					setTimeout(drop, givenUpMs).unref();
				} else {
					drop();
				}
			},
		);
		return entry.attempt;
	}

	private async ofProfile(profile: string): Promise<Identity> {
		const config = await this.context.config();
		if (profile === environmentProfile) {
			return this.sources.environment(config);
		}
		const plan = planCredentials(profile, config);
		if (typeof plan === 'string') {
			const isPassedOver = config.notSupported.some(({ name }) => name === profile);
			throw toProfileError(isPassedOver ? 'nameNotSupported' : plan);
		}
		return this.follow(profile, plan, config);
	}

	private async follow(profile: string, plan: CredentialPlan, config: SharedConfig): Promise<Identity> {
		try {
			switch (plan.via) {
				case 'role':
					// The source comes first: when it can't be had, no MFA code is asked for in vain, and none is awaited while
					// it fails.
					return await this.sources.role(profile, plan.values, await this.roleSource(profile, plan, config), config);
				case 'service':
					return await this.sources.service(plan.service, config);
				default:
					return await this.sources[plan.via](profile, plan.values, config);
			}
		} catch (error) {
			throw toCredentialError(error, plan.via, plan.via === 'role' && plan.values.has('mfa_serial'));
		}
	}

	private async roleSource(
		profile: string,
		{ source }: Extract<CredentialPlan, { via: 'role' }>,
		config: SharedConfig,
	): Promise<Identity> {
		if ('service' in source) {
			return this.sources.service(source.service, config);
		}
		const get = () => this.follow(source.profile, source.plan, config);
		if (source.plan.via === 'static' || source.plan.via === 'service') {
			// These differ from what the same profile is used for by itself, and cost nothing.
			return get();
		}
		this.sourceOf.set(profile, source.profile);
		return this.keep(source.profile, get);
	}
}

function needsRenewal({ identity, obtainedAt = 0 }: Entry): boolean {
	const now = Date.now();
	const left = identity?.expiration === undefined ? Number.POSITIVE_INFINITY : identity.expiration.getTime() - now;
	return left <= 0 || (left < expiryWindowMs && now - obtainedAt > freshMs);
}
