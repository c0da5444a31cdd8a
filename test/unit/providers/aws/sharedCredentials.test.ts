import assert from 'node:assert/strict';
import { createProviders } from '../../../../src/providers/aws/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { failureOf } from '../failing';
import { type AwsCloud, startAwsCloud } from './awsCloud';

const never = new AbortController().signal;
const list = (provider: KeyPairProvider, region = 'eu-west-1') =>
	provider.list({ service: provider.service, profile: 'dev', region }, never);

describe('EC2 and Lightsail', function () {
	this.timeout(20_000);
	let cloud: AwsCloud;
	const assumed = () => cloud.emulator.requests.count({ operation: 'AssumeRole' });
	const keysOf = (service: string) =>
		cloud.emulator.requests.all({ service }).map(({ accessKeyId }) => accessKeyId ?? '');

	beforeEach(async () => {
		cloud = await startAwsCloud(createProviders);
	});
	afterEach(() => cloud.close());

	/** Gives profile `dev` a role. */
	async function useRole(more = ''): Promise<void> {
		const { arn } = cloud.account.addRole('deploy', { requiresMfa: more !== '' });
		await cloud.home.config(
			`[profile base]\n${cloud.keys}\n[profile dev]\nrole_arn=${arn}\nsource_profile=base\n${more}\n`,
		);
	}

	it('ask for an MFA code once, together, for all their regions', async () => {
		const device = cloud.account.addMfaDevice('tester', '123456');
		await useRole(`mfa_serial=${device.serial}`);
		let asked = 0;
		const mfaCode = async () => {
			asked += 1;
			return '123456';
		};
		const { ec2, lightsail } = cloud.providers({ mfaCode });
		await Promise.all(['eu-west-1', 'us-east-1'].flatMap((region) => [list(ec2, region), list(lightsail, region)]));
		await Promise.all([ec2.regions('dev', never), lightsail.regions('dev', never)]);
		assert.equal(asked, 1);
		assert.equal(assumed(), 1);
		assert.equal(new Set([...keysOf('ec2'), ...keysOf('lightsail')]).size, 1);
	});

	it('both go on with new credentials once one of them has found the old ones expired', async () => {
		await useRole();
		const { ec2, lightsail } = cloud.providers();
		await Promise.all([list(ec2), list(lightsail)]);
		cloud.emulator.faults.set([{ service: 'ec2', effect: { kind: 'error', code: 'RequestExpired' } }]);
		assert.equal((await failureOf(list(ec2))).kind, 'signInExpired');
		cloud.emulator.faults.clear();
		await Promise.all([list(ec2), list(lightsail)]);
		assert.equal(assumed(), 2);
		assert.equal(keysOf('lightsail').at(-1), keysOf('ec2').at(-1));
		assert.notEqual(keysOf('lightsail').at(-1), keysOf('lightsail')[0]);
	});

	it('each have the endpoint that is configured for it', async () => {
		const nobody = 'http://127.0.0.1:9';
		await cloud.home.config(
			[
				`[profile dev]\n${cloud.keys}services = mixed`,
				`[services mixed]\nlightsail =\n  endpoint_url = ${cloud.emulator.url}\nec2 =\n  endpoint_url = ${nobody}\n`,
			].join('\n'),
		);
		cloud.home.unset('AWS_ENDPOINT_URL');
		const { ec2, lightsail } = cloud.providers();
		assert.deepEqual(await list(lightsail), []);
		assert.equal((await failureOf(list(ec2))).code, 'ECONNREFUSED');
		cloud.home.set({ AWS_ENDPOINT_URL_LIGHTSAIL: nobody, AWS_ENDPOINT_URL_EC2: cloud.emulator.url });
		lightsail.forget('dev');
		ec2.forget('dev');
		assert.equal((await failureOf(list(lightsail))).code, 'ECONNREFUSED');
		assert.deepEqual(await list(ec2), []);
	});
});
