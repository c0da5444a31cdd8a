import assert from 'node:assert/strict';
import { ed25519, recording, rsa, type Subject, startSubject } from './requests';

const never = new AbortController().signal;
const tags = { team: 'platform', empty: '', 'key with spaces': 'ü 漢字 +-=._:/@' };
const keyPair = { name: 'laptop' };

const importing =
	(publicKey: string) =>
	async ({ provider, target }: Subject) => {
		await provider.import(target, { keyName: 'laptop', publicKey, tags: {}, dryRun: false }, never);
		return 'ImportKeyPair';
	};

const creating =
	(ownTags: Readonly<Record<string, string>>) =>
	async ({ provider, target }: Subject) => {
		await provider.create(target, { keyName: 'made', tags: ownTags, type: 'rsa', format: 'pem' }, never);
		return 'CreateKeyPair';
	};

/** The extension's call for each recorded request; returns the operation's name. */
const calls: Readonly<Record<string, (subject: Subject) => Promise<string>>> = {
	'lightsail import RSA': importing(rsa),
	'lightsail import ED25519 with comment': importing(`${ed25519} me@laptop`),
	'lightsail create': creating({}),
	'lightsail create with tags': creating(tags),
	'lightsail find': async ({ provider, target }) => {
		await provider.find(target, 'laptop', never);
		return 'GetKeyPair';
	},
	'lightsail list': async ({ provider, target }) => {
		await provider.list(target, never);
		return 'GetKeyPairs';
	},
	'lightsail delete': async (subject) => {
		await existing(subject);
		await subject.provider.delete(subject.target, keyPair, never);
		return 'DeleteKeyPair';
	},
	'lightsail set tags': async (subject) => {
		await existing(subject);
		await subject.provider.changeTags(subject.target, keyPair, { set: tags, remove: [] }, never);
		return 'TagResource';
	},
	'lightsail remove tags': async (subject) => {
		await existing(subject);
		await subject.provider.changeTags(subject.target, keyPair, { set: {}, remove: Object.keys(tags) }, never);
		return 'UntagResource';
	},
	'lightsail regions': async ({ provider, target }) => {
		await provider.regions(target.profile, never);
		return 'GetRegions';
	},
};

/** Puts a key pair there and forgets the requests that it took. */
async function existing(subject: Subject): Promise<void> {
	await importing(rsa)(subject);
	subject.emulator.requests.clear();
}

/** JSON with the members of every object sorted and nothing between: boto3 writes spaces after commas and colons, and escapes what is not ASCII. */
function canonical(body: string): string {
	return JSON.stringify(JSON.parse(body), (_, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value,
	);
}

describe('Requests to Lightsail are those of boto3, with members sorted', () => {
	let subject: Subject;
	beforeEach(async () => {
		subject = await startSubject('lightsail');
	});
	afterEach(() => subject.close());

	for (const [name, call] of Object.entries(calls)) {
		it(name, async () => {
			const sent = subject.sent(await call(subject));
			assert.equal(canonical(sent), canonical(recording.requests[name] ?? ''));
		});
	}

	it('has a call for every recorded request', () => {
		const recorded = Object.keys(recording.requests).filter((name) => name.startsWith('lightsail '));
		assert.deepEqual(Object.keys(calls), recorded);
	});
});
