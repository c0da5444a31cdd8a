import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	decide,
	type Known,
	keyPairIdentity,
	type PlanDecisions,
	planTarget,
	type TargetPlan,
} from '../../../src/domain/importPlan';
import type { KeyPair } from '../../../src/domain/keyPair';
import { holdsKey } from '../../../src/domain/matching';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../../src/domain/publicKey';
import { type Target, targetId } from '../../../src/domain/target';
import { vector, vectors } from './vectors';

function keyOf(line: string): PublicKey {
	const [key] = parsePublicKeys(line).keys;
	assert.ok(key);
	return key;
}

const key = keyOf(vector('rsa-2048').line);
const other = keyOf(vector('rsa-4096').line);
/** Of an RSA key that EC2 created: it digests the private key. */
const CREATED = 'aa:e5:0b:95:d9:f7:75:38:1f:85:61:00:54:e4:49:c6:d2:6c:db:95';
const target: Target = { service: 'ec2', profile: 'prod', region: 'us-east-1' };
const listed = (...keyPairs: readonly KeyPair[]): Known<string, string> => ({ kind: 'listed', keyPairs });

describe('planTarget', () => {
	const same = { name: 'same', publicKey: key.publicKey };
	const another = { name: 'another', publicKey: other.publicKey };
	const created = { name: 'created', fingerprint: CREATED };
	const plan = (name: string, known: Known<string, string>) => planTarget(target, key, name, known);

	it('imports where neither the name nor the key is there', () => {
		assert.deepEqual(plan('new', listed()), { target, outcome: 'import' });
		assert.deepEqual(plan('new', listed(another, created)), { target, outcome: 'import' });
	});

	it('has nothing to do where the key has the name', () => {
		assert.deepEqual(plan('same', listed(another, same)), { target, outcome: 'alreadyThere', existing: same });
	});

	it('says under which name the key is there already', () => {
		const expected = { target, outcome: 'alreadyThereUnderOtherName', existing: same };
		assert.deepEqual(plan('new', listed(another, same, created)), expected);
	});

	it('says that the name is taken, and whether it is certain that it is by another key', () => {
		const taken = { target, outcome: 'nameTaken' };
		assert.deepEqual(plan('another', listed(another)), { ...taken, existing: another, held: 'different' });
		assert.deepEqual(plan('created', listed(created)), { ...taken, existing: created, held: 'unknown' });
	});

	it('says why it is not possible, and why it is not known', () => {
		const impossible = plan('new', { kind: 'impossible', reason: 'refused' });
		assert.deepEqual(impossible, { target, outcome: 'notPossible', reason: 'refused' });
		const failed = plan('new', { kind: 'unknown', failure: 'down' });
		assert.deepEqual(failed, { target, outcome: 'unknown', failure: 'down' });
		assert.deepEqual(plan('new', { kind: 'unknown' }), { target, outcome: 'unknown' });
	});

	it('comes to what comparing each key pair with the key comes to, however services spell fingerprints', () => {
		fc.assert(
			fc.property(keyPairs, names, fc.constantFrom(...keys), (existing, name, imported) => {
				const unique = [...new Map(existing.map((keyPair) => [keyPair.name, keyPair])).values()];
				const known = listed(...unique);
				const named = unique.find((keyPair) => keyPair.name === name);
				const held = named && holdsKey(named, imported);
				const holder = unique.find((keyPair) => holdsKey(keyPair, imported) === 'same');
				const planned = planTarget(target, imported, name, known);
				if (named) {
					assert.equal(planned.outcome, held === 'same' ? 'alreadyThere' : 'nameTaken');
				} else {
					assert.equal(planned.outcome, holder ? 'alreadyThereUnderOtherName' : 'import');
				}
				assert.equal('existing' in planned ? planned.existing : undefined, named ?? holder);
			}),
		);
	});
});

describe('decide', () => {
	it('leaves out what was dropped, and what is not possible', () => {
		fc.assert(
			fc.property(plans, decisions, (plan, decided) => {
				const dropped = { ...decided, dropped: new Set([targetId(target)]) };
				assert.deepEqual(decide(plan, dropped), { target, does: 'leave' });
				assert.equal(decide({ target, outcome: 'notPossible', reason: '' }, decided).does, 'leave');
			}),
		);
	});

	it('deletes nothing unless exactly that key pair was agreed to, for a name that is taken', () => {
		fc.assert(
			fc.property(plans, decisions, (plan, decided) => {
				const { does, replaces } = decide(plan, decided);
				if (replaces !== undefined) {
					assert.equal(does, 'change');
					assert.equal(decided.whenTaken, 'replace');
					assert.ok(plan.outcome === 'nameTaken' && keyPairIdentity(plan.existing) === replaces);
					assert.equal(decided.agreed.get(targetId(target)), replaces);
				}
			}),
		);
	});

	it('touches a taken name only as it was chosen, and every other target as planned', () => {
		fc.assert(
			fc.property(plans, decisions, (plan, decided) => {
				const { does, keyName } = decide(plan, { ...decided, dropped: new Set() });
				switch (plan.outcome) {
					case 'alreadyThere':
						assert.equal(does, 'keep');
						break;
					case 'notPossible':
						assert.equal(does, 'leave');
						break;
					case 'nameTaken':
						assert.equal(keyName, decided.whenTaken === 'otherName' ? decided.otherName : undefined);
						assert.ok(decided.whenTaken !== 'skip' || does === 'leave');
						break;
					default:
						assert.equal(does, 'change');
				}
			}),
		);
	});
});

