import assert from 'node:assert/strict';
import type { Profile } from '../../../../src/domain/profile';
import type { Environment } from '../../../../src/providers/contract';
import { Profiles } from '../../../../src/services/profiles/profiles';
import { aFailure, refusal } from '../../../fakes/failures';
import { anEnvironment, aProfile, aServiceManifest, aVendor, fakeProviders } from '../../../fakes/vendors';

describe('Profiles', () => {
	let awsProfiles: () => Promise<readonly Profile[]>;
	let alibabaProfiles: () => Promise<readonly Profile[]>;
	let reads: Environment[];
	let watched: { readonly paths: readonly string[]; readonly listener: () => void; ended: boolean }[];
	let profiles: Profiles;
	let changes: number;

	const aws = aVendor({
		profiles: (environment) => {
			reads.push(environment);
			return awsProfiles();
		},
	});
	const alibaba = aVendor({
		vendor: 'alibaba',
		label: 'Alibaba Cloud',
		services: [aServiceManifest({ service: 'ecs', vendor: 'alibaba' })],
		profileFiles: ({ home }) => [`${home}/.aliyun/config.json`],
		profiles: () => alibabaProfiles(),
	});

	beforeEach(() => {
		awsProfiles = async () => [aProfile({ name: 'prod' }), aProfile({ name: 'test' })];
		alibabaProfiles = async () => [aProfile({ vendor: 'alibaba', name: 'prod' })];
		reads = [];
		watched = [];
		profiles = new Profiles(fakeProviders([], [aws, alibaba]), anEnvironment, (paths, listener) => {
			const watch = { paths, listener, ended: false };
			watched.push(watch);
			return {
				dispose: () => {
					watch.ended = true;
				},
			};
		});
		changes = 0;
		profiles.onDidChange(() => changes++);
	});

	it('reads and watches nothing before it is asked', () => {
		assert.deepEqual([reads.length, watched.length], [0, 0]);
	});

	it("lists each vendor's profiles, in the order of the vendors", async () => {
		const listings = await profiles.all();

		assert.deepEqual(
			listings.map((listing) => [
				listing.vendor.label,
				'profiles' in listing && listing.profiles.map(({ name }) => name),
			]),
			[
				['AWS', ['prod', 'test']],
				['Alibaba Cloud', ['prod']],
			],
		);
		assert.deepEqual(reads, [anEnvironment]);
	});

	it('reads once for all who ask', async () => {
		await Promise.all([profiles.all(), profiles.all()]);
		await profiles.all();
		assert.equal(reads.length, 1);
	});

	it("shows one vendor's profiles although another's can not be read", async () => {
		const failure = aFailure('configuration', { file: '/home/mel/.aws/config', line: 3 });
		awsProfiles = () => Promise.reject(refusal(failure));
		const [first, second] = await profiles.all();

		assert.deepEqual(first, { vendor: aws, failure });
		assert.ok(second && 'profiles' in second);
	});

	it('hands a bug on, and reads again at the next question', async () => {
		awsProfiles = () => Promise.reject(new TypeError('a bug'));
		await assert.rejects(profiles.all(), TypeError);
		awsProfiles = async () => [];
		assert.equal((await profiles.all()).length, 2);
	});

	it('watches the files that define profiles, from the first question on', async () => {
		await profiles.all();
		await profiles.all();
		assert.deepEqual(
			watched.map(({ paths }) => paths),
			[['/home/mel/.aws/config', '/home/mel/.aws/credentials', '/home/mel/.aliyun/config.json']],
		);
		assert.deepEqual(profiles.files(), watched[0]?.paths);
	});

	it('reads anew, and says so, when one of the files changes', async () => {
		await profiles.all();
		awsProfiles = async () => [aProfile({ name: 'new' })];
		watched[0]?.listener();

		assert.equal(changes, 1);
		assert.equal(reads.length, 1, 'not before somebody asks');
		const [listing] = await profiles.all();
		assert.ok(listing && 'profiles' in listing);
		assert.deepEqual(
			listing.profiles.map(({ name }) => name),
			['new'],
		);
	});

	it('finds a profile by name with the vendor of the service', async () => {
		assert.equal((await profiles.find('prod', 'ec2'))?.vendor, 'aws');
		assert.equal((await profiles.find('prod', 'ecs'))?.vendor, 'alibaba');
		assert.equal(await profiles.find('test', 'ecs'), undefined);
		assert.equal(await profiles.find('nobody', 'ec2'), undefined);
	});

	it('finds no profile of a vendor whose profiles can not be read', async () => {
		awsProfiles = () => Promise.reject(refusal('configuration'));
		assert.equal(await profiles.find('prod', 'ec2'), undefined);
		assert.equal((await profiles.find('prod', 'ecs'))?.name, 'prod');
	});

	it('ends its watch and is silent once disposed', async () => {
		await profiles.all();
		profiles.dispose();
		profiles.refresh();
		assert.deepEqual([watched[0]?.ended, changes], [true, 0]);
	});
});
