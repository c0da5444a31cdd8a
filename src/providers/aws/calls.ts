import type { EC2Client } from '@aws-sdk/client-ec2';
import { isProviderError, type ProviderError } from '../failure';
import { Ec2Clients, type Use } from './clients';
import type { AwsContext } from './context';
import type { Credentials } from './credentials';
import { mayRepeat, toProviderError } from './failures';
import { orAborted, pause } from './waiting';

/** One call to EC2. */
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

/** So often a change is asked for in all, while EC2 refuses it for its rate. */
const maxAttempts = 3;

/** Before the first repetition, in milliseconds; doubled before the next. Half of it is by chance, so that many regions
 * don't come back at once. */
const firstPauseMs = 1_000;

/** Makes calls: with the profile's client, bound to a signal, logged, and with every failure as a ProviderError. */
export class Ec2Calls {
	private readonly clients: Ec2Clients;
	/** Whether a region is enabled, by profile and region, as far as DescribeRegions has said so. */
	private readonly enabled = new Map<string, ReadonlyMap<string, boolean>>();

	constructor(
		private readonly context: AwsContext,
		private readonly credentials: Credentials,
	) {
		this.clients = new Ec2Clients(context, credentials);
	}

	/** What `send` resolves with. `send` is repeated only when it is a change that was certainly not made.
	 * @throws {ProviderError} */
	async run<T>(call: Call, send: (client: EC2Client, options: SendOptions) => Promise<T>): Promise<T> {
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
			const attempt = () => send(client, { abortSignal: signal });
			return await (call.use === 'change' ? repeat(attempt, signal) : attempt());
		} catch (error) {
			const failure = this.fail(error, call, state);
			outcome = failure.message;
			throw failure;
		} finally {
			const { operation, profile, region } = call;
			const milliseconds = Math.round(performance.now() - started);
			this.context.dependencies.log.debug(`${operation} ${profile}/${region}: ${outcome}, ${milliseconds} ms`);
		}
	}

	/** Keeps in mind which regions the account has enabled. */
	learnRegions(profile: string, enabled: ReadonlyMap<string, boolean>): void {
		this.enabled.set(profile, enabled);
	}

	forget(profile?: string): void {
		this.credentials.forget(profile);
		this.clients.forget(profile);
		this.context.forgetConfig();
		if (profile === undefined) {
			this.enabled.clear();
		} else {
			this.enabled.delete(profile);
		}
	}

	private fail(error: unknown, call: Call, { sent, temporary }: { sent: boolean; temporary: boolean }): ProviderError {
		const { profile, region, operation, signal } = call;
		const regionEnabled = this.enabled.get(profile)?.get(region);
		const failure = toProviderError(error, {
			service: 'ec2',
			profile,
			region,
			operation,
			changing: sent && call.use === 'change' && !call.dryRun,
			temporary,
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

/** Repeats a change as long as EC2 refuses it for its rate. */
async function repeat<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
	for (let count = 1; ; count++) {
		try {
			return await attempt();
		} catch (error) {
			if (count === maxAttempts || !mayRepeat(error)) {
				throw error;
			}
			await pause(firstPauseMs * 2 ** (count - 1) * (0.5 + Math.random() / 2), signal);
		}
	}
}
