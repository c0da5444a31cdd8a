import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { OpenApiUtil } from '@alicloud/openapi-core';
import { Request as DaraRequest } from '@darabonba/typescript';
import {
	acs3CanonicalRequest,
	acs3Signature,
	acs3StringToSign,
	readAcs3Authorization,
} from '../../emulator/alibaba/signature/acs3';
import { rpcSignature, rpcStringToSign } from '../../emulator/alibaba/signature/rpc';
import type { HttpRequest } from '../../emulator/http/message';

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function requestOf(query: string, headers: Readonly<Record<string, string>>, body = ''): HttpRequest {
	return {
		method: 'POST',
		path: '/',
		query,
		headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
		body: Buffer.from(body),
	};
}

describe('the signature method ACS3-HMAC-SHA256', () => {
	/** The examples on Alibaba's pages "V3 request structure and signature" and "ROA request structure and signature": RunInstances in cn-shanghai,
	 * with the placeholders YourAccessKeyId and YourAccessKeySecret. */
	const published = [
		{
			date: '2023-10-26T10:22:32Z',
			nonce: '3156853299f313e23d1673dc12e1703d',
			hash: '7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259',
			signature: '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
		},
		{
			date: '2023-10-26T09:01:01Z',
			nonce: 'd410180a5abf7fe235dd9b74aca91fc0',
			signature: 'e521358f7776c97df52e6b2891a8bc73026794a071b50c3323388c4e0df64804',
		},
	];

	for (const { date, nonce, hash, signature } of published) {
		it(`makes the signature of the published example of ${date}`, () => {
			const headers = {
				host: 'ecs.cn-shanghai.aliyuncs.com',
				'x-acs-action': 'RunInstances',
				'x-acs-content-sha256': emptyHash,
				'x-acs-date': date,
				'x-acs-signature-nonce': nonce,
				'x-acs-version': '2014-05-26',
			};
			const query = 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai';
			const canonical = acs3CanonicalRequest(requestOf(query, headers), Object.keys(headers));
			if (hash !== undefined) assert.equal(createHash('sha256').update(canonical).digest('hex'), hash);
			assert.equal(acs3Signature('YourAccessKeySecret', acs3StringToSign(canonical)), signature);
		});
	}

	const cases: readonly { name: string; query?: Record<string, string>; form?: Record<string, string> }[] = [
		{ name: 'no parameters', query: {} },
		{ name: 'plain values', query: { RegionId: 'cn-hangzhou', KeyPairName: 'demo' } },
		{
			name: 'a public key with plus signs, slashes and equals signs',
			query: { PublicKeyBody: 'ssh-rsa AAAA+B/C== me' },
		},
		{ name: 'text beyond ASCII', query: { KeyPairName: '密钥对-ключ-😀' } },
		{ name: 'spaces, *, ~, quotes and brackets', query: { KeyPairName: " a  b*c~d'e(f)!g% " } },
		{ name: 'JSON', query: { KeyPairNames: '["a b","c+d","é"]' } },
		{ name: 'an empty value', query: { 'Tag.1.Key': 'k', 'Tag.1.Value': '' } },
		{ name: 'twenty tags, whose order is by text', query: tags(20) },
		{ name: 'a form', form: { RoleArn: 'acs:ram::1234567890123456:role/x', Policy: '{"a": "b + c*~é"}' } },
		{ name: 'a query and a form', query: { RegionId: 'cn-hangzhou' }, form: { Name: 'ä +*' } },
	];

	for (const { name, query = {}, form } of cases) {
		for (const token of [undefined, 'CAIS+/=token']) {
			it(`equals the official signer's for ${name}${token === undefined ? '' : ', with a security token'}`, () => {
				const body = form === undefined ? '' : OpenApiUtil.toForm(form);
				const payload = OpenApiUtil.hash(Buffer.from(body), 'ACS3-HMAC-SHA256').toString('hex');
				const headers = {
					host: '127.0.0.1:4599',
					accept: 'application/json',
					'user-agent': 'tests',
					'x-acs-action': 'ImportKeyPair',
					'x-acs-version': '2014-05-26',
					'x-acs-date': OpenApiUtil.getTimestamp(),
					'x-acs-signature-nonce': OpenApiUtil.getNonce(),
					'x-acs-content-sha256': payload,
					...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
					...(token === undefined ? {} : { 'x-acs-accesskey-id': 'STS.x', 'x-acs-security-token': token }),
				};
				const authorization = OpenApiUtil.getAuthorization(
					Object.assign(new DaraRequest(), { method: 'POST', pathname: '/', query, headers }),
					'ACS3-HMAC-SHA256',
					payload,
					'LTAIexample',
					'secret',
				);
				const request = requestOf(toWire(query), { ...headers, authorization }, body);
				const given = readAcs3Authorization(request);
				assert.ok(typeof given === 'object');
				assert.equal(given.accessKeyId, 'LTAIexample');
				const canonical = acs3CanonicalRequest(request, given.signedHeaders);
				assert.equal(acs3Signature('secret', acs3StringToSign(canonical)), given.signature);
			});
		}
	}
});

describe('signature version 1.0 of RPC calls', () => {
	it('equals the official signer’s for query and form together', () => {
		const query = {
			Action: 'AssumeRole',
			Version: '2015-04-01',
			SignatureNonce: 'n 1',
			Timestamp: '2026-01-01T00:00:00Z',
		};
		const form = { RoleSessionName: 'a*b~c', Policy: '{"é": "+ "}' };
		const signature = OpenApiUtil.getRPCSignature({ ...query, ...form }, 'POST', 'secret');
		const request = requestOf(
			`${toWire(query)}&Signature=${encodeURIComponent(signature)}`,
			{},
			OpenApiUtil.toForm(form),
		);
		assert.equal(rpcSignature('secret', rpcStringToSign(request)), signature);
	});
});

/** As it goes over the wire: any encoding that decodes to the same values will do. */
function toWire(query: Readonly<Record<string, string>>): string {
	return Object.entries(query)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
}

function tags(count: number): Record<string, string> {
	return Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tag.${index + 1}.Key`, `k${index}`]));
}
