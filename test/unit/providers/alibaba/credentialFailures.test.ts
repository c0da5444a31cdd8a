import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { FailureKind } from '../../../../src/providers/failure';
import type { Effect } from '../../../emulator/faults/fault';
import { CredentialScene } from './credentialScene';

const secrets = {
	secret: 'S3cr3tSECRETs3cr3tSECRETs3cr3t',
	id: 'LTAI5tS3cr3tSECRETs3cr3t',
	token: 'CAISs3cr3t/SECRET+s3cr3tSECRETs3cr3tSECRETs3cr3tSECRETs3cr3tSECRET==',
	bearer: 'eyJzM2NyM3Q.eyJzM2NyM3Q.czNjcjN0',
	external: 'external-s3cr3t',
};

/** A refusal whose sentence echoes what it was sent, as those on wrong signatures do. */
const echo = (code: string, status: number, sent: readonly string[]): Effect => {
	const url = `https://sts.aliyuncs.com/?AccessKeyId=${secrets.id}&SecurityToken=x`;
	return { kind: 'error', code, status, message: `You said ${sent.join(' ')} in POST ${url}` };
};
const { external, ...others } = secrets;
const error = (code: string, status: number): Effect => echo(code, status, Object.values(others));
/** Only AssumeRole is sent an ExternalId. */
const roleError = (code: string, status: number): Effect => echo(code, status, [external, ...Object.values(others)]);

