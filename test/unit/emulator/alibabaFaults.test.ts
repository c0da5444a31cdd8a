import assert from 'node:assert/strict';
import * as $ecs from '@alicloud/ecs20140526';
import type { Effect, Fault } from '../../emulator/faults/fault';
import { alibabaRefuses, ens, errorOf, resourceManager, sts, useAlibaba } from './alibabaSupport';
import { rsaLine } from './vectors';

/** One call of each service that is called through the gateway. */
const apis = [
	{ service: 'ecs', api: { version: '2014-05-26', action: 'DescribeRegions' } },
	{ service: 'ens', api: { ...ens, action: 'DescribeKeyPairs' } },
	{ service: 'resourcemanager', api: { ...resourceManager, action: 'ListResourceGroups' } },
	{ service: 'alibaba-sts', api: { ...sts, action: 'GetCallerIdentity' } },
] as const;

describe('faults of the emulated Alibaba Cloud', () => {
	const fixture = useAlibaba();

	for (const { service, api } of apis) {
		describe(`in ${service}`, () => {
			const callWith = (effect: Effect) => {
				fixture().emulator.faults.set([{ service, operation: api.action, calls: [1], effect }]);
				return fixture().call(api, {});
			};

			it('are answers in its own words', async () => {
				const error = await errorOf(callWith({ kind: 'throttle' }));
				assert.deepEqual(
					[error['name'], error['code'], error['statusCode'], error['retryAfter']],
					['ThrottlingError', 'Throttling.User', 400, 100],
				);
				await alibabaRefuses(callWith({ kind: 'serverError' }), 'InternalError', 500);
				const data = await alibabaRefuses(
					callWith({
						kind: 'error',
						code: 'Forbidden.RiskControl',
						status: 403,
						message: 'm',
						members: { Extra: 'e' },
					}),
					'Forbidden.RiskControl',
					403,
				);
				const { RequestId, HostId, Message, Recommend, Extra } = data;
				assert.match(String(RequestId), /^[0-9A-F-]{36}$/);
				assert.deepEqual([HostId, Message, Extra], [new URL(fixture().emulator.url).host, 'm', 'e']);
				assert.ok(String(Recommend).includes(String(RequestId)));
				await fixture().call(api, {});
			});

			it('are pages, broken connections and answers that do not come', async () => {
				assert.equal((await errorOf(callWith({ kind: 'html', status: 502 })))['name'], 'SyntaxError');
				assert.equal((await errorOf(callWith({ kind: 'html', status: 200 })))['name'], 'SyntaxError');
				assert.match(String((await errorOf(callWith({ kind: 'drop' })))['code']), /^(?:ECONNRESET|EPIPE)$/);
				await callWith({ kind: 'slowBody', overMs: 30 });
				assert.deepEqual(
					fixture()
						.emulator.requests.all({ service })
						.map(({ status, done }) => [status, done]),
					[
						[502, false],
						[200, false],
						[undefined, false],
						[200, true],
					],
				);
			});
		});
	}

	it('leave the header out when there is no time to wait for', async () => {
		const { call, emulator } = fixture();
		emulator.alibaba.choices.retryAfterMs = undefined;
		emulator.faults.set([{ effect: { kind: 'throttle' } }]);
		const error = await errorOf(call({ ...ens, action: 'DescribeKeyPairs' }, {}));
		assert.deepEqual([error['code'], error['retryAfter']], ['Throttling.User', undefined]);
	});

	it('hit one region or one account', async () => {
		const { call, emulator, account } = fixture();
		const regions = (RegionId: string) => call({ version: '2014-05-26', action: 'DescribeKeyPairs' }, { RegionId });
		const set = (fault: Fault) => emulator.faults.set([fault]);
		set({ service: 'ecs', region: 'cn-beijing', effect: { kind: 'serverError' } });
		await alibabaRefuses(regions('cn-beijing'), 'InternalError', 500);
		await regions('cn-hangzhou');
		set({ account: account.id, effect: { kind: 'serverError' } });
		await alibabaRefuses(regions('cn-hangzhou'), 'InternalError', 500);
		set({ account: '1234567890123457', effect: { kind: 'serverError' } });
		await regions('cn-hangzhou');
	});

	it('can come after a key was imported', async () => {
		const { ecs, emulator, account } = fixture();
		emulator.faults.set([{ operation: 'ImportKeyPair', when: 'after', effect: { kind: 'drop' } }]);
		const request = { regionId: 'cn-hangzhou', keyPairName: 'demo', publicKeyBody: rsaLine };
		await errorOf(ecs().importKeyPair(new $ecs.ImportKeyPairRequest(request)));
		assert.ok(account.keyPairs('ecs', 'cn-hangzhou').withName('demo'));
		assert.equal(emulator.requests.all()[0]?.done, true);
	});

	it('keep a client waiting until it gives up', async () => {
		const { ecs, emulator } = fixture();
		emulator.faults.set([{ effect: { kind: 'hang' } }]);
		const client = ecs();
		client._readTimeout = 50;
		const error = await errorOf(client.describeRegions(new $ecs.DescribeRegionsRequest({})));
		assert.equal(error['name'], 'RequestTimeoutError');
		emulator.faults.set([{ delayMs: 60 }]);
		const late = await errorOf(client.describeRegions(new $ecs.DescribeRegionsRequest({})));
		assert.equal(late['name'], 'RequestTimeoutError');
	});

	it('reach sign-ins too', async () => {
		const { account, emulator } = fixture();
		emulator.alibaba.metadata.role = account.addRole('Instance');
		const ask = () => fetch(`${emulator.url}/latest/meta-data/ram/security-credentials/`);
		const metadata = { service: 'alibaba-metadata', calls: [1] };
		emulator.faults.set([{ ...metadata, effect: { kind: 'throttle' } }]);
		assert.equal((await ask()).status, 429);
		emulator.faults.set([{ ...metadata, effect: { kind: 'serverError' } }]);
		assert.equal((await ask()).status, 500);
		assert.equal((await ask()).status, 200);
	});
});
