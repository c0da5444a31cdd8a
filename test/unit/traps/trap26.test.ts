import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { AwsContext } from '../../../src/providers/aws/context';
import { Credentials } from '../../../src/providers/aws/credentials';
import { Ec2KeyPairs } from '../../../src/providers/aws/ec2';
import { requestHandlerOptions } from '../../../src/providers/aws/http';
import { LightsailKeyPairs } from '../../../src/providers/aws/lightsail';
import { testDependencies } from '../providers/aws/awsHome';
import { failureOf } from '../providers/failing';
import { lines, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 26: a region that does not exist is a host that does not exist', () => {
	const trap = useAwsTrap();
	let hosts: string[];

	/** The providers where DNS knows no name. */
	function providers() {
		const { home } = trap();
		home.unset('AWS_ENDPOINT_URL');
		const httpsAgent = new Agent({
			lookup: (host, _options, done) => {
				hosts.push(host);
				done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', hostname: host }), '');
			},
		});
		const context = new AwsContext(testDependencies(home.environment), { ...requestHandlerOptions(), httpsAgent });
		const credentials = new Credentials(context);
		return { ec2: new Ec2KeyPairs(context, credentials), lightsail: new LightsailKeyPairs(context, credentials) };
	}

	beforeEach(() => {
		hosts = [];
	});

	for (const service of ['ec2', 'lightsail'] as const) {
		it(`says that ${service} can't be reached there, by which name, and that nothing was done`, async () => {
			const target = targetIn(service, 'eu-wset-1');
			const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false };
			const failure = await failureOf(providers()[service].import(target, request, never));
			assert.deepEqual(
				[failure.kind, failure.code, failure.region, failure.outcomeUnknown],
				['unreachable', 'ENOTFOUND', 'eu-wset-1', false],
			);
			assert.deepEqual([...new Set(hosts)], [`${service}.eu-wset-1.amazonaws.com`]);
		});

		it(`asks for ${service}'s regions in the main one when the profile's own does not exist`, async () => {
			await trap().home.config('[profile able]\nregion = eu-wset-1\n');
			await failureOf(providers()[service].regions('able', never));
			assert.deepEqual(
				[...new Set(hosts)],
				[`${service}.eu-wset-1.amazonaws.com`, `${service}.us-east-1.amazonaws.com`],
			);
		});
	}

	it('refuses what can be no part of a host name before any call', async () => {
		const failure = await failureOf(providers().ec2.list(targetIn('ec2', 'evil.example/'), never));
		assert.deepEqual([failure.kind, hosts], ['configuration', []]);
	});
}).timeout(30_000);
