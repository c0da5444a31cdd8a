import assert from 'node:assert/strict';
import { failureOf } from '../providers/failing';
import { placeIn, useAlibabaTrap } from './alibabaTrap';
import { lines, never, targetIn, useAwsTrap } from './awsTrap';

const tags = { team: 'platform', empty: '' };
const request = { keyName: 'laptop', publicKey: lines.rsa, tags, dryRun: false } as const;
const change = { set: { more: 'm' }, remove: ['empty'] };

describe('Trap 19: tags have another spelling, another resource and another time in each service', () => {
	describe('in Alibaba Cloud', () => {
		const trap = useAlibabaTrap();
		const parametersOf = (operation: string) =>
			trap()
				.emulator.requests.all({ operation })
				.map(({ parameters }) => parameters);

		it('are Key and Value in requests to ECS, TagKey and TagValue in its lists, and belong to the name', async () => {
			const provider = trap().provider('ecs');
			await provider.import(placeIn('ecs'), request, never);
			assert.deepEqual(parametersOf('ImportKeyPair'), [
				{
					...{ RegionId: 'cn-hangzhou', KeyPairName: 'laptop', PublicKeyBody: lines.rsa },
					...{ 'Tag.1.Key': 'team', 'Tag.1.Value': 'platform', 'Tag.2.Key': 'empty', 'Tag.2.Value': '' },
				},
			]);
			const listed = await provider.find(placeIn('ecs'), 'laptop', never);
			assert.deepEqual(listed?.tags, tags);
			await provider.changeTags(placeIn('ecs'), listed, change, never);
			const resource = { RegionId: 'cn-hangzhou', ResourceType: 'keypair', 'ResourceId.1': 'laptop' };
			assert.deepEqual(parametersOf('TagResources'), [{ ...resource, 'Tag.1.Key': 'more', 'Tag.1.Value': 'm' }]);
			assert.deepEqual(parametersOf('UntagResources'), [{ ...resource, 'TagKey.1': 'empty' }]);
			assert.deepEqual((await provider.find(placeIn('ecs'), 'laptop', never))?.tags, { team: 'platform', more: 'm' });
		});

		it('are not there in ENS, and never sent', async () => {
			const provider = trap().provider('ens');
			const imported = await provider.import(placeIn('ens'), request, never);
			assert.equal(imported?.keyPair.tags, undefined);
			const failure = await failureOf(provider.changeTags(placeIn('ens'), { name: 'laptop' }, change, never));
			assert.equal(failure.kind, 'unsupported');
			const sent = trap()
				.emulator.requests.all()
				.flatMap(({ operation, parameters }) => [operation, ...Object.keys(parameters)]);
			assert.ok(sent.every((name) => !/tag/i.test(name)));
		});
	});

	describe('in AWS', () => {
		const trap = useAwsTrap();

		it('go with the import and by id in EC2, and after it by name in Lightsail', async () => {
			for (const [service, operation, resource] of [
				['ec2', 'CreateTags', /^key-/],
				['lightsail', 'TagResource', /^laptop$/],
			] as const) {
				const { emulator, provider } = trap();
				await provider(service).import(targetIn(service), request, never);
				assert.equal(emulator.requests.count({ operation }), service === 'ec2' ? 0 : 1);
				const listed = await provider(service).find(targetIn(service), 'laptop', never);
				assert.deepEqual(listed?.tags, tags);
				emulator.requests.clear();
				await provider(service).changeTags(targetIn(service), listed, change, never);
				const [sent] = emulator.requests.all({ operation });
				const body = service === 'ec2' ? undefined : JSON.parse(sent?.body ?? '');
				assert.match(body?.resourceName ?? sent?.parameters['ResourceId.1'], resource);
				assert.deepEqual((await provider(service).find(targetIn(service), 'laptop', never))?.tags, {
					...{ team: 'platform', more: 'm' },
				});
			}
		});
	});
});
