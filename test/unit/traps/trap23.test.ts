import assert from 'node:assert/strict';
import { failureOf } from '../providers/failing';
import { awsServices, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 23: source credentials that fail while an MFA code is awaited reject unhandled', () => {
	const trap = useAwsTrap();
	let unhandled: unknown[];
	let asked: string[];
	const keep = (reason: unknown) => unhandled.push(reason);

	beforeEach(async () => {
		unhandled = [];
		asked = [];
		const { account, home } = trap();
		const role = account.addRole('Deploy', { requiresMfa: true });
		const device = account.addMfaDevice('tester', '123456');
		const fails = `"${process.execPath}" -e "process.exit(1)"`;
		await home.config(
			[
				'[profile able]\nregion = eu-west-1\n',
				`[profile broken]\nregion = eu-west-1\ncredential_process = ${fails}\n`,
				`[profile mfa]\nregion = eu-west-1\nrole_arn = ${role.arn}\nsource_profile = broken\nmfa_serial = ${device.serial}\n`,
				`[profile good]\nregion = eu-west-1\nrole_arn = ${role.arn}\nsource_profile = able\nmfa_serial = ${device.serial}\n`,
			].join(''),
		);
		trap().mfaCode = async (profile) => {
			asked.push(profile);
			// As long as a person takes; the source has failed by then.
			await new Promise((resolve) => setTimeout(resolve, 100));
			return device.code;
		};
		process.on('unhandledRejection', keep);
	});
	afterEach(() => process.off('unhandledRejection', keep));

	for (const service of awsServices) {
		it(`gets the source first, and asks for no code in vain (${service})`, async () => {
			const target = { ...targetIn(service), profile: 'mfa' };
			assert.equal((await failureOf(trap().provider(service).list(target, never))).kind, 'processFailed');
			await new Promise((resolve) => setTimeout(resolve, 150));
			assert.deepEqual([asked, unhandled], [[], []]);
		});
	}

	it('asks once for both services of a profile', async () => {
		const lists = awsServices.map((service) =>
			trap()
				.provider(service)
				.list({ ...targetIn(service), profile: 'good' }, never),
		);
		assert.deepEqual(await Promise.all(lists), [[], []]);
		assert.deepEqual(asked, ['good']);
	});
}).timeout(10_000);
