import type { Target } from '../../domain/target';
import { isProviderError, ProviderError } from '../failure';
import { orAborted } from '../waiting';
import { type AwsService, type ClientSettings, Clients, type Use } from './clients';
import type { AwsContext } from './context';
import type { Credentials } from './credentials';
import { isRefusedForTime, toProviderError } from './failures';

/** One call to a service. */
export interface Call {
	readonly profile: string;
	readonly region: string;
	/** The API operation. */
	readonly operation: string;
	readonly use: Use;
	/** A change that is only asked about changes nothing. */
	readonly dryRun?: boolean;
	readonly signal: AbortSignal;
}

/** What a command is sent with. */
export interface SendOptions {
	readonly abortSignal: AbortSignal;
}

/** Makes one service's calls: with the profile's client, bound to a signal, logged, and with every failure as a
 * ProviderError. */
export class Calls<C> {
	private readonly clients: Clients<C>;
	/** The regions in which the service has taken a profile's credentials. */
	private readonly acceptedIn = new Map<string, Set<string>>();

	constructor(
		private readonly service: AwsService,
		createClient: (settings: ClientSettings) => C,
		private readonly context: AwsContext,
		private readonly credentials: Credentials,
	) {
		this.clients = new Clients(service, createClient, context, credentials);
	}

	/** What `send` resolves with. `send` is run once; again only when the service has refused the request for the time in
	 * it, which the SDK has corrected since.
	 * @throws {ProviderError} */
	async run<T>(call: Call, send: (client: C, options: SendOptions) => Promise<T>): Promise<T> {
		// A signal of its own: all listeners of many calls on one signal look like a leak to Node.
		const signal = AbortSignal.any([call.signal]);
		const started = performance.now();
		const state = { sent: false, temporary: false };
		let outcome = 'ok';
		try {
			const client = await orAborted(this.clients.get(call.profile, call.region, call.use), signal);
			// Here rather than inside the SDK's pipeline, where a failure would look like the service's.
			const { sessionToken } = await orAborted(this.credentials.get(call.profile), signal);
			state.temporary = sessionToken !== undefined;
			state.sent = true;
			const answer = await withTimeCorrected(() => send(client, { abortSignal: signal }));
			this.acceptedIn.set(call.profile, (this.acceptedIn.get(call.profile) ?? new Set()).add(call.region));
			return answer;
		} catch (error) {
			const failure = this.fail(error, call, state);
			outcome = failure.message;
			throw failure;
		} finally {
			const { operation, profile, region } = call;
			const milliseconds = Math.round(performance.now() - started);
			this.context.dependencies.log.debug(
				`${this.service} ${operation} ${profile}/${region}: ${outcome}, ${milliseconds} ms`,
			);
		}
	}

	/** A target's profile and region.
	 * @throws {ProviderError} kind badRequest, when it has no region. */
	place({ profile, region }: Target): { readonly profile: string; readonly region: string } {
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
		return { profile, region };
	}

	forget(profile?: string): void {
		this.credentials.forget(profile);
		this.clients.forget(profile);
		this.context.forgetConfig();
		this.context.regionStates.forget(profile);
		if (profile === undefined) {
			this.acceptedIn.clear();
		} else {
			this.acceptedIn.delete(profile);
		}
	}

	private fail(error: unknown, call: Call, { sent, temporary }: { sent: boolean; temporary: boolean }): ProviderError {
		const { profile, region, operation, signal } = call;
		const accepted = this.acceptedIn.get(profile);
		const regionEnabled = this.context.regionStates.isEnabled(profile, region);
		const failure = toProviderError(error, {
			service: this.service,
			profile,
			region,
			operation,
			changing: sent && call.use === 'change' && !call.dryRun,
			temporary,
			acceptedElsewhere: accepted !== undefined && !accepted.has(region),
			...(regionEnabled === undefined ? {} : { regionEnabled }),
			signal,
		});
		if (failure.failure.kind === 'signInExpired' && !isProviderError(error)) {
			// The kept credentials have run out early, or their role was revoked: the next call gets new ones.
			this.credentials.forget(profile);
			this.clients.forget(profile);
		}
		return failure;
	}
}

async function withTimeCorrected<T>(send: () => Promise<T>): Promise<T> {
	try {
		return await send();
	} catch (error) {
		if (isRefusedForTime(error)) {
			return send();
		}
		throw error;
	}
}
