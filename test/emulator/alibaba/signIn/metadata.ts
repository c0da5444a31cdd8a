import type { Call } from '../../call';
import { type HttpReply, type HttpRequest, headerOf } from '../../http/message';
import { isoSeconds, type World } from '../../world';
import type { AlibabaAccounts } from '../accounts/accounts';
import { newText } from '../accounts/credentials';
import type { AlibabaRole } from '../accounts/roles';
import { credentialsJson, startSession } from '../sts/session';
import { json, signInCall, text } from './call';

/** Where an instance asks for credentials. Source: ECS documentation, "Instance metadata", and "Attach an instance RAM role". */
const rolesPath = '/latest/meta-data/ram/security-credentials/';
const tokenPath = '/latest/api/token';

/** The metadata service of an instance, as far as its RAM role goes: `PUT /latest/api/token`, the role's name, the role's credentials. */
export class Metadata {
	/** The role of the instance; without one, there is none. */
	role: AlibabaRole | undefined;
	/** Whether requests need a token (security hardening mode). */
	requiresToken = false;
	readonly #world: World;
	readonly #accounts: AlibabaAccounts;
	readonly #tokens = new Map<string, number>();

	constructor(world: World, accounts: AlibabaAccounts) {
		this.#world = world;
		this.#accounts = accounts;
	}

	/** What an instance asks, or undefined when the path is not of the metadata service. */
	call(request: HttpRequest): Call | undefined {
		const { method, path } = request;
		if (path === tokenPath && method === 'PUT') {
			return signInCall('alibaba-metadata', 'GetToken', () => this.#newToken(request));
		}
		if (!path.startsWith(rolesPath)) return undefined;
		const name = decodeURIComponent(path.slice(rolesPath.length));
		const operation = name === '' ? 'GetRoleName' : 'GetRoleCredentials';
		return signInCall(
			'alibaba-metadata',
			operation,
			() => this.#answer(request, name),
			name === '' ? {} : { role: name },
		);
	}

	#newToken(request: HttpRequest): HttpReply {
		const seconds = Number(headerOf(request, 'x-aliyun-ecs-metadata-token-ttl-seconds'));
		if (!Number.isInteger(seconds) || seconds < 1 || seconds > 21_600) return text(400, 'Bad Request');
		const token = newText(this.#world, 40);
		this.#tokens.set(token, this.#world.now() + seconds * 1000);
		return text(200, token);
	}

	#answer(request: HttpRequest, name: string): HttpReply {
		const token = headerOf(request, 'x-aliyun-ecs-metadata-token');
		const expiry = this.#tokens.get(token ?? '') ?? 0;
		const isLetIn = token === undefined ? !this.requiresToken : expiry > this.#world.now();
		if (!isLetIn) return text(403, 'Forbidden');
		const { role } = this;
		if (role === undefined || (name !== '' && name !== role.name)) return text(404, 'Not Found');
		if (name === '') return text(200, role.name);
		const key = startSession(this.#accounts, role, 'i-emulated', 6 * 3600);
		return json(200, { ...credentialsJson(key), LastUpdated: isoSeconds(this.#world.now()), Code: 'Success' });
	}
}
