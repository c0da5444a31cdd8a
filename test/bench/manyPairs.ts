import { randomBytes } from 'node:crypto';
import { planTarget } from '../../src/domain/importPlan';
import { KeyNames } from '../../src/domain/keyIndex';
import type { KeyPair } from '../../src/domain/keyPair';
import { parsePublicKeys } from '../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../src/domain/publicKey';
import type { CloudNode } from '../../src/services/cloudKeys/keyTree';
import { RemoteKeys } from '../../src/services/cloudKeys/remoteKeys';
import { systemClock } from '../../src/services/systemClock';
import { toTreeItem } from '../../src/ui/views/cloudItems';
import { memoryLog } from '../fakes/log';
import { FakeProvider } from '../fakes/provider';
import { aProfile, fakeProviders } from '../fakes/vendors';
import { median } from './row';

/** As many as EC2 lets an account have in a region. */
const pairs = 5_000;
const localKeys = 100;
const runs = 7;

/** Milliseconds from the service's answer with 5,000 key pairs until the rows of the tree stand, each with the local key it holds, and the plan of
 * importing a key that is not among them; the median of several. Needs VS Code. */
export async function manyPairsTime(): Promise<number> {
	const locals = Array.from({ length: localKeys }, aKey);
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const answer = Array.from({ length: pairs }, (_, index) => aPair(index, locals[index] ?? aKey()));
		times.push(await timeOf(answer, locals, aKey()));
	}
	return median(times);
}

async function timeOf(answer: readonly KeyPair[], locals: readonly PublicKey[], key: PublicKey): Promise<number> {
	const profile = aProfile();
	const target = { service: 'ec2', profile: profile.name, region: 'us-east-1' } as const;
	const provider = new FakeProvider(systemClock);
	let answeredAt = 0;
	provider.next('list', () => {
		answeredAt = performance.now();
		return answer;
	});
	const providers = fakeProviders([provider]);
	const remoteKeys = new RemoteKeys(providers, systemClock, memoryLog());
	const names = new KeyNames(locals.map((local, index) => [local, `id_${index}.pub`] as const));
	const listing = await remoteKeys.list(target);
	if (listing.status !== 'listed') {
		throw new Error('Not listed');
	}
	const { keyPairs } = listing;
	const context = {
		providers,
		remoteKeys,
		now: systemClock.now(),
		describeLocalKey: (keyPair: KeyPair) => names.of(keyPair) ?? 'no local key',
		canSignIn: () => false,
		isExpired: () => false,
	};
	const items = keyPairs.map((keyPair) => {
		const node: CloudNode = { kind: 'keyPair', profile, target, keyPair };
		return toTreeItem(node, context);
	});
	const plan = planTarget(target, key, 'not-there', { kind: 'listed', keyPairs });
	const time = performance.now() - answeredAt;
	if (items.length !== pairs || plan.outcome !== 'import') {
		throw new Error(`${items.length} rows, ${plan.outcome}`);
	}
	remoteKeys.dispose();
	return time;
}

function aPair(index: number, { publicKey, fingerprints }: PublicKey): KeyPair {
	return {
		name: `key-${String(index).padStart(4, '0')}`,
		id: `key-${index.toString(16).padStart(17, '0')}`,
		type: 'ed25519',
		...(fingerprints.ec2 !== undefined && { fingerprint: fingerprints.ec2 }),
		publicKey: `${publicKey} key-${index}`,
		tags: { team: 'core' },
		createdAt: new Date(2026, 0, 1),
	};
}

/** An ED25519 key as far as its form goes: any 32 bytes will do. */
function aKey(): PublicKey {
	const text = (bytes: Buffer): Buffer => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(bytes.length);
		return Buffer.concat([length, bytes]);
	};
	const blob = Buffer.concat([text(Buffer.from('ssh-ed25519')), text(randomBytes(32))]);
	const [key] = parsePublicKeys(`ssh-ed25519 ${blob.toString('base64')}`).keys;
	if (!key) {
		throw new Error('No key');
	}
	return key;
}
