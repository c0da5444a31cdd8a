import assert from 'node:assert/strict';
import { failureOf } from '../providers/failing';
import { alibabaServices, placeIn, useAlibabaTrap } from './alibabaTrap';
import { lines, never, targetIn, useAwsTrap } from './awsTrap';

const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false } as const;

describe('Trap 15: a name that is taken has as many codes as there are services, or none', () => {
	describe('in Alibaba Cloud', () => {
		const trap = useAlibabaTrap();

		for (const code of ['KeyPair.AlreadyExist', 'InvalidKeyPairName.Malformed'] as const) {
			it(`is known by ECS's ${code}, and compared`, async () => {
				trap().emulator.alibaba.choices.ecsDuplicateCode = code;
				await trap().provider('ecs').import(placeIn('ecs'), request, never);
				assert.equal(
					(await failureOf(trap().provider('ecs').import(placeIn('ecs'), request, never))).kind,
					'nameTaken',
				);
				assert.equal((await trap().import('ecs')).status, 'alreadyPresent');
				assert.deepEqual(trap().stored('ecs'), ['laptop']);
			});
		}

		it("is not seen in ECS's InvalidKeyPairName.Malformed where nothing has the name", async () => {
			const bad = { ...request, keyName: '1laptop' };
			assert.equal((await failureOf(trap().provider('ecs').import(placeIn('ecs'), bad, never))).kind, 'nameInvalid');
		});

		it('is seen in ENS, which has no code for it, before anything is sent', async () => {
			await trap().provider('ens').import(placeIn('ens'), request, never);
			trap().emulator.requests.clear();
			assert.equal((await failureOf(trap().provider('ens').import(placeIn('ens'), request, never))).kind, 'nameTaken');
			assert.equal(trap().emulator.requests.count({ operation: 'ImportKeyPair' }), 0);
			assert.deepEqual(trap().stored('ens'), ['laptop']);
		});

		it('ends as such in both', async () => {
			for (const service of alibabaServices) {
				await trap().provider(service).import(placeIn(service), request, never);
				const outcome = await trap().import(service, { ifExists: 'fail' });
				assert.equal(outcome.status, 'failed');
			}
		});
	});

	describe('in Lightsail', () => {
		const trap = useAwsTrap();

		it('may be that of an instance: the holder is no key pair', async () => {
			const { emulator, account, provider } = trap();
			emulator.lightsail.of(account).region('eu-west-1').addResource('laptop', 'Instance');
			const failure = await failureOf(provider('lightsail').import(targetIn('lightsail'), request, never));
			assert.deepEqual([failure.kind, failure.code], ['nameTaken', 'NameExists']);
			assert.equal(await provider('lightsail').find(targetIn('lightsail'), 'laptop', never), undefined);
			assert.equal((await trap().import('lightsail')).status, 'failed');
		});
	});
});
