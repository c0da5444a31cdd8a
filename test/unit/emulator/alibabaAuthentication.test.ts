import assert from 'node:assert/strict';
import * as $ecs from '@alicloud/ecs20140526';
import { OpenApiUtil } from '@alicloud/openapi-core';
import { Request as DaraRequest } from '@darabonba/typescript';
import { type AlibabaKey, alibabaRefuses, type CallOptions, ens, useAlibaba } from './alibabaSupport';
import { sendRaw } from './support';

describe('who may call the emulated Alibaba Cloud', () => {
	let skewMs = 0;
	const fixture = useAlibaba({}, { now: () => Date.now() + skewMs });
	afterEach(() => {
		skewMs = 0;
	});

	const list = (options?: CallOptions) => fixture().call({ ...ens, action: 'DescribeKeyPairs' }, {}, options);
	const listWith = (key: AlibabaKey) => list({ key });

	it('lets in a user’s key, and a session’s with its token', async () => {
		const { account } = fixture();
		await list();
		const session = account.startSession(account.addRole('Deploy'), 'laptop', 3600);
		assert.match(session.id, /^STS\./);
		await listWith(session);
		const request = new $ecs.DescribeKeyPairsRequest({ regionId: 'cn-hangzhou' });
		await fixture().ecs(session).describeKeyPairs(request);
		assert.deepEqual(
			fixture()
				.emulator.requests.all()
				.map(({ service, accessKeyId }) => [service, accessKeyId]),
			[
				['ens', fixture().key.id],
				['ens', session.id],
				['ecs', session.id],
			],
		);
	});

	it('refuses an unknown key and an inactive one', async () => {
		const { key } = fixture();
		await alibabaRefuses(listWith({ id: 'LTAIunknown', secret: 'x' }), 'InvalidAccessKeyId.NotFound', 404);
		key.active = false;
		await alibabaRefuses(list(), 'InvalidAccessKeyId.Inactive');
	});

	it('refuses a wrong secret, and shows what the signature should cover', async () => {
		const { key } = fixture();
		const { Message } = await alibabaRefuses(listWith({ id: key.id, secret: 'wrong' }), 'SignatureDoesNotMatch');
		assert.match(String(Message), /server string to sign is:ACS3-HMAC-SHA256\n[0-9a-f]{64}$/);
	});

	it('refuses a session’s key without its token, or with another one', async () => {
		const { account } = fixture();
		const role = account.addRole('Deploy');
		const { id, secret } = account.startSession(role, 'one', 3600);
		const other = account.startSession(role, 'two', 3600).session.token;
		await alibabaRefuses(listWith({ id, secret }), 'MissingSecurityToken');
		await alibabaRefuses(listWith({ id, secret, session: { token: 'x' } }), 'InvalidSecurityToken.Malformed');
		await alibabaRefuses(
			listWith({ id, secret, session: { token: other } }),
			'InvalidSecurityToken.MismatchWithAccessKey',
		);
	});

	it('refuses a token that has expired', async () => {
		const { account } = fixture();
		skewMs = -800_000;
		const session = account.startSession(account.addRole('Deploy'), 'laptop', 900);
		skewMs = 50_000;
		await listWith(session);
		skewMs = 150_000;
		await alibabaRefuses(listWith(session), 'InvalidSecurityToken.Expired');
	});

	it('refuses clocks that differ by more than 15 minutes', async () => {
		for (const minutes of [14.9, -14.9]) {
			skewMs = minutes * 60_000;
			await list();
		}
		for (const minutes of [15.1, -15.1]) {
			skewMs = minutes * 60_000;
			await alibabaRefuses(list(), 'InvalidTimeStamp.Expired');
		}
		skewMs = 0;
		await alibabaRefuses(list({ headers: { 'x-acs-date': 'yesterday' } }), 'InvalidTimeStamp.Format');
	});

	it('refuses a nonce that the key has used, and lets another key use it', async () => {
		const options = { headers: { 'x-acs-signature-nonce': 'once' } };
		await list(options);
		await alibabaRefuses(list(options), 'SignatureNonceUsed');
		await list({ ...options, key: fixture().account.addAccessKey({ user: 'ann' }) });
	});

	it('does not use up the nonce of a request whose signature is wrong', async () => {
		const { key } = fixture();
		const headers = { 'x-acs-signature-nonce': 'once' };
		await alibabaRefuses(list({ headers, key: { id: key.id, secret: 'wrong' } }), 'SignatureDoesNotMatch');
		await list({ headers });
	});

	it('refuses requests that are not signed, or not wholly', async () => {
		await alibabaRefuses(list({ key: 'none' }), 'MissingAccessKeyId');
		const refusal = async (headers: Record<string, string>) => {
			const sent = { 'x-acs-action': 'DescribeKeyPairs', 'x-acs-version': ens.version, ...headers };
			const { status, text } = await sendRaw(fixture().emulator.url, { method: 'POST', path: '/', headers: sent });
			return [status, JSON.parse(text).Code];
		};
		assert.deepEqual(await refusal({ authorization: 'ACS3-HMAC-SHA256 Credential=x' }), [400, 'IncompleteSignature']);
		const signature = '0'.repeat(64);
		assert.deepEqual(
			await refusal({
				authorization: `ACS3-HMAC-SHA256 Credential=x,SignedHeaders=host;x-acs-action,Signature=${signature}`,
			}),
			[400, 'IncompleteSignature'],
		);
	});

	it('refuses a body or a query that was changed after signing', async () => {
		const { emulator } = fixture();
		const headers = await signedHeaders();
		for (const [path, body] of [
			['/?KeyPairName=b', ''],
			['/?KeyPairName=a', 'x=y'],
		] as const) {
			const { status, text } = await sendRaw(emulator.url, { method: 'POST', path, headers }, body);
			assert.deepEqual([status, JSON.parse(text).Code], [400, 'SignatureDoesNotMatch']);
		}
		const { status } = await sendRaw(emulator.url, { method: 'POST', path: '/?KeyPairName=a', headers });
		assert.equal(status, 200);
	});

	/** The headers of a call of DescribeKeyPairs with `KeyPairName=a`, which the official signer made and which was not sent. */
	async function signedHeaders(): Promise<Record<string, string>> {
		const { emulator, key } = fixture();
		const headers: Record<string, string> = {
			host: new URL(emulator.url).host,
			'x-acs-action': 'DescribeKeyPairs',
			'x-acs-version': ens.version,
			'x-acs-date': OpenApiUtil.getTimestamp(),
			'x-acs-signature-nonce': OpenApiUtil.getNonce(),
			'x-acs-content-sha256': OpenApiUtil.hash(Buffer.alloc(0), 'ACS3-HMAC-SHA256').toString('hex'),
		};
		const request = Object.assign(new DaraRequest(), {
			method: 'POST',
			pathname: '/',
			query: { KeyPairName: 'a' },
			headers,
		});
		const hash = headers['x-acs-content-sha256'] ?? '';
		return {
			...headers,
			authorization: OpenApiUtil.getAuthorization(request, 'ACS3-HMAC-SHA256', hash, key.id, key.secret),
		};
	}

	it('refuses operations and versions that there are not', async () => {
		const { call } = fixture();
		await alibabaRefuses(call({ ...ens, action: 'RunInstances' }, {}), 'InvalidAction.NotFound', 404);
		await alibabaRefuses(call({ version: '1999-01-01', action: 'RunInstances' }, {}), 'InvalidVersion');
	});
});
