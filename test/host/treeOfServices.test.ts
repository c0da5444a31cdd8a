import assert from 'node:assert/strict';
import { MarkdownString, TreeItem } from 'vscode';
import { fingerprintCandidates } from '../../src/domain/fingerprint';
import type { KeyPair } from '../../src/domain/keyPair';
import type { Target } from '../../src/domain/target';
import { ensRules } from '../../src/providers/alibaba/rules';
import type { VendorManifest } from '../../src/providers/contract';
import { RemoteKeys } from '../../src/services/cloudKeys/remoteKeys';
import type { AgentKeys } from '../../src/services/localKeys/agentKeys';
import { LocalKeys } from '../../src/services/localKeys/localKeys';
import { Profiles } from '../../src/services/profiles/profiles';
import { deletePair } from '../../src/ui/commands/delete';
import { refresh } from '../../src/ui/commands/refresh';
import { keyPairOf, profileOf } from '../../src/ui/commands/targets';
import type { Services } from '../../src/ui/services';
import type { SignIn } from '../../src/ui/signIn';
import { CloudKeysTree } from '../../src/ui/views/cloudKeysTree';
import { FakeClock } from '../fakes/clock';
import { aFailure } from '../fakes/failures';
import { MemoryFiles } from '../fakes/files';
import { aKeyPair, aPublicKey, keyLines } from '../fakes/keys';
import { memoryLog } from '../fakes/log';
import { FakeProvider, gate, refuses } from '../fakes/provider';
import { anEnvironment, aProfile, aServiceManifest, aVendor, fakeProviders } from '../fakes/vendors';
import { answerDialogs } from './support/dialogs';
import { eventually } from './support/eventually';
import { rowAt, rowsOf } from './support/rows';

const ens: Target = { service: 'ens', profile: 'hangzhou' };
const ecs: Target = { service: 'ecs', profile: 'hangzhou', region: 'us-east-1' };

/** A vendor of two services: one with regions, one without. */
function aVendorOfTwo(): VendorManifest {
	const { capabilities } = aServiceManifest();
	return aVendor({
		vendor: 'alibaba',
		label: 'Alibaba Cloud',
		services: [
			aServiceManifest({ service: 'ecs', vendor: 'alibaba', label: 'ECS' }),
			aServiceManifest({
				service: 'ens',
				vendor: 'alibaba',
				label: 'ENS',
				rules: ensRules,
				capabilities: {
					...capabilities,
					dryRun: false,
					tags: false,
					regions: false,
					publicKeyReadable: false,
					create: { types: ['rsa'], formats: ['pem'] },
				},
			}),
		],
		profiles: async () => [
			aProfile({ vendor: 'alibaba', name: 'hangzhou', region: 'us-east-1' }),
			aProfile({ vendor: 'alibaba', name: 'broken', kind: 'broken' }),
		],
	});
}