describe('A failure on the way to credentials of Alibaba Cloud', () => {
	let scene: CredentialScene;
	before(async () => {
		scene = await CredentialScene.start();
		const { id, secret, token, bearer } = secrets;
		const tokenFile = await scene.write('token', bearer);
		const role = {
			ram_role_arn: `acs:ram::${scene.account.id}:role/none`,
			ram_session_name: 'mel',
			external_id: external,
		};
		const later = Math.floor(Date.now() / 1000) + 9999;
		const cloudSso = {
			mode: 'CloudSSO',
			cloud_sso_sign_in_url: `${scene.emulator.url}/start`,
			cloud_sso_account_id: scene.account.id,
			cloud_sso_access_config: 'ac-1',
			access_token: bearer,
			cloud_sso_access_token_expire: later,
		};
		const oauth = { mode: 'OAuth', oauth_site_type: 'INTL', oauth_refresh_token: token };
		const uri = `${scene.emulator.url}/_alibaba/credentials?key=${secret}`;
		const keys = { access_key_id: id, access_key_secret: secret };
		await scene.writeProfiles(
			{ name: 'role', mode: 'RamRoleArn', ...keys, sts_token: token, ...role },
			{
				name: 'oidc',
				mode: 'OIDC',
				...role,
				oidc_provider_arn: 'acs:ram::1:oidc-provider/idp',
				oidc_token_file: tokenFile,
			},
			{ name: 'oidcNoFile', mode: 'OIDC', ...role, oidc_provider_arn: 'x', oidc_token_file: '/nowhere/token' },
			{ name: 'cloudSso', ...cloudSso },
			{ name: 'cloudSsoExpired', ...cloudSso, cloud_sso_access_token_expire: 1 },
			{ name: 'cloudSsoNowhere', ...cloudSso, cloud_sso_sign_in_url: `no url ${secret}` },
			{ name: 'oauth', ...oauth, oauth_access_token: bearer, oauth_access_token_expire: later },
			{ name: 'oauthRenewal', ...oauth },
			{ name: 'uri', mode: 'CredentialsURI', credentials_uri: uri },
			{ name: 'uriNowhere', mode: 'CredentialsURI', credentials_uri: `http://127.0.0.1:1/?key=${secret}` },
			{ name: 'machine', mode: 'EcsRamRole', ram_role_name: 'none' },
			{ name: 'chain', mode: 'ChainableRamRoleArn', ...role, source_profile: 'cloudSso' },
		);
	});
	after(() => scene.close());
	beforeEach(() => {
		scene.lines.length = 0;
		scene.emulator.faults.clear();
	});

	/** What the profile fails with; nothing of it holds a secret. */
	const fail = async (profile: string, effect?: Effect, sts?: string) => {
		scene.emulator.faults.set(effect ? [{ effect }] : []);
		try {
			await scene.credentials(sts).get(profile);
		} catch (thrown) {
			const text = inspect([thrown, scene.lines], { depth: 9, showHidden: true });
			for (const [what, secret] of Object.entries(secrets)) {
				assert.ok(!text.includes(secret), `${what}: ${text}`);
			}
			const { kind, code } = Reflect.get(Object(thrown), 'failure');
			return [kind, code];
		}
		return assert.fail('It did not fail');
	};

	const cases: readonly (readonly [profile: string, effect: Effect | undefined, kind: FailureKind, code?: string])[] = [
		['role', undefined, 'credentialsRejected', 'InvalidAccessKeyId.NotFound'],
		['role', roleError('InvalidAccessKeyId.Inactive', 400), 'credentialsRejected', 'InvalidAccessKeyId.Inactive'],
		['role', roleError('SignatureDoesNotMatch', 400), 'credentialsRejected', 'SignatureDoesNotMatch'],
		['role', roleError('MissingSecurityToken', 400), 'credentialsRejected', 'MissingSecurityToken'],
		['role', roleError('InvalidSecurityToken.Malformed', 400), 'credentialsRejected', 'InvalidSecurityToken.Malformed'],
		['role', roleError('InvalidSecurityToken.Expired', 400), 'signInExpired', 'InvalidSecurityToken.Expired'],
		['role', roleError('EntityNotExist.Role', 404), 'roleRefused', 'EntityNotExist.Role'],
		['role', roleError('NoPermission', 403), 'roleRefused', 'NoPermission'],
		['role', roleError('InvalidParameter.RoleSessionName', 400), 'roleRefused', 'InvalidParameter.RoleSessionName'],
		['role', roleError('InvalidParameter.DurationSeconds', 400), 'roleRefused', 'InvalidParameter.DurationSeconds'],
		['role', roleError('InvalidTimeStamp.Expired', 400), 'clockSkew', 'InvalidTimeStamp.Expired'],
		['role', roleError('Something.New', 400), 'roleRefused', 'Something.New'],
		['role', roleError('ServiceUnavailable', 503), 'serverError', 'ServiceUnavailable'],
		['role', { kind: 'throttle' }, 'throttled', 'Throttling.User'],
		['role', { kind: 'serverError' }, 'serverError', 'InternalError'],
		['role', { kind: 'drop' }, 'unreachable', 'ECONNRESET'],
		['role', { kind: 'html', status: 200 }, 'notTheService'],
		['role', { kind: 'html', status: 403 }, 'notTheService'],
		['oidc', undefined, 'roleRefused', 'EntityNotExist.Role'],
		[
			'oidc',
			error('AuthenticationFail.OIDCToken.Expired', 401),
			'signInExpired',
			'AuthenticationFail.OIDCToken.Expired',
		],
		[
			'oidc',
			error('AuthenticationFail.OIDCToken.Invalid', 401),
			'credentialsRejected',
			'AuthenticationFail.OIDCToken.Invalid',
		],
		['oidc', error('AuthenticationFail.NoPermission', 401), 'roleRefused', 'AuthenticationFail.NoPermission'],
		['oidc', { kind: 'throttle' }, 'throttled', 'Throttling.User'],
		['oidc', { kind: 'serverError' }, 'serverError', 'InternalError'],
		['oidc', { kind: 'drop' }, 'unreachable', 'ECONNRESET'],
		['oidc', { kind: 'html', status: 502 }, 'serverError'],
		['oidc', { kind: 'html', status: 200 }, 'notTheService'],
		['oidcNoFile', undefined, 'credentialsMissing', 'ENOENT'],
		['cloudSso', undefined, 'signInExpired', 'InvalidAccessToken'],
		['cloudSso', error('NoPermission', 403), 'roleRefused', 'NoPermission'],
		['cloudSso', error('Something.New', 403), 'signInExpired', 'Something.New'],
		['cloudSso', { kind: 'serverError' }, 'serverError', 'InternalError'],
		['cloudSso', { kind: 'drop' }, 'unreachable', 'ECONNRESET'],
		['cloudSso', { kind: 'html', status: 200 }, 'notTheService'],
		['cloudSsoExpired', undefined, 'signInExpired'],
		['cloudSsoNowhere', undefined, 'configuration', 'ERR_INVALID_URL'],
		['chain', undefined, 'signInExpired', 'InvalidAccessToken'],
		['oauth', undefined, 'signInExpired', 'invalid_token'],
		['oauth', { kind: 'serverError' }, 'serverError', 'InternalError'],
		['oauth', { kind: 'drop' }, 'unreachable', 'ECONNRESET'],
		['oauth', { kind: 'html', status: 403 }, 'notTheService'],
		['oauthRenewal', undefined, 'signInExpired'],
		['oauthRenewal', { kind: 'html', status: 200 }, 'notTheService'],
		['oauthRenewal', { kind: 'drop' }, 'unreachable', 'ECONNRESET'],
		['uri', undefined, 'credentialsMissing'],
		['uri', error('NoPermission', 403), 'credentialsMissing'],
		['uri', { kind: 'html', status: 200 }, 'credentialsMissing'],
		['uri', { kind: 'drop' }, 'credentialsMissing', 'ECONNRESET'],
		['uriNowhere', undefined, 'credentialsMissing', 'ECONNREFUSED'],
		['machine', undefined, 'credentialsMissing'],
		['machine', { kind: 'html', status: 200 }, 'credentialsMissing'],
		['machine', { kind: 'drop' }, 'credentialsMissing', 'ECONNRESET'],
	];
	for (const [profile, effect, kind, code] of cases) {
		const what = effect === undefined ? '' : effect.kind === 'error' ? ` (${effect.code})` : ` (${effect.kind})`;
		it(`of ${profile}${what} is ${kind} and holds no secret`, async () => {
			assert.deepEqual(await fail(profile, effect), [kind, code]);
		});
	}

	it('of an STS that is not there is unreachable', async () => {
		for (const profile of ['role', 'oidc']) {
			assert.deepEqual(await fail(profile, undefined, 'http://127.0.0.1:1'), ['unreachable', 'ECONNREFUSED']);
			assert.deepEqual(await fail(profile, undefined, 'sts.example.invalid'), ['unreachable', 'ENOTFOUND']);
		}
	});
});
