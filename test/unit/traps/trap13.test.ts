import assert from 'node:assert/strict';
import { checkKey } from '../../../src/domain/rules';
import { ecsRules, ensRules } from '../../../src/providers/alibaba/rules';
import { ec2Rules, lightsailRules } from '../../../src/providers/aws/rules';
import { keyLines } from '../../fakes/keys';
import { keyOf, lines, useAwsTrap } from './awsTrap';

describe('Trap 13: services differ in the types of key that they take', () => {
	const trap = useAwsTrap();
	const codes = (line: string, rules: typeof ec2Rules) =>
		checkKey(keyOf(line), rules).map(({ code, severity }) => `${severity} ${code}`);

	it('takes ED25519 for EC2, and warns for Lightsail, which documents ssh-rsa alone', () => {
		assert.deepEqual(codes(lines.ed25519, ec2Rules), []);
		assert.deepEqual(codes(lines.ed25519, lightsailRules), ['warning keyTypeUndocumented']);
		assert.deepEqual(codes(lines.rsa, lightsailRules), []);
	});

	it('imports ED25519 into both: a warning does not stop it', async () => {
		for (const service of ['ec2', 'lightsail'] as const) {
			assert.equal((await trap().import(service, { key: keyOf(lines.ed25519) })).status, 'imported');
		}
	});

	it('refuses ECDSA for EC2 before any call', async () => {
		const outcome = await trap().import('ec2', { key: keyOf(keyLines.ecdsa) });
		assert.ok(outcome.status === 'failed' && outcome.failure.by === 'rules');
		assert.deepEqual(
			outcome.failure.problems.map(({ code }) => code),
			['keyTypeRefused'],
		);
		assert.equal(trap().emulator.requests.count(), 0);
	});

	it('warns of ED25519 for ECS, which lists other types, and refuses it for ENS, which takes ssh-rsa alone', () => {
		assert.deepEqual(codes(lines.ed25519, ecsRules), ['warning keyTypeUndocumented']);
		assert.deepEqual(codes(keyLines.ecdsa, ecsRules), []);
		for (const line of [lines.ed25519, keyLines.ecdsa]) {
			assert.deepEqual(codes(line, ensRules), ['error keyTypeRefused']);
		}
		assert.deepEqual(codes(lines.rsa, ensRules), []);
	});
});
