import assert from 'node:assert/strict';
import EcsClient from '@alicloud/ecs20140526';
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import type { AlibabaAccount, AlibabaAccountOptions } from '../../emulator/alibaba/accounts/account';
import type { AlibabaAccessKey } from '../../emulator/alibaba/accounts/credentials';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator';

/** A running emulator with one Alibaba Cloud account and a key of one RAM user. */
export interface AlibabaFixture {
	readonly emulator: Emulator;
	readonly account: AlibabaAccount;
	readonly key: AlibabaAccessKey;
	/** A client of the official ECS SDK, with the user's key unless another is given. */
	ecs(key?: AlibabaKey): EcsClient;
	/** The official core's generic call, which is how services without an SDK are called; returns the body.
	 * `url` is the emulator's unless given; without a key the request is not signed. */
	call(api: Api, query: Readonly<Record<string, string>>, options?: CallOptions): Promise<Record<string, unknown>>;
}

/** What signs. */
export type AlibabaKey = Pick<AlibabaAccessKey, 'id' | 'secret'> & { readonly session?: { readonly token: string } };

/** An operation and its API version. */
export interface Api {
	readonly version: string;
	readonly action: string;
}

/** How the generic call differs from the usual. */
export interface CallOptions {
	readonly key?: AlibabaKey | 'none';
	readonly url?: string;
	/** Sends the parameters in a form instead of in the query. */
	readonly asForm?: boolean;
	/** Added to the headers before they are signed; they win over the core's own. */
	readonly headers?: Readonly<Record<string, string>>;
}

export const ens = { version: '2017-11-10' } as const;
export const sts = { version: '2015-04-01' } as const;
export const resourceManager = { version: '2020-03-31' } as const;

/** Starts an emulator before each test of the suite and stops it afterwards. */
export function useAlibaba(account?: AlibabaAccountOptions, options?: EmulatorOptions): () => AlibabaFixture {
	let fixture: AlibabaFixture | undefined;
	beforeEach(async () => {
		fixture = makeFixture(await startEmulator(options), account);
	});
	afterEach(async () => {
		await fixture?.emulator.close();
		fixture = undefined;
	});
	return () => {
		assert.ok(fixture, 'the emulator runs only within a test');
		return fixture;
	};
}

function makeFixture(emulator: Emulator, options: AlibabaAccountOptions = {}): AlibabaFixture {
	const account = emulator.alibaba.accounts.add({ id: '1234567890123456', ...options });
	const key = account.addAccessKey({ user: 'mel' });
	return {
		emulator,
		account,
		key,
		ecs: (signer = key) => new EcsClient(configOf(emulator.url, signer)),
		call: (api, query, { key: signer = key, url = emulator.url, asForm = false, headers = {} } = {}) =>
			generic(api, query, { key: signer, url, asForm, headers }),
	};
}

async function generic(
	api: Api,
	query: Readonly<Record<string, string>>,
	{ key, url, asForm, headers }: Required<CallOptions>,
): Promise<Record<string, unknown>> {
	const client = new OpenApi(configOf(url, key === 'none' ? undefined : key));
	const params = new $OpenApiUtil.Params({
		...api,
		protocol: 'HTTP',
		method: 'POST',
		authType: key === 'none' ? 'Anonymous' : 'AK',
		style: 'RPC',
		pathname: '/',
		reqBodyType: 'formData',
		bodyType: 'json',
	});
	const request = new $OpenApiUtil.OpenApiRequest({ ...(asForm ? { body: query } : { query }), headers });
	const reply: unknown = await client.callApi(params, request, new RuntimeOptions({}));
	assert.ok(typeof reply === 'object' && reply !== null && 'body' in reply);
	return Object(reply.body);
}

function configOf(url: string, key: AlibabaKey | undefined) {
	return new $OpenApiUtil.Config({
		...(key === undefined ? {} : { accessKeyId: key.id, accessKeySecret: key.secret }),
		...(key?.session === undefined ? {} : { securityToken: key.session.token }),
		regionId: 'cn-hangzhou',
		endpoint: new URL(url).host,
		protocol: 'HTTP',
		readTimeout: 5000,
		connectTimeout: 5000,
	});
}

/** Asserts that the SDK reports the code and the HTTP status; returns the error's `data`: the JSON answer, with `statusCode`. */
export async function alibabaRefuses(
	call: Promise<unknown>,
	code: string,
	status = 400,
): Promise<Record<string, unknown>> {
	const error = await errorOf(call);
	assert.deepEqual([error['code'], error['statusCode']], [code, status], String(error['message']));
	return Object(error['data']);
}

/** What the call failed with. */
export async function errorOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
	const error: unknown = await call.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof Error, 'the call was expected to fail');
	return Object(error);
}
