import assert from 'node:assert/strict';
import { DescribeKeyPairsCommand } from '@aws-sdk/client-ec2';
import { fromTemporaryCredentials, fromWebToken } from '@aws-sdk/credential-providers';
import type { RoleOptions } from '../../emulator/accounts/roles';
import { startEmulator } from '../../emulator/emulator';
import { sdkCredentials, sendRaw, useEmulator } from './support';

/** Asserts that STS refuses with the code; returns the message. */
async function stsRefuses(call: Promise<unknown>, code: string): Promise<string> {
	const error: unknown = await call.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof Error, `expected ${code}`);
	assert.equal(error.name, code, error.message);
	return error.message;
}

describe('emulated STS AssumeRole', () => {
	const fixture = useEmulator();
	const mfa = 'arn:aws:iam::111122223333:mfa/mel';

	function assume(options: RoleOptions, params: object = {}, code?: string) {
		const { account, emulator, key } = fixture();
		const role = account.addRole('Deploy', options);
		return fromTemporaryCredentials({
			params: { RoleArn: role.arn, RoleSessionName: 'laptop', ...params },
			masterCredentials: sdkCredentials(key),
			clientConfig: { region: 'us-east-1', endpoint: emulator.url, maxAttempts: 1 },
			...(code === undefined ? {} : { mfaCodeProvider: async () => code }),
		})();
	}

	it('gives credentials that EC2 honours, under the name of the session', async () => {
		const { client, emulator } = fixture();
		const credentials = await assume({});
		assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
		const lifetime = Number(credentials.expiration) - Date.now();
		assert.ok(lifetime > 3_590_000 && lifetime <= 3_600_000, String(lifetime));
		await client({ credentials }).send(new DescribeKeyPairsCommand({}));
		const [entry] = emulator.requests.all({ operation: 'DescribeKeyPairs' });
		assert.deepEqual([entry?.account, entry?.accessKeyId], ['111122223333', credentials.accessKeyId]);
		assert.equal(
			emulator.accounts.accessKey(credentials.accessKeyId)?.principal.arn,
			'arn:aws:sts::111122223333:assumed-role/Deploy/laptop',
		);
	});

	it('ends the session after DurationSeconds', async () => {
		const credentials = await assume({ maxSessionSeconds: 7200 }, { DurationSeconds: 7200 });
		assert.ok(Number(credentials.expiration) - Date.now() > 7_190_000);
	});

	it('refuses durations outside 15 minutes and the longest session of the role', async () => {
		await stsRefuses(assume({}, { DurationSeconds: 899 }), 'ValidationError');
		assert.equal(
			await stsRefuses(assume({}, { DurationSeconds: 3601 }), 'ValidationError'),
			'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
		);
	});

	it('demands the ExternalId of the trust policy', async () => {
		const message = await stsRefuses(assume({ externalId: 'x1' }), 'AccessDenied');
		assert.equal(
			message,
			'User: arn:aws:iam::111122223333:user/mel is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/Deploy',
		);
		await stsRefuses(assume({ externalId: 'x1' }, { ExternalId: 'x2' }), 'AccessDenied');
		await assume({ externalId: 'x1' }, { ExternalId: 'x1' });
	});

	it('refuses principals that the role does not trust, and roles that there are not', async () => {
		await stsRefuses(assume({ trusts: ['arn:aws:iam::111122223333:user/ann'] }), 'AccessDenied');
		await stsRefuses(assume({}, { RoleArn: 'arn:aws:iam::111122223333:role/Nope' }), 'AccessDenied');
		await assume({ trusts: ['arn:aws:iam::111122223333:user/mel'] });
	});

	it('takes the code that the MFA device shows, and no other', async () => {
		const device = fixture().account.addMfaDevice('mel', '123456');
		assert.equal(device.serial, mfa);
		const withCode = (code: string) => assume({ requiresMfa: true }, { SerialNumber: mfa }, code);
		await withCode('123456');
		assert.equal(
			await stsRefuses(withCode('654321'), 'AccessDenied'),
			'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
		);
		await stsRefuses(withCode('12345'), 'ValidationError');
		await stsRefuses(assume({ requiresMfa: true }), 'AccessDenied');
	});

	it("refuses an MFA device that is unknown or somebody else's", async () => {
		const { account } = fixture();
		const ann = account.addMfaDevice('ann', '123456').serial;
		for (const SerialNumber of [mfa, ann]) {
			const message = await stsRefuses(assume({}, { SerialNumber }, '123456'), 'AccessDenied');
			assert.match(message, /^MultiFactorAuthentication failed, unable to validate MFA code\./);
		}
	});

	it('refuses an expired session with ExpiredToken, a wrong secret and an unknown key', async () => {
		const { account, emulator } = fixture();
		const role = account.addRole('Deploy');
		const from = (masterCredentials: ReturnType<typeof sdkCredentials>) =>
			fromTemporaryCredentials({
				params: { RoleArn: role.arn, RoleSessionName: 'laptop' },
				masterCredentials,
				clientConfig: { region: 'us-east-1', endpoint: emulator.url, maxAttempts: 1 },
			})();
		const expired = sdkCredentials(account.startSession(role, 'old', -1));
		assert.equal(
			await stsRefuses(from(expired), 'ExpiredToken'),
			'The security token included in the request is expired',
		);
		const known = sdkCredentials(fixture().key);
		await stsRefuses(from({ ...known, secretAccessKey: 'x' }), 'SignatureDoesNotMatch');
		assert.equal(
			await stsRefuses(from({ ...known, accessKeyId: 'AKIANOBODY' }), 'InvalidClientTokenId'),
			'The security token included in the request is invalid.',
		);
	});

	it('gives an hour at the most to a role that is assumed from a role', async () => {
		const { account, emulator } = fixture();
		const session = account.startSession(account.addRole('First'), 'one', 3600);
		const second = account.addRole('Second', { maxSessionSeconds: 43_200 });
		const chained = (DurationSeconds: number) =>
			fromTemporaryCredentials({
				params: { RoleArn: second.arn, RoleSessionName: 'two', DurationSeconds },
				masterCredentials: sdkCredentials(session),
				clientConfig: { region: 'us-east-1', endpoint: emulator.url, maxAttempts: 1 },
			})();
		await stsRefuses(chained(7200), 'ValidationError');
		await chained(3600);
	});
});

