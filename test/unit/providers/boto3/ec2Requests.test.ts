import assert from 'node:assert/strict';
import type { CreateArguments, ImportArguments } from '../../../../src/providers/contract';
import { ed25519, recordAnew, recordedId, recording, rsa, type Subject, startSubject } from './requests';

const never = new AbortController().signal;
const tags = { team: 'platform', empty: '', 'key with spaces': 'ü 漢字 +&=%', 'a:/b@c': "~!*'()" };

const importing =
	(request: Partial<ImportArguments>) =>
	async ({ provider, target }: Subject) => {
		await provider.import(target, { keyName: 'laptop', publicKey: rsa, tags: {}, dryRun: false, ...request }, never);
		return 'ImportKeyPair';
	};

const creating =
	(request: Partial<CreateArguments>) =>
	async ({ provider, target }: Subject) => {
		await provider.create(target, { keyName: 'made', tags: {}, type: 'rsa', format: 'pem', ...request }, never);
		return 'CreateKeyPair';
	};

const finding =
	(keyName: string) =>
	async ({ provider, target }: Subject) => {
		await provider.find(target, keyName, never);
		return 'DescribeKeyPairs';
	};

const keyPair = { name: 'laptop', id: recordedId };

/** The extension's call for each recorded request; returns the operation's name. */
const calls: Readonly<Record<string, (subject: Subject) => Promise<string>>> = {
	'import RSA': importing({}),
	'import with comment': importing({ publicKey: `${rsa} me@laptop` }),
	'import ED25519': importing({ publicKey: ed25519 }),
	'import with tags': importing({ tags }),
	'import under a name with spaces': importing({ keyName: 'my key (old) + ~new*/:' }),
	'dry run of an import': importing({ dryRun: true }),
	'dry run of an import with tags': importing({ publicKey: ed25519, tags, dryRun: true }),
	'create RSA': creating({}),
	'create ED25519': creating({ type: 'ed25519' }),
	'create RSA for PuTTY': creating({ format: 'ppk' }),
	'create ED25519 for PuTTY with tags': creating({ type: 'ed25519', format: 'ppk', tags }),
	list: async ({ provider, target }) => {
		await provider.list(target, never);
		return 'DescribeKeyPairs';
	},
	find: finding('my key'),
	'find a name with wildcards': finding('a*b?c\\d'),
	'delete by id': async ({ provider, target }) => {
		await provider.delete(target, keyPair, never);
		return 'DeleteKeyPair';
	},
	'delete by name': async ({ provider, target }) => {
		await provider.delete(target, { name: 'my key' }, never);
		return 'DeleteKeyPair';
	},
	'set tags': async ({ provider, target }) => {
		await provider.changeTags(target, keyPair, { set: tags, remove: [] }, never);
		return 'CreateTags';
	},
	'remove tags': async ({ provider, target }) => {
		await provider.changeTags(target, keyPair, { set: {}, remove: Object.keys(tags) }, never);
		return 'DeleteTags';
	},
	regions: async ({ provider, target }) => {
		await provider.regions(target.profile, never);
		return 'DescribeRegions';
	},
};

/** The parameters of a form, sorted, each as it was sent. */
function parametersOf(form: string): string[] {
	return form.split('&').sort();
}

/** Python writes a space in a form as `+`, the AWS SDK for JavaScript as `%20`; a plus sign is `%2B` for both. Nothing else is spelled in two ways. */
function spelledAlike(form: string): string {
	return form.replaceAll('+', '%20');
}

describe('Requests to EC2 are those of boto3, byte for byte', () => {
	let subject: Subject;
	beforeEach(async () => {
		subject = await startSubject('ec2');
		subject.account.keyPairs('eu-west-1').add({
			id: recordedId,
			name: 'there',
			type: 'rsa',
			fingerprint: '',
			publicKey: rsa,
			createdAt: 0,
			tags: new Map(),
		});
	});
	afterEach(() => subject.close());

	for (const [name, call] of Object.entries(calls)) {
		it(name, async () => {
			const sent = subject.sent(await call(subject));
			assert.doesNotMatch(sent, /\+/);
			assert.deepEqual(parametersOf(sent), parametersOf(spelledAlike(recording.requests[name] ?? '')));
		});
	}

	it('has a call for every recorded request', () => {
		const recorded = Object.keys(recording.requests).filter((name) => !name.startsWith('lightsail '));
		assert.deepEqual(Object.keys(calls), recorded);
	});
});

describe('The recorded requests of boto3', function () {
	this.timeout(20_000);

	it('are what boto3 sends today, where that version of it is installed', () => {
		const today = recordAnew();
		if (today?.botocore === recording.botocore) assert.deepEqual(today, recording);
		else process.stdout.write(`      not recorded anew: botocore ${recording.botocore} is not installed\n`);
	});
});
