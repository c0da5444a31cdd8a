import { createHash } from 'node:crypto';
import type { Accounts } from '../accounts/accounts';
import type { AccessKey } from '../accounts/credentials';
import { isoSeconds, type World } from '../world';

/** A permission set in an account. */
export interface Assignment {
	readonly account: string;
	/** As profiles name it under `sso_role_name`. */
	readonly role: string;
	/** IAM actions that the permission set denies. */
	readonly deniedActions?: readonly string[];
}

/** Who signs in, to what, and for how long. */
export interface SignInOptions {
	/** Who signs in; by default `mel`. */
	readonly user?: string;
	/** The permission sets that the user has, each in an account (twelve digits). */
	readonly assignments: readonly Assignment[];
	/** Seconds until the access token expires; by default 8 hours, a negative number makes it expired already. */
	readonly tokenSeconds?: number;
	/** Seconds until the session is over and the refresh token is of no use; by default as long as the access token, but at least 90 days. */
	readonly sessionSeconds?: number;
	readonly startUrl?: string;
	readonly region?: string;
}

/** What `aws sso login` leaves in `~/.aws/sso/cache/<sha1 of the session's name>.json`, as JSON. */
export interface SsoTokenFile {
	readonly startUrl: string;
	readonly region: string;
	readonly accessToken: string;
	readonly expiresAt: string;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly registrationExpiresAt: string;
	readonly refreshToken: string;
}

interface Session {
	readonly user: string;
	readonly assignments: readonly Assignment[];
	readonly clientId: string;
	readonly clientSecret: string;
	readonly tokenSeconds: number;
	readonly endsAt: number;
	accessToken: string;
	tokenExpiresAt: number;
	refreshToken: string;
}

const day = 24 * 60 * 60;

/** IAM Identity Center: who is signed in, and which roles they may have. */
export class IdentityCenter {
	readonly #world: World;
	readonly #accounts: Accounts;
	#sessions: Session[] = [];

	constructor(world: World, accounts: Accounts) {
		this.#world = world;
		this.#accounts = accounts;
	}

	/** Signs a user in, as the browser does after `aws sso login`. */
	signIn(options: SignInOptions): SsoTokenFile {
		const now = this.#world.now();
		const tokenSeconds = options.tokenSeconds ?? 8 * 60 * 60;
		const session: Session = {
			user: options.user ?? 'mel',
			assignments: options.assignments,
			clientId: this.#secret(18),
			clientSecret: this.#secret(60),
			tokenSeconds: Math.max(tokenSeconds, 60),
			endsAt: now + (options.sessionSeconds ?? Math.max(tokenSeconds, 90 * day)) * 1000,
			accessToken: this.#secret(60),
			tokenExpiresAt: now + tokenSeconds * 1000,
			refreshToken: this.#secret(60),
		};
		this.#sessions.push(session);
		return {
			startUrl: options.startUrl ?? 'https://d-0123456789.awsapps.com/start',
			region: options.region ?? 'us-east-1',
			accessToken: session.accessToken,
			expiresAt: isoSeconds(session.tokenExpiresAt),
			clientId: session.clientId,
			clientSecret: session.clientSecret,
			registrationExpiresAt: isoSeconds(now + 90 * day * 1000),
			refreshToken: session.refreshToken,
		};
	}

	/** Ends every session: access and refresh tokens are refused from now on. */
	signOutAll(): void {
		this.#sessions = [];
	}

	/** An hour's credentials of the role; `unauthorized` when the access token is unknown or expired, `forbidden` without an assignment. */
	roleCredentials(
		accessToken: string,
		accountId: string,
		roleName: string,
	): Required<AccessKey> | 'unauthorized' | 'forbidden' {
		const now = this.#world.now();
		const session = this.#sessions.find((item) => item.accessToken === accessToken);
		if (session === undefined || session.tokenExpiresAt <= now) return 'unauthorized';
		const account = this.#accounts.get(accountId);
		const assignment = session.assignments.find((item) => item.account === accountId && item.role === roleName);
		if (account === undefined || assignment === undefined) return 'forbidden';
		const name = reservedRoleName(assignment);
		const role =
			account.role(name) ?? account.addRole(name, { trusts: [], deniedActions: assignment.deniedActions ?? [] });
		return account.startSession(role, session.user, 3600);
	}

	/** A new access token for a refresh token, which is replaced too; undefined when client or refresh token are not valid. */
	refresh(
		clientId: string,
		clientSecret: string,
		refreshToken: string,
	):
		| { readonly accessToken: string; readonly refreshToken: string; readonly expiresIn: number }
		| 'invalidClient'
		| 'invalidGrant' {
		const now = this.#world.now();
		const clients = this.#sessions.filter((item) => item.clientId === clientId && item.clientSecret === clientSecret);
		if (clients.length === 0) return 'invalidClient';
		const session = clients.find((item) => item.refreshToken === refreshToken && item.endsAt > now);
		if (session === undefined) return 'invalidGrant';
		session.accessToken = this.#secret(60);
		session.refreshToken = this.#secret(60);
		session.tokenExpiresAt = now + session.tokenSeconds * 1000;
		return {
			accessToken: session.accessToken,
			refreshToken: session.refreshToken,
			expiresIn: session.tokenSeconds,
		};
	}

	#secret(size: number): string {
		return this.#world.random(size).toString('base64url');
	}
}

/** The name of the role that IAM Identity Center makes in an account for a permission set. */
function reservedRoleName({ account, role }: Assignment): string {
	return `AWSReservedSSO_${role}_${createHash('sha256').update(`${account}/${role}`).digest('hex').slice(0, 16)}`;
}