describe('emulated STS AssumeRoleWithWebIdentity', () => {
	const fixture = useEmulator();
	const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

	const assume = (webIdentityToken: string, options: RoleOptions) => {
		const { account, emulator } = fixture();
		return fromWebToken({
			roleArn: account.addRole('Web', options).arn,
			webIdentityToken,
			roleSessionName: 'ci',
			clientConfig: { region: 'us-east-1', endpoint: emulator.url, maxAttempts: 1 },
		})();
	};

	it('gives credentials for a token that the role accepts', async () => {
		const token = jwt({ sub: 'ci', exp: Date.now() / 1000 + 60 });
		const credentials = await assume(token, { webIdentityTokens: [token] });
		const { KeyPairs } = await fixture().client({ credentials }).send(new DescribeKeyPairsCommand({}));
		assert.deepEqual(KeyPairs, []);
	});

	it('refuses other tokens, expired ones, and roles that trust no provider', async () => {
		const expired = jwt({ exp: 1 });
		await stsRefuses(assume('other', { webIdentityTokens: [expired] }), 'InvalidIdentityTokenException');
		await stsRefuses(assume(expired, { webIdentityTokens: [expired] }), 'ExpiredTokenException');
		assert.equal(
			await stsRefuses(assume(expired, {}), 'AccessDenied'),
			'Not authorized to perform sts:AssumeRoleWithWebIdentity',
		);
	});
});

describe('emulated STS GetCallerIdentity', () => {
	const form = 'Action=GetCallerIdentity&Version=2011-06-15';
	// Made by botocore 1.43.11 with its clock at 2026-01-02 03:04:05.
	const signedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
	const headers = {
		'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
		'x-amz-date': '20260102T030405Z',
		authorization:
			'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260102/eu-west-1/sts/aws4_request, ' +
			'SignedHeaders=content-type;host;x-amz-date, ' +
			'Signature=2e875e83166e69aad9270369213b77602b6bae8cbccf873e2be48aed66792282',
	};

	async function send(now: number) {
		const emulator = await startEmulator({ now: () => now, seed: 'sts' });
		try {
			const account = emulator.accounts.add({ id: '111122223333' });
			account.addAccessKey({
				id: 'AKIAIOSFODNN7EXAMPLE',
				secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
				user: 'mel',
			});
			return await sendRaw(
				emulator.url,
				{ method: 'POST', headers: { ...headers, host: 'sts.eu-west-1.amazonaws.com' } },
				form,
			);
		} finally {
			await emulator.close();
		}
	}

	it('says who signed', async () => {
		const { status, text } = await send(signedAt);
		assert.equal(status, 200);
		assert.match(
			text,
			/<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user\/mel<\/Arn><UserId>AIDA[A-Z2-7]{16}<\/UserId><Account>111122223333<\/Account><\/GetCallerIdentityResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/GetCallerIdentityResponse>$/,
		);
	});

	it('says how far the clocks are apart, as STS does', async () => {
		const late = await send(signedAt + 16 * 60_000);
		assert.equal(late.status, 403);
		assert.match(
			late.text,
			/<Code>SignatureDoesNotMatch<\/Code><Message>Signature expired: 20260102T030405Z is now earlier than 20260102T030505Z \(20260102T032005Z - 15 min\.\)<\/Message>/,
		);
		const early = await send(signedAt - 16 * 60_000);
		assert.match(
			early.text,
			/Signature not yet current: 20260102T030405Z is still later than 20260102T030305Z \(20260102T024805Z \+ 15 min\.\)/,
		);
	});

	it('refuses a request that is not signed, and an action that there is not', async () => {
		const emulator = await startEmulator();
		try {
			const unsigned = await fetch(emulator.url, { method: 'POST', body: form });
			assert.equal(unsigned.status, 403);
			assert.match(
				await unsigned.text(),
				/<ErrorResponse xmlns="[^"]+"><Error><Type>Sender<\/Type><Code>MissingAuthenticationToken<\/Code>/,
			);
			const body = form.replace('GetCallerIdentity', 'GetCaller');
			const unknown = await fetch(emulator.url, { method: 'POST', body });
			assert.match(await unknown.text(), /Could not find operation GetCaller for version 2011-06-15/);
		} finally {
			await emulator.close();
		}
	});
});