describe('the tree of a vendor with several services', () => {
	let clock: FakeClock;
	let ensProvider: FakeProvider;
	let ecsProvider: FakeProvider;
	let services: Services;
	let tree: CloudKeysTree;
	let redrawn: (string | undefined)[];

	beforeEach(() => {
		clock = new FakeClock();
		ensProvider = new FakeProvider(clock, { service: 'ens' });
		ecsProvider = new FakeProvider(clock, { service: 'ecs' });
		const providers = fakeProviders([ensProvider, ecsProvider], [aVendorOfTwo()]);
		const log = memoryLog();
		const files = new MemoryFiles({ 'file:///home/mel/.ssh/deploy.pub': `${keyLines.deploy}\n` });
		const quiet = { dispose: () => {} };
		services = {
			log,
			clock,
			files,
			providers,
			environment: anEnvironment,
			profiles: new Profiles(providers, anEnvironment, () => quiet),
			remoteKeys: new RemoteKeys(providers, clock, log),
			localKeys: new LocalKeys(files, {
				folders: () => ['file:///home/mel/.ssh'],
				workspaceFiles: async () => [],
				watch: () => quiet,
			}),
			agentKeys: { all: async () => ({ keys: [] }), onDidChange: () => quiet } as Pick<
				AgentKeys,
				'all' | 'onDidChange'
			> as AgentKeys,
		} as Partial<Services> as Services;
		tree = new CloudKeysTree(services, { isPossible: () => false } as Partial<SignIn> as SignIn);
		redrawn = [];
		tree.onDidChangeTreeData((node) => redrawn.push(node && String(tree.getTreeItem(node).label)));
	});
	afterEach(() => tree.dispose());

	const row = (...labels: readonly string[]) => rowAt(tree, ...labels);
	const below = async (...labels: readonly string[]) => rowsOf(tree, await row(...labels));

	it('asks nobody before a row is opened, and then only that one', async () => {
		await below('hangzhou');
		assert.deepEqual([...ensProvider.calls, ...ecsProvider.calls], []);
		await below('hangzhou', 'ENS');
		assert.deepEqual(ensProvider.calls, ['list hangzhou']);
		assert.deepEqual(ecsProvider.calls, []);
	});

	it('shows the key pairs of a service without regions directly below it', async () => {
		ensProvider.put(ens, ensPair('deploy', fingerprintOf(keyLines.deploy)), ensPair('other', '0'.repeat(32)));
		const [deploy, other, ...more] = await below('hangzhou', 'ENS');
		assert.deepEqual(more, []);
		assert.deepEqual([deploy?.label, other?.label], ['deploy', 'other']);
		// By a digest of its key; of one that says nothing it is not said that there is no local key.
		assert.equal(deploy?.description, 'deploy.pub');
		assert.equal(other?.description, '');
		assert.deepEqual(deploy?.flags, ['keyPair', 'canCopyFingerprint', 'canCompare', 'canDelete']);
		assert.equal(services.remoteKeys.holders(aPublicKey(keyLines.deploy)).length, 1);
	});

	it('says on its row what it holds, how old that is, and what it can not do', async () => {
		ensProvider.put(ens, ensPair('deploy'), ensPair('other'));
		assert.equal((await row('hangzhou', 'ENS')).description, '');
		await below('hangzhou', 'ENS');
		clock.time += 4 * 60_000;
		const found = await row('hangzhou', 'ENS');
		assert.match(found.description, /^2 · 4 min/);
		assert.match(found.spoken, /^ENS, 2 key pairs, .*No regions\. No tags\./);
		assert.match(found.tooltip, /No regions\. No tags\. .*RSA only\./);
		assert.deepEqual(found.flags, ['service', 'canImport', 'canCreate', 'canRefresh']);
		const other = await row('hangzhou', 'ECS');
		assert.equal(other.tooltip, 'ECS');
		assert.deepEqual(other.flags, ['service', 'canCreate', 'canRefresh']);
	});

	it('shows that it is loading, and is drawn anew when the answer is there', async () => {
		const held = gate();
		ensProvider.next('list', held.waits);
		const service = await row('hangzhou', 'ENS');
		const loading = rowsOf(tree, service);
		await eventually(async () => {
			const { description, icon } = await row('hangzhou', 'ENS');
			assert.deepEqual([description, icon], ['loading…', 'loading~spin']);
		});
		held.open();
		assert.deepEqual(await loading, []);
		await eventually(() => assert.ok(redrawn.includes('ENS')));
		assert.ok(!redrawn.includes(undefined) && !redrawn.includes('hangzhou'));
	});

	it('lets one service fail without hiding another', async () => {
		ensProvider.next('list', refuses(aFailure('notPermitted', { action: 'ens:DescribeKeyPairs' })));
		ecsProvider.put(ecs, aKeyPair({ name: 'deploy' }, aPublicKey(keyLines.deploy)));
		const [failure, ...others] = await below('hangzhou', 'ENS');
		assert.deepEqual(others, []);
		assert.equal(failure?.icon, 'error');
		assert.match(failure?.label ?? '', /ens:DescribeKeyPairs/);
		const service = await row('hangzhou', 'ENS');
		assert.equal(service.icon, 'error');
		assert.match(service.tooltip, /No regions\..*\n.*ens:DescribeKeyPairs/s);
		const [deploy] = await below('hangzhou', 'ECS', 'us-east-1');
		assert.equal(deploy?.description, 'RSA · deploy.pub');
		assert.deepEqual(tree.getParent(failure?.node as never), {
			kind: 'service',
			profile: await profile(),
			service: 'ens',
		});
	});

	it('is mended by a refresh of the service, of the failure below it, or of its profile', async () => {
		for (const labels of [['hangzhou', 'ENS'], ['hangzhou']]) {
			ensProvider.next('list', refuses(aFailure('unreachable')));
			await refresh((await row('hangzhou', 'ENS')).node, services);
			const [failure] = await below('hangzhou', 'ENS');
			assert.equal(failure?.icon, 'error');
			await refresh((await row(...labels)).node, services);
			assert.deepEqual(await below('hangzhou', 'ENS'), []);
		}
		ensProvider.next('list', refuses(aFailure('unreachable')));
		await refresh((await row('hangzhou', 'ENS')).node, services);
		const [failure] = await below('hangzhou', 'ENS');
		await refresh(failure?.node, services);
		assert.deepEqual(await below('hangzhou', 'ENS'), []);
	});

	it('says on the profile that its sign-in has expired, whichever service found out, and takes it back', async () => {
		ensProvider.next('list', refuses(aFailure('signInExpired')));
		await row('hangzhou');
		await below('hangzhou', 'ENS');
		await eventually(() => assert.ok(redrawn.includes('hangzhou')));
		assert.match((await row('hangzhou')).description, /expired/);
		redrawn.length = 0;
		await refresh((await row('hangzhou', 'ENS')).node, services);
		await eventually(() => assert.ok(redrawn.includes('hangzhou')));
		assert.ok(!/expired/.test((await row('hangzhou')).description));
	});

	it('finds the row of a key pair, and the rows above it', async () => {
		ensProvider.put(ens, ensPair('deploy'));
		const node = await tree.find(ens, 'deploy');
		assert.ok(node);
		const parent = tree.getParent(node);
		assert.deepEqual(parent, { kind: 'service', profile: await profile(), service: 'ens' });
		assert.deepEqual(ecsProvider.calls, []);
		assert.equal(await tree.find(ens, 'gone'), undefined);
	});

	it('shows the default key pair as such, and resource group and tags in the tooltip', async () => {
		ensProvider.put(
			ens,
			aKeyPair({ name: 'own', isDefault: true, resourceGroupId: 'rg-1', tags: { Owner: 'mel' }, type: undefined }),
		);
		const [own] = await below('hangzhou', 'ENS');
		assert.match(own?.description ?? '', /^default key pair/);
		const item = tree.resolveTreeItem(new TreeItem(''), own?.node as never);
		assert.ok(item.tooltip instanceof MarkdownString);
		const text = item.tooltip.value.replaceAll('\\', '').replaceAll('&nbsp;', ' ');
		for (const part of ['hangzhou · ENS', 'rg-1', 'Owner=mel', 'ENS made it by itself']) {
			assert.ok(text.includes(part), `${part} in ${text}`);
		}
	});

	it('offers to create with every profile that can work, and nothing with others', async () => {
		assert.ok((await row('hangzhou')).flags.includes('canCreate'));
		assert.ok(!(await row('broken')).flags.includes('canCreate'));
	});

	it('deletes a key pair of a service without regions, with its row', async () => {
		ensProvider.put(ens, ensPair('deploy'), ensPair('other'));
		const deploy = await row('hangzhou', 'ENS', 'deploy');
		const dialogs = answerDialogs('Delete');
		try {
			const history = { record: async () => {} } as never;
			assert.equal((await deletePair(deploy.node, { services, history }))?.status, 'deleted');
			assert.equal(dialogs.asked[0]?.text, 'Delete deploy from hangzhou · ENS?');
		} finally {
			dialogs.stop();
		}
		assert.deepEqual(
			(await below('hangzhou', 'ENS')).map(({ label }) => label),
			['other'],
		);
	});

	it('takes arguments for every service: a region where there are some, none elsewhere', async () => {
		assert.deepEqual(keyPairOf({ target: ens, keyName: 'x' }, services.providers).target, ens);
		assert.deepEqual(keyPairOf({ target: ecs, keyName: 'x' }, services.providers).target, ecs);
		assert.throws(() => keyPairOf({ target: { ...ens, region: 'x' }, keyName: 'x' }, services.providers));
		assert.throws(() => keyPairOf({ target: { ...ecs, region: undefined }, keyName: 'x' }, services.providers));
		assert.throws(() => keyPairOf({ target: { ...ecs, service: 's3' }, keyName: 'x' }, services.providers));
		assert.equal((await profileOf({ profile: 'hangzhou' }, services)).vendor, 'alibaba');
		await assert.rejects(profileOf({ profile: 'hangzhou', service: 'ec2' }, services));
	});

	it('has 5,000 key pairs as rows within 300 ms of the answer', async () => {
		const key = aPublicKey(keyLines.deploy);
		const [type = '', body = ''] = key.publicKey.split(' ');
		const blob = Buffer.from(body, 'base64');
		const many = Array.from({ length: 5000 }, (_, index) => {
			blob.writeUInt32BE(index, blob.length - 4);
			const publicKey = `${type} ${blob.toString('base64')} key-${index}`;
			return { ...aKeyPair({ name: `key-${index}`, id: `key-${index}`, publicKey }), type: 'rsa' };
		});
		// Read beforehand, as they are when a view has been open.
		await services.localKeys.all();
		for (const keyPairs of [many, many.map(({ publicKey: _, ...rest }) => rest)]) {
			let answeredAt = 0;
			ensProvider.next('list', () => {
				answeredAt = performance.now();
				return keyPairs;
			});
			const service = await row('hangzhou', 'ENS');
			await services.remoteKeys.reload(ens);
			const nodes = await tree.getChildren(service.node as never);
			const items = nodes.map((node) => tree.getTreeItem(node));
			const took = performance.now() - answeredAt;
			assert.equal(items.length, 5000);
			assert.ok(took < 300, `${Math.round(took)} ms`);
		}
	});

	async function profile() {
		const found = await services.profiles.find('hangzhou', 'ens');
		assert.ok(found);
		return found;
	}
});

/** As ENS tells of a key pair: a fingerprint of bare hex, and no key. */
function ensPair(name: string, fingerprint = '89f0ba62acb8aae1615efd8169866d6b'): KeyPair {
	return { name, id: `ssh-${name}`, fingerprint };
}

/** One of the digests that a service may show. */
function fingerprintOf(line: string): string {
	const found = fingerprintCandidates(aPublicKey(line)).find(({ digest, over }) => digest === 'md5' && over === 'blob');
	assert.ok(found);
	return found.hex;
}
