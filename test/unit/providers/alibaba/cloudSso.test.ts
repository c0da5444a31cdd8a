import assert from 'node:assert/strict';
import { exchangeCloudSsoToken } from '../../../../src/providers/alibaba/credentials/cloudSso';
import { failureOf } from '../failing';

describe('A token of CloudSSO', () => {
	const accessTokenExpire = Math.ceil(Date.now() / 1000) + 3600;
	const settings = { accountId: '1', accessConfig: 'ac-1', accessToken: 'secret-token', accessTokenExpire };

	it('is not sent in the clear to another machine', async () => {
		for (const signInUrl of [
			'http://signin.example.invalid/login',
			'ftp://signin.example.invalid',
			'http://127.0.0.1.example.invalid',
		]) {
			const failure = await failureOf(exchangeCloudSsoToken({ ...settings, signInUrl }));
			assert.deepEqual([failure.kind, failure.code], ['configuration', 'EndpointNotEncrypted'], signInUrl);
			assert.ok(!JSON.stringify(failure).includes('secret-token'));
		}
	});
});
