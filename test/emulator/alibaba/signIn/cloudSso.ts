import type { Call } from '../../call';
import { type HttpReply, type HttpRequest, headerOf } from '../../http/message';
import { newRequestId, type World } from '../../world';
import type { AlibabaAccounts } from '../accounts/accounts';
import { newText } from '../accounts/credentials';
import type { AlibabaRole } from '../accounts/roles';
import { credentialsJson, startSession } from '../sts/session';
import { json, signInCall } from './call';

/** What a person who is signed in may have. */
export interface CloudSsoAssignment {
	/** The id of the access configuration: `ac-…`. */
	readonly accessConfiguration: string;
	/** The role that the configuration became in the account; its account is the one that is asked for. */
	readonly role: AlibabaRole;
}

/** A sign-in, as `aliyun configure --mode CloudSSO` keeps it. */
export interface CloudSsoSignIn {
	readonly accessToken: string;
	/** Seconds since 1970. */
	readonly accessTokenExpire: number;
}

/** CloudSSO's exchange of an access token for credentials: `POST <sign-in URL>/cloud-credentials`, as @alicloud/credentials 2.4.7 calls it; no
 * public document has it. What it answers to a token that is not valid is an assumption. */
export class CloudSso {
	readonly #world: World;
	readonly #accounts: AlibabaAccounts;
	readonly #signIns = new Map<
		string,
		{ readonly expiration: number; readonly assignments: readonly CloudSsoAssignment[] }
	>();

	constructor(world: World, accounts: AlibabaAccounts) {
		this.#world = world;
		this.#accounts = accounts;
	}

	/** Signs somebody in for `seconds`. */
	signIn(assignments: readonly CloudSsoAssignment[], seconds = 28_800): CloudSsoSignIn {
		const accessToken = newText(this.#world, 64);
		const expiration = Math.floor(this.#world.now() / 1000) + seconds;
		this.#signIns.set(accessToken, { expiration, assignments });
		return { accessToken, accessTokenExpire: expiration };
	}

	/** Signs somebody out: the token is not honoured any more. */
	signOut(accessToken: string): void {
		this.#signIns.delete(accessToken);
	}

	/** What is asked, or undefined when the request is another service's. */
	call(request: HttpRequest): Call | undefined {
		if (request.method !== 'POST' || request.path !== '/cloud-credentials') return undefined;
		const body = readBody(request);
		return signInCall('cloudsso', 'GetCloudCredentials', () => this.#answer(request, body), body);
	}

	#answer(request: HttpRequest, { AccountId: account, AccessConfigurationId: configuration }: Body): HttpReply {
		const requestId = newRequestId(this.#world);
		const token = headerOf(request, 'authorization')?.replace(/^Bearer /, '') ?? '';
		const signIn = this.#signIns.get(token);
		if (signIn === undefined || signIn.expiration * 1000 <= this.#world.now()) {
			return refusal(401, 'InvalidAccessToken', 'The access token is invalid or expired.', requestId);
		}
		const assignment = signIn.assignments.find(
			({ accessConfiguration, role }) => accessConfiguration === configuration && role.account === account,
		);
		if (assignment === undefined) {
			return refusal(403, 'NoPermission', 'No permission to access the account.', requestId);
		}
		const key = startSession(this.#accounts, assignment.role, 'cloudsso', 3600);
		return json(200, { CloudCredential: credentialsJson(key), RequestId: requestId });
	}
}

type Body = Readonly<Record<string, string>>;

function refusal(status: number, ErrorCode: string, ErrorMessage: string, RequestId: string): HttpReply {
	return json(status, { ErrorCode, ErrorMessage, RequestId });
}

function readBody(request: HttpRequest): Body {
	try {
		const body: unknown = JSON.parse(request.body.toString('utf8'));
		if (typeof body !== 'object' || body === null) return {};
		return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
	} catch {
		return {};
	}
}
