import type { Account } from './accounts/account';
import { Accounts } from './accounts/accounts';
import type { AccountRegion } from './accounts/regions';
import { AlibabaCloud } from './alibaba/alibabaCloud';
import { alibabaRoute } from './alibaba/route';
import { answer } from './answer';
import { control, controlPath } from './control';
import { FaultScript } from './faults/fault';
import type { Outcome } from './http/exchange';
import { type HttpRequest, headerOf } from './http/message';
import { type HttpServer, startHttpServer } from './http/server';
import { Lightsail } from './lightsail/lightsail';
import { type LoggedRequest, matches, RequestLog } from './requestLog';
import { route } from './route';
import { IdentityCenter } from './sso/identityCenter';
import { realWorld, seededRandom, type World } from './world';

/** How the emulator is set up. */
export interface EmulatorOptions {
	/** By default a free one. */
	readonly port?: number;
	/** Milliseconds since 1970; by default the machine's clock. */
	readonly now?: () => number;
	/** Makes ids, secrets and tokens the same in every run; created key pairs stay random. */
	readonly seed?: string;
	/** How long describe calls lag behind changes, in milliseconds by `now`; by default 0. */
	readonly consistencyLagMs?: number;
}

/** A running emulator of AWS and Alibaba Cloud. */
export interface Emulator {
	/** `http://127.0.0.1:<port>`: the endpoint of every service it plays. */
	readonly url: string;
	readonly accounts: Accounts;
	/** What Lightsail holds for each account. */
	readonly lightsail: Lightsail;
	/** Who is signed in to IAM Identity Center. */
	readonly sso: IdentityCenter;
	/** Everything of Alibaba Cloud, whose accounts are apart from those of AWS. */
	readonly alibaba: AlibabaCloud;
	/** Every region of the partition as the account has it. */
	regions(account: Account): AccountRegion[];
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	/** Opens another port, where requests count as sent to that host (such as `ens.ap-southeast-1.aliyuncs.com`) whatever they say; returns its URL. */
	listenAs(host: string): Promise<string>;
	/** Breaks every connection and stops. */
	close(): Promise<void>;
}

/** Starts an emulator of EC2's and Lightsail's key pairs and regions, of STS and of IAM Identity Center's portal, and of Alibaba Cloud's
 * ECS, ENS, Resource Manager and STS, without accounts.
 * @throws {Error} with the system's code when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const world: World = {
		now: options.now ?? realWorld.now,
		random: options.seed === undefined ? realWorld.random : seededRandom(options.seed),
	};
	const accounts = new Accounts(world, options.consistencyLagMs ?? 0);
	const lightsail = new Lightsail(world);
	const sso = new IdentityCenter(world, accounts);
	const alibaba = new AlibabaCloud(world);
	const faults = new FaultScript();
	const requests = new RequestLog();
	const handle = async (request: HttpRequest, signal: AbortSignal, playedHost?: string): Promise<Outcome> => {
		if (request.path.startsWith(controlPath)) return { kind: 'reply', reply: control(request, faults, requests) };
		const host = playedHost ?? headerOf(request, 'host') ?? '';
		const call = alibabaRoute(request, alibaba, host) ?? route(request, accounts, lightsail, sso, world);
		const { service, operation, region, accessKeyId, parameters } = call;
		const key = accounts.accessKey(accessKeyId ?? '') ?? alibaba.accounts.accessKey(accessKeyId ?? '');
		const account = key?.principal.account;
		const entry: LoggedRequest = {
			time: world.now(),
			service,
			operation,
			region,
			account,
			accessKeyId,
			parameters,
			body: request.body.toString('utf8'),
			userAgent: headerOf(request, 'user-agent') ?? '',
			done: false,
		};
		requests.add(entry);
		const fault = faults.next((candidate) => matches(entry, candidate));
		const outcome = await answer(call, fault, entry, signal);
		entry.answeredAt = world.now();
		return outcome;
	};
	const server = await startHttpServer(options.port ?? 0, world.now, handle);
	const servers: HttpServer[] = [server];
	return {
		url: server.url,
		accounts,
		lightsail,
		sso,
		alibaba,
		regions: (account) => account.regions(),
		faults,
		requests,
		listenAs: async (host) => {
			const other = await startHttpServer(0, world.now, (request, signal) => handle(request, signal, host));
			servers.push(other);
			return other.url;
		},
		close: async () => {
			await Promise.all(servers.map((listening) => listening.close()));
		},
	};
}
