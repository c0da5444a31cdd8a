import assert from 'node:assert/strict';
import { checkName } from '../../../src/domain/rules';
import { ec2Rules, lightsailRules } from '../../../src/providers/aws/rules';
import { awsServices, useAwsTrap } from './awsTrap';

describe('Trap 21: the SDK sends a name with outer spaces as it is', () => {
	const trap = useAwsTrap();

	for (const service of awsServices) {
		it(`refuses it for ${service} before any call`, async () => {
			for (const keyName of [' laptop', 'laptop ', '\tlaptop', 'laptop\u00a0']) {
				const outcome = await trap().import(service, { keyName });
				assert.ok(outcome.status === 'failed' && outcome.failure.by === 'rules', keyName);
				assert.deepEqual(
					outcome.failure.problems.map(({ code, severity }) => [code, severity]),
					[['nameOuterSpace', 'error']],
				);
			}
			assert.equal(trap().emulator.requests.count(), 0);
		});
	}

	it('lets spaces within a name be where the service has them', () => {
		assert.deepEqual(checkName('my laptop', ec2Rules), []);
		assert.deepEqual(
			checkName('my laptop', lightsailRules).map(({ code }) => code),
			['nameCharacters'],
		);
	});
});
