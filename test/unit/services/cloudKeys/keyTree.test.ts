import assert from 'node:assert/strict';
import type { Region } from '../../../../src/domain/profile';
import type { Target } from '../../../../src/domain/target';
import {
	arrangeRegions,
	type CloudNode,
	nodeId,
	targetNode,
	targetOf,
} from '../../../../src/services/cloudKeys/keyTree';
import type { Listing } from '../../../../src/services/cloudKeys/remoteKeys';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair } from '../../../fakes/keys';
import { aProfile, aVendor } from '../../../fakes/vendors';

const profile = aProfile();

describe('arrangeRegions', () => {
	const full: Listing = { status: 'listed', keyPairs: [aKeyPair()], at: 0 };
	const empty: Listing = { status: 'listed', keyPairs: [], at: 0 };
	const failed: Listing = { status: 'failed', failure: aFailure('unreachable') };
	const usable = (name: string): Region => ({ name, usable: true });

	/** The rows, each as its region, or as its group and the regions in it. */
	function rows(regions: readonly Region[], known: Readonly<Record<string, Listing>>) {
		const arranged = arrangeRegions(profile, 'ec2', regions, ({ region = '' }) => known[region]);
		return arranged.map((row) =>
			row.kind === 'region' ? row.target.region : `${row.group}: ${row.regions.map(({ target }) => target.region)}`,
		);
	}

	it('shows regions with key pairs, with a failure and not yet listed, in their order, and folds empty ones', () => {
		const regions = ['a', 'b', 'c', 'd', 'e'].map(usable);
		assert.deepEqual(rows(regions, { a: empty, b: failed, c: full, e: empty }), ['b', 'c', 'd', 'empty: a,e']);
	});

	it('folds the regions that are not enabled into a group of their own, at the end', () => {
		const regions: Region[] = [{ name: 'a', usable: false, reason: 'notOptedIn' }, usable('b'), usable('c')];
		assert.deepEqual(rows(regions, { b: empty, c: full }), ['c', 'empty: b', 'notEnabled: a']);
	});

	it('has no group without regions, and no row without regions at all', () => {
		assert.deepEqual(rows([usable('a')], { a: full }), ['a']);
		assert.deepEqual(rows([], {}), []);
	});

	it('says why a region can not be used, also when the service gives no reason', () => {
		const regions: Region[] = [
			{ name: 'a', usable: false, reason: 'notOptedIn' },
			{ name: 'b', usable: false },
		];
		const [group] = arrangeRegions(profile, 'ec2', regions, () => undefined);

		assert.ok(group?.kind === 'regionGroup');
		assert.deepEqual(
			group.regions.map(({ unusable }) => unusable),
			['notOptedIn', 'notOptedIn'],
		);
	});

	it('gives every row the target that it stands for', () => {
		const asked: Target[] = [];
		const [row] = arrangeRegions(profile, 'ec2', [usable('eu-west-1')], (target) => {
			asked.push(target);
			return full;
		});
		const target = { service: 'ec2', profile: 'prod', region: 'eu-west-1' };

		assert.deepEqual(row, { kind: 'region', profile, target });
		assert.deepEqual(asked, [target]);
	});
});

