import assert from 'node:assert/strict';
import type { Target } from '../../../src/domain/target';
import { createProviders as createAlibabaProviders } from '../../../src/providers/alibaba/bundle';
import type { KeyPairProvider } from '../../../src/providers/contract';
import { startEcs, startEns } from '../providers/alibaba/alibabaSubject';
import { awsServices, lines, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 18: KeyFingerprint, fingerprint, KeyPairFingerPrint: each service spells its fields in its own way', () => {
	const trap = useAwsTrap();

	/** Imports a key; what the import said and what the listing says have to be complete, and the same. */
	async function check(provider: KeyPairProvider, target: Target): Promise<void> {
		const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false };
		const imported = await provider.import(target, request, never);
		const [listed, ...others] = await provider.list(target, never);
		assert.ok(imported && listed);
		assert.deepEqual(others, []);
		assert.deepEqual([imported.keyPair.name, listed.name], ['laptop', 'laptop']);
		assert.match(listed.fingerprint ?? '', /^[0-9a-f:]{32,}$/);
		assert.equal(imported.keyPair.fingerprint, listed.fingerprint);
		assert.ok(Math.abs((listed.createdAt?.getTime() ?? 0) - Date.now()) < 120_000);
		assert.ok(imported.requestId);
	}

	for (const service of awsServices) {
		it(`reads those of ${service}`, () => check(trap().provider(service), targetIn(service)));
	}

	for (const [service, start, place] of [
		['ecs', startEcs, { region: 'cn-hangzhou' }],
		['ens', startEns, {}],
	] as const) {
		it(`reads those of ${service}`, async () => {
			const subject = await start(createAlibabaProviders);
			try {
				await check(subject.provider, { service, profile: 'able', ...place });
			} finally {
				await subject.close();
			}
		});
	}
});
