import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { CloudKeyPairsApi } from '../../src/api';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, home, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { activated } from './support/extension';

describe('what the API tells', () => {
	let api: CloudKeyPairsApi;
	let cloud: Cloud;

	before(async () => {
		({ api } = await activated());
		cloud = await Cloud.start();
	});
	after(() => cloud.close());

	describe('of profiles', () => {
		it('is their name, region, kind and source, and no secret', async () => {
			const key = cloud.account.addAccessKey();
			await cloud.setProfiles(
				`[profile role]\nrole_arn = arn:aws:iam::${cloud.account.id}:role/x\nsource_profile = mel\nregion = eu-west-1\n`,
				`[profile broken]\nrole_arn = arn:aws:iam::${cloud.account.id}:role/x\nsource_profile = gone\n`,
			);
			const credentials = await writeHome(
				'.aws/credentials',
				`[kept]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`,
			);
			try {
				const profiles = await eventually(async () => {
					const found = await api.profiles();
					assert.equal(found.length, 4);
					return found;
				});
				const config = `${home}/.aws/config`;
				assert.deepEqual(
					profiles.map(({ source, ...profile }) => ({ ...profile, source: source.replaceAll('\\', '/') })),
					[
						{ vendor: 'aws', name: 'mel', region: 'us-east-1', kind: 'static', source: config },
						{ vendor: 'aws', name: 'role', region: 'eu-west-1', kind: 'assumedRole', source: config },
						{ vendor: 'aws', name: 'broken', kind: 'broken', problem: 'sourceMissing', source: config },
						{ vendor: 'aws', name: 'kept', kind: 'static', source: credentials.replaceAll('\\', '/') },
					],
				);
				assert.ok(!JSON.stringify(profiles).includes(key.secret));
			} finally {
				await rm(credentials);
			}
		});

		it('follows the files: a profile that is written later is there without a refresh', async () => {
			await cloud.setProfiles();
			assert.deepEqual(
				(await api.profiles()).map(({ name }) => name),
				['mel'],
			);
			await eventually(async () => {
				// Again, should the watching have begun after the first time.
				await writeHome('.aws/config', `[profile mel]\n${cloud.keys()}\n[profile later]\n${cloud.keys()}`);
				assert.deepEqual(
					(await api.profiles()).map(({ name }) => name),
					['mel', 'later'],
				);
			});
		});

		it('says in words which file is wrong, and in which line', async () => {
			await cloud.setProfiles('[profile open\nregion = us-east-1\n');
			try {
				await assert.rejects(api.profiles(), /\.aws.config, line \d+/);
			} finally {
				await cloud.setProfiles();
			}
		});
	});

	describe('of regions', () => {
		before(() => cloud.setProfiles());

		it('is which are usable, and why the others are not', async () => {
			const regions = await api.regions('mel', 'ec2');
			assert.ok(regions.length > 30);
			for (const name of ['us-east-1', 'eu-west-1', 'ap-east-1']) {
				assert.deepEqual(
					regions.find((region) => region.name === name),
					{ name, usable: true },
				);
			}
			const unusable = regions.find(({ name }) => name === 'me-south-1');
			assert.equal(unusable?.usable, false);
			assert.match(unusable?.reason ?? '', /not enabled/);
		});

		it('names a profile that is not there', async () => {
			await assert.rejects(api.regions('nobody', 'ec2'), /nobody/);
		});

		it('names a service that there is not', async () => {
			await assert.rejects(api.regions('mel', 's3' as 'ec2'), /no service named s3/);
		});

		it('is in words when they can not be listed', async () => {
			const refused = cloud.account.addAccessKey({ deniedActions: ['ec2:DescribeRegions'] });
			await cloud.setProfiles(
				`[profile shut]\naws_access_key_id = ${refused.id}\naws_secret_access_key = ${refused.secret}\n${cloud.endpoint}`,
			);
			await assert.rejects(api.regions('shut', 'ec2'), /shut.*ec2:DescribeRegions/);
		});
	});

	describe('of key pairs', () => {
		before(() => cloud.setProfiles());
		const target = { service: 'ec2', profile: 'mel', region: 'eu-central-1' } as const;

		it('is what the service lists at that moment', async () => {
			assert.deepEqual(await api.list(target), []);
			holdKeyPair(cloud.account, target.region, 'mel-laptop', keyLines.mel);
			holdKeyPair(cloud.account, target.region, 'deploy', keyLines.deploy);
			const [deploy, mel, ...others] = await api.list(target);
			assert.deepEqual(others, []);
			assert.equal(deploy?.name, 'deploy');
			assert.equal(deploy?.type, 'rsa');
			assert.equal(deploy?.fingerprint, '10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75');
			assert.match(mel?.id ?? '', /^key-[0-9a-f]{17}$/);
			assert.ok(mel?.publicKey?.startsWith(keyLines.mel.slice(0, 60)));
			assert.ok(mel?.createdAt instanceof Date);
			assert.deepEqual(mel?.tags, {});
		});

		it('is in words when it can not be listed', async () => {
			await assert.rejects(api.list({ service: 'ec2', profile: 'nobody', region: 'us-east-1' }), /nobody/);
			// EC2's answer alone does not tell.
			await eventually(async () => {
				// Again, should the profile's file have been taken for changed in between: all is asked for anew then.
				await api.regions('mel', 'ec2');
				await assert.rejects(api.list({ ...target, region: 'me-south-1' }), /me-south-1.*not enabled/);
			});
		});
	});
});