describe('nodeId', () => {
	/** Nodes of every kind, with names that would run into each other if they were merely joined. */
	function nodes(): CloudNode[] {
		const all: CloudNode[] = [
			{ kind: 'vendorFailure', vendor: aVendor(), failure: aFailure('configuration') },
			{ kind: 'vendorFailure', vendor: aVendor({ vendor: 'alibaba' }), failure: aFailure('configuration') },
			{ kind: 'profile', profile: aProfile({ vendor: 'alibaba', name: 'prod' }) },
		];
		for (const name of ['prod', 'prod/us-east-1', 'prod us', 'prod%20us', 'empty', '']) {
			const owner = aProfile({ name });
			all.push({ kind: 'profile', profile: owner });
			for (const service of ['ec2', 'lightsail'] as const) {
				const whole = { service, profile: name };
				all.push({ kind: 'service', profile: owner, service });
				all.push({ kind: 'failure', profile: owner, target: whole, failure: aFailure('unknown') });
				for (const group of ['empty', 'notEnabled'] as const) {
					all.push({ kind: 'regionGroup', group, profile: owner, service, regions: [] });
				}
				for (const region of ['us-east-1', 'eu-west-1']) {
					const target = { ...whole, region };
					all.push({ kind: 'region', profile: owner, target });
					all.push({ kind: 'failure', profile: owner, target, failure: aFailure('unknown') });
					for (const keyName of ['mel', 'a/b', 'a%2Fb', 'us-east-1/mel']) {
						all.push({ kind: 'keyPair', profile: owner, target, keyPair: aKeyPair({ name: keyName }) });
					}
				}
			}
		}
		return all;
	}

	it('is different for different nodes', () => {
		const ids = nodes().map(nodeId);
		assert.equal(new Set(ids).size, ids.length);
	});

	it('is the same for the same node made anew, whatever has become known of it', () => {
		const target = { service: 'ec2', profile: 'prod', region: 'us-east-1' } as const;
		const same: readonly [CloudNode, CloudNode][] = [
			[
				{ kind: 'profile', profile },
				{ kind: 'profile', profile: aProfile({ region: 'eu-west-1', kind: 'sso' }) },
			],
			[
				{ kind: 'region', profile, target },
				{ kind: 'region', profile, target: { ...target }, unusable: 'notOptedIn' },
			],
			[
				{ kind: 'regionGroup', group: 'empty', profile, service: 'ec2', regions: [] },
				{
					kind: 'regionGroup',
					group: 'empty',
					profile,
					service: 'ec2',
					regions: [{ kind: 'region', profile, target }],
				},
			],
			[
				{ kind: 'keyPair', profile, target, keyPair: aKeyPair() },
				{ kind: 'keyPair', profile, target, keyPair: aKeyPair({ id: 'key-other', tags: { team: 'core' } }) },
			],
			[
				{ kind: 'failure', profile, target, failure: aFailure('unreachable') },
				{ kind: 'failure', profile, target, failure: aFailure('throttled') },
			],
		];
		for (const [one, other] of same) {
			assert.equal(nodeId(one), nodeId(other));
		}
	});

	it('holds nothing but names of things', () => {
		const target = { service: 'ec2', profile: 'prod', region: 'us-east-1' } as const;
		const keyPair = aKeyPair({ name: 'deploy key' });
		assert.equal(nodeId({ kind: 'keyPair', profile, target, keyPair }), 'keyPair/ec2/prod/us-east-1/deploy%20key');
	});
});

describe('targetOf', () => {
	const hasRegions = (service: string): boolean => service !== 'ens';
	const target: Target = { service: 'ec2', profile: 'prod', region: 'eu-west-1' };
	const whole: Target = { service: 'ens', profile: 'prod' };
	const failure = aFailure('unreachable');

	it('is that of a region, of its key pairs and of what went wrong there', () => {
		for (const node of [
			{ kind: 'region', profile, target },
			{ kind: 'keyPair', profile, target, keyPair: aKeyPair() },
			{ kind: 'failure', profile, target, failure },
		] as const) {
			assert.deepEqual(targetOf(node, hasRegions), target);
		}
	});

	it('is that of a service without regions, of its key pairs and of what went wrong there', () => {
		for (const node of [
			{ kind: 'service', profile, service: 'ens' },
			{ kind: 'keyPair', profile, target: whole, keyPair: aKeyPair() },
			{ kind: 'failure', profile, target: whole, failure },
		] as const) {
			assert.deepEqual(targetOf(node, hasRegions), whole);
		}
	});

	it('is none for rows of several targets', () => {
		for (const node of [
			{ kind: 'profile', profile },
			{ kind: 'service', profile, service: 'ec2' },
			{ kind: 'failure', profile, target: { service: 'ec2', profile: 'prod' }, failure },
			{ kind: 'regionGroup', profile, service: 'ec2', group: 'empty', regions: [] },
		] as const) {
			assert.equal(targetOf(node, hasRegions), undefined);
		}
	});

	it('leads back to the row that stands for the target', () => {
		assert.deepEqual(targetNode(profile, target), { kind: 'region', profile, target });
		assert.deepEqual(targetNode(profile, whole), { kind: 'service', profile, service: 'ens' });
	});
});