describe('a plan of many targets', () => {
	const pairs = 50;
	const targets = Array.from({ length: 133 }, (_, at): Target => ({ ...target, region: `region-${at}` }));
	const listing = (at: number): readonly KeyPair[] =>
		Array.from({ length: pairs }, (_, number) => ({
			name: `pair-${at}-${number}`,
			id: 'key-0123456789abcdef0',
			publicKey: `${key.publicKey.slice(0, 60)}${String(number).padStart(8, '0')}${key.publicKey.slice(68)}`,
		}));

	// What it takes is measured in the benchmark.
	it('looks at each key pair once or twice, however many names are tried', () => {
		let reads = 0;
		const counted = (keyPairs: readonly KeyPair[]): readonly KeyPair[] =>
			new Proxy(keyPairs, {
				get(list, field) {
					reads += typeof field === 'string' && /^\d+$/.test(field) ? 1 : 0;
					return Reflect.get(list, field);
				},
			});
		const known = targets.map((_, at): Known<string, string> => ({ kind: 'listed', keyPairs: counted(listing(at)) }));
		const planAll = (name: string) =>
			targets.map((one, at) => planTarget(one, key, name, known[at] ?? listed()).outcome);
		assert.deepEqual(new Set(planAll('mel')), new Set(['import']));
		const atFirst = reads;
		assert.ok(atFirst <= 2 * targets.length * pairs, `${atFirst} reads`);
		assert.equal(planAll(`pair-7-${pairs - 1}`).indexOf('nameTaken'), 7);
		for (const name of ['pair-1-1', 'x', 'pair-9-17', 'y', 'z']) {
			planAll(name);
		}
		assert.equal(reads, atFirst);
	});
});

const keys = vectors.flatMap(({ line }) => parsePublicKeys(line).keys).slice(0, 12);
const names = fc.constantFrom('a', 'b', 'c', 'd');

/** Every spelling in which a service is known to show a fingerprint, or thought to. */
function spellings({ fingerprints: { sha256, md5, ec2 = md5 } }: PublicKey): readonly string[] {
	const hex = md5.slice('MD5:'.length).replaceAll(':', '');
	const base64 = sha256.slice('SHA256:'.length);
	return [sha256, base64, `${base64}=`, md5, md5.slice('MD5:'.length), hex, hex.toUpperCase(), ec2];
}

const keyPairs: fc.Arbitrary<readonly KeyPair[]> = fc.array(
	fc
		.tuple(names, fc.constantFrom(...keys), fc.nat(7), fc.constantFrom('key', 'fingerprint', 'created', 'nothing'))
		.map(([name, held, spelling, tells]): KeyPair => {
			switch (tells) {
				case 'key':
					return { name, id: `id-${name}`, publicKey: `${held.publicKey} ${name}\n` };
				case 'fingerprint':
					return { name, fingerprint: spellings(held)[spelling] ?? '' };
				case 'created':
					return { name, fingerprint: CREATED };
				default:
					return { name };
			}
		}),
	{ maxLength: 6 },
);

const plans: fc.Arbitrary<TargetPlan<string, string>> = fc
	.tuple(
		keyPairs,
		names,
		fc.constantFrom(...keys),
		fc.constantFrom('listed', 'listed', 'listed', 'impossible', 'unknown'),
	)
	.map(([existing, name, imported, kind]) => {
		const unique = [...new Map(existing.map((keyPair) => [keyPair.name, keyPair])).values()];
		const known: Known<string, string> =
			kind === 'listed' ? listed(...unique) : kind === 'unknown' ? { kind } : { kind: 'impossible', reason: 'r' };
		return planTarget(target, imported, name, known);
	});

const decisions: fc.Arbitrary<PlanDecisions> = fc
	.record({
		whenTaken: fc.constantFrom('skip', 'otherName', 'replace'),
		otherName: fc.constantFrom(undefined, 'other'),
		agreed: fc.constantFrom(undefined, 'id-a', 'id-b', CREATED),
	})
	.map(({ whenTaken, otherName, agreed }) => ({
		whenTaken,
		...(otherName !== undefined && { otherName }),
		agreed: new Map(agreed === undefined ? [] : [[targetId(target), agreed]]),
		dropped: new Set<string>(),
	}));
