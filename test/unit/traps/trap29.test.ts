import assert from 'node:assert/strict';
import { kindOfCode } from '../../../src/providers/alibaba/codes';
import { serviceManifest } from '../../../src/providers/registry';
import { failureOf } from '../providers/failing';
import { placeIn, useAlibabaTrap } from './alibabaTrap';
import { lines, never, targetIn, useAwsTrap } from './awsTrap';

const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false } as const;

describe('Trap 29: the documents leave things out and contradict themselves', () => {
	describe('of Alibaba Cloud', () => {
		const trap = useAlibabaTrap();

		it('have a list of key types of ECS that one page has lost: the listed are taken, the others warn', () => {
			const { keyTypes } = serviceManifest('ecs').rules;
			for (const type of ['ssh-rsa', 'ssh-dss', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521']) {
				assert.equal(keyTypes[type], 'accepted', type);
			}
			assert.equal(keyTypes['ssh-ed25519'], 'undocumented');
		});

		it("call ECS's fingerprint an MD5 and show one of another length: it is kept as it comes, and no length is wanted", async () => {
			for (const fingerprint of [
				// The documents' own examples, without their last digits.
				'89:f0:ba:62:ac:b8:aa:e1:61:5e:fd:81:69:86:6d:6b:f0:c0:5a:d7',
				'fdaf8ff7a756ef843814fc',
				'7880c1ad4687fdbf7a6da2131',
			]) {
				for (const service of ['ecs', 'ens'] as const) {
					const { account, provider } = trap();
					const store = service === 'ecs' ? account.keyPairs('ecs', 'cn-hangzhou') : account.keyPairs('ens');
					const name = `pair-${fingerprint.length}`;
					const common = { id: `ssh-${name}`, publicKey: lines.rsa, createdAt: 0, resourceGroupId: '' };
					store.add({ ...common, name, fingerprint, tags: new Map(), attached: false });
					const found = await provider(service).find(placeIn(service), name, never);
					assert.equal(found?.fingerprint, fingerprint);
				}
			}
		});

		it("list codes of other calls for ENS's import: none of them is a riddle", async () => {
			const { emulator, provider } = trap();
			for (const code of [
				'InvalidSecurityGroupId.NotFound',
				'SecurityGroupRuleConflict.Duplicated',
				'AuthorizationLimitExceed',
			]) {
				const effect = { kind: 'error', code, status: 400, message: `As ${code} says.` } as const;
				emulator.faults.set([{ operation: 'ImportKeyPair', effect }]);
				const failure = await failureOf(provider('ens').import(placeIn('ens'), request, never));
				assert.deepEqual([failure.kind, failure.code], ['badRequest', code]);
				assert.equal(failure.detail, `As ${code} says.`);
			}
		});

		it('have codes with a part left blank: any parameter may stand there', () => {
			for (const parameter of ['KeyPairName', 'PublicKeyBody', 'PageSize', 'NeverHeardOf', '%s']) {
				assert.ok(kindOfCode(`InvalidParameter.${parameter}`, ''), parameter);
			}
		});
	});

	describe('of Lightsail', () => {
		const trap = useAwsTrap();

		it('have no RegionSetupInProgressException, which its model has', async () => {
			const { emulator, provider } = trap();
			const effect = { kind: 'error', code: 'RegionSetupInProgressException', status: 400 } as const;
			emulator.faults.set([{ operation: 'ImportKeyPair', effect }]);
			const failure = await failureOf(provider('lightsail').import(targetIn('lightsail'), request, never));
			assert.deepEqual([failure.kind, failure.retryable], ['regionNotReady', true]);
		});
	});
});
