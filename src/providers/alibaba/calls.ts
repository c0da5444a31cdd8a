import type { Service } from '../../domain/target';
import { isProviderError, type ProviderError } from '../failure';
import { orAborted } from '../waiting';
import type { AlibabaContext } from './context';
import type { Credentials } from './credentials/credentials';
import {
	type Api,
	type EndpointSettings,
	ecsEndpoint,
	ensEndpoint,
	mainRegion,
	resourceManagerEndpoint,
} from './endpoints';
import { toProviderError } from './failures';
import type { RpcAnswer } from './rpc';

/** One call of a service. */
export interface Call {
	/** The service for whose sake the call is made. */
	readonly service: Service;
	readonly api: Exclude<Api, 'sts'>;
	readonly profile: string;
	/** Absent for APIs without regions. */
	readonly region?: string;
	/** The API operation. */
	readonly operation: string;
	/** A read is repeated on throttling, 5xx and broken connections. A change is sent once. */
	readonly use: 'read' | 'change';
	readonly query: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
}

const versions: { readonly [A in Call['api']]: string } = {
	ecs: '2014-05-26',
	ens: '2017-11-10',
	resourcemanager: '2020-03-31',
};

/** Makes calls: signed by the profile's credentials, sent to the right endpoint, logged, and with every failure as a ProviderError. */
export class AlibabaCalls {
	/** ECS's regions and its host in each, by profile, as far as DescribeRegions has told. */
	private readonly endpoints = new Map<string, ReadonlyMap<string, string | undefined>>();

	constructor(
		private readonly context: AlibabaContext,
		private readonly credentials: Credentials,
	) {}

	/** What the service answered, as `read` takes it; what `read` throws is a failure of the call.
	 * @throws {ProviderError} */
	async run<T>(call: Call, read: (answer: RpcAnswer) => T): Promise<T> {
		// A signal of its own: all listeners of many calls on one signal look like a leak to Node.
		const signal = AbortSignal.any([call.signal]);
		const { profile, region, operation, use, query } = call;
		const { userAgent, log } = this.context.dependencies;
		const started = performance.now();
		let sent = false;
		let outcome = 'ok';
		try {
			signal.throwIfAborted();
			const credentials = await orAborted(this.credentials.get(profile), signal);
			const endpoint = await orAborted(this.endpointOf(call), signal);
			sent = true;
			const version = versions[call.api];
			return read(
				await this.context.send({ endpoint, version, action: operation, query, credentials, signal, use, userAgent }),
			);
		} catch (error) {
			const failure = this.fail(error, { ...call, signal }, sent && use === 'change');
			outcome = failure.message;
			throw failure;
		} finally {
			const place = region === undefined ? profile : `${profile}/${region}`;
			log.debug(`${operation} ${place}: ${outcome}, ${Math.round(performance.now() - started)} ms`);
		}
	}

	/** The region that a profile names, or undefined; `call` is what it is wanted for.
	 * @throws {ProviderError} kind configuration. */
	async regionOf(call: Omit<Call, 'use' | 'query' | 'region'>): Promise<string | undefined> {
		try {
			return (await orAborted(this.credentials.profileSettings(call.profile), call.signal)).region;
		} catch (error) {
			throw this.fail(error, call, false);
		}
	}

	/** Keeps in mind which regions ECS has, and its host in each. */
	learnEndpoints(profile: string, endpoints: ReadonlyMap<string, string | undefined>): void {
		this.endpoints.set(profile, endpoints);
	}

	forget(profile?: string): void {
		this.credentials.forget(profile);
		if (profile === undefined) {
			this.endpoints.clear();
		} else {
			this.endpoints.delete(profile);
		}
	}

	private async endpointOf({ api, profile, region = mainRegion }: Call): Promise<string> {
		const from: EndpointSettings = {
			settings: this.context.dependencies.settings('alibaba'),
			profile: await this.credentials.profileSettings(profile),
		};
		switch (api) {
			case 'ecs':
				return ecsEndpoint(from, region, this.endpoints.get(profile)?.get(region));
			case 'ens':
				return ensEndpoint(from);
			case 'resourcemanager':
				return resourceManagerEndpoint(from);
		}
	}

	private fail(error: unknown, call: Omit<Call, 'use' | 'query'>, changing: boolean): ProviderError {
		const { service, api, profile, region, operation, signal } = call;
		const known = this.endpoints.get(profile);
		const failure = toProviderError(error, {
			service,
			profile,
			...(region === undefined ? {} : { region }),
			operation,
			product: api,
			changing,
			...(known === undefined || region === undefined ? {} : { regionKnown: known.has(region) }),
			signal,
		});
		if (failure.failure.kind === 'signInExpired' && !isProviderError(error)) {
			// The kept credentials have run out early, or their role was revoked: the next call gets new ones.
			this.credentials.forget(profile);
		}
		return failure;
	}
}
