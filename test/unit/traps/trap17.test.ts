import assert from 'node:assert/strict';
import { createProviders as createAlibabaProviders } from '../../../src/providers/alibaba/bundle';
import { readPublicKey } from '../../emulator/keys/publicKey';
import { type AlibabaSubject, startEcs, startEns } from '../providers/alibaba/alibabaSubject';
import { lines, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 17: every service pages in its own way, or not at all', () => {
	const trap = useAwsTrap();
	const publicKey = readPublicKey(lines.rsa);
	assert.ok(publicKey);

	it('lists all of EC2 at once, without asking for pages', async () => {
		const store = trap().account.keyPairs('eu-west-1');
		for (let number = 0; number < 1_200; number++) {
			const name = `k${String(number).padStart(4, '0')}`;
			const id = `key-${String(number).padStart(17, '0')}`;
			const common = { type: 'rsa', fingerprint: '', publicKey: lines.rsa, createdAt: 0, tags: new Map() } as const;
			store.add({ id, name, ...common });
		}
		assert.equal((await trap().provider('ec2').list(targetIn('ec2'), never)).length, 1_200);
		const [sent, ...others] = trap().emulator.requests.all({ operation: 'DescribeKeyPairs' });
		assert.deepEqual(others, []);
		assert.deepEqual(Object.keys(sent?.parameters ?? {}).sort(), ['Action', 'IncludePublicKey', 'Version']);
	});

	it("follows Lightsail's page tokens to the end, with the default key pair, which no call makes", async () => {
		const { emulator, account, provider } = trap();
		const lightsail = emulator.lightsail.of(account);
		lightsail.pageSize = 3;
		const region = lightsail.region('eu-west-1');
		for (const name of ['k3', 'k1', 'k7', 'k2', 'k6', 'k4', 'k5']) region.addKeyPair(name, publicKey);
		const list = () => provider('lightsail').list(targetIn('lightsail'), never);
		assert.deepEqual(
			(await list()).map(({ name }) => name),
			['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7'],
		);
		assert.equal(emulator.requests.count({ operation: 'GetKeyPairs' }), 3);
		await region.makeDefaultKeyPair();
		const withDefault = await list();
		assert.equal(withDefault.find(({ isDefault }) => isDefault)?.name, 'LightsailDefaultKeyPair');
		assert.equal(withDefault.length, 8);
		assert.equal(emulator.requests.count({ operation: 'DownloadDefaultKeyPair' }), 0);
	});

	for (const [service, start] of [
		['ecs', startEcs],
		['ens', startEns],
	] as const) {
		describe(`on Alibaba Cloud (${service})`, () => {
			let subject: AlibabaSubject;
			beforeEach(async () => {
				subject = await start(createAlibabaProviders);
			});
			afterEach(() => subject.close());

			it('asks for pages by number, 50 key pairs each, and no page that is not there', async () => {
				const { provider, cloud } = subject;
				const target = { service, profile: 'able', ...(service === 'ecs' ? { region: 'cn-hangzhou' } : {}) };
				const names = [...Array(60).keys()].map((number) => `key-${String(number).padStart(2, '0')}`);
				for (const keyName of names) {
					await provider.import(target, { keyName, publicKey: lines.rsa, tags: {}, dryRun: false }, never);
				}
				cloud.requests.clear();
				assert.deepEqual(
					(await provider.list(target, never)).map(({ name }) => name),
					names,
				);
				assert.deepEqual(
					cloud.requests
						.all({ operation: 'DescribeKeyPairs' })
						.map(({ parameters }) => [parameters['PageNumber'], parameters['PageSize']]),
					[
						['1', '50'],
						['2', '50'],
					],
				);
			}).timeout(20_000);
		});
	}
});
