import assert from 'node:assert/strict';
import { failureOf } from '../providers/failing';
import { awsServices, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 12: AuthFailure with good keys means a region that is not enabled', () => {
	const trap = useAwsTrap();

	for (const service of awsServices) {
		it(`says so once the account's regions are known (${service}), and no more once it is enabled`, async () => {
			const provider = trap().provider(service);
			await trap().provider('ec2').regions('able', never);
			await provider.regions('able', never);
			await provider.list(targetIn(service), never);
			const failure = await failureOf(provider.list(targetIn(service, 'ap-east-1'), never));
			assert.equal(failure.kind, 'regionNotEnabled');
			assert.equal(failure.code, service === 'ec2' ? 'AuthFailure' : 'UnrecognizedClientException');
			trap().account.setOptIn('ap-east-1', true);
			assert.deepEqual(await provider.list(targetIn(service, 'ap-east-1'), never), []);
		});

		it(`still says of bad keys that they are rejected (${service})`, async () => {
			const provider = trap().provider(service);
			await provider.regions('able', never);
			trap().key.active = false;
			assert.equal((await failureOf(provider.list(targetIn(service), never))).kind, 'credentialsRejected');
		});
	}

	it('shows which regions are not enabled before anything is asked of them', async () => {
		const regions = await trap().provider('ec2').regions('able', never);
		const { usable, reason } = regions.find(({ name }) => name === 'ap-east-1') ?? {};
		assert.deepEqual([usable, reason], [false, 'notOptedIn']);
	});
});
