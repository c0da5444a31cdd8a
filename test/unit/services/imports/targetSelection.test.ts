import assert from 'node:assert/strict';
import { allRegions } from '../../../../src/domain/targetSets';
import type { TargetGroup } from '../../../../src/services/imports/targetCatalog';
import { TargetSelection } from '../../../../src/services/imports/targetSelection';
import { aFailure } from '../../../fakes/failures';
import { aProfile, aServiceManifest } from '../../../fakes/vendors';

const manifest = aServiceManifest();

function aGroup(profile: string, regions: readonly string[], overrides: Partial<TargetGroup> = {}): TargetGroup {
	return {
		id: `ec2/${profile}/`,
		profile: aProfile({ name: profile }),
		manifest,
		state: 'whole',
		targets: regions.map((region) => ({ target: at(profile, region), isOwn: false })),
		...overrides,
	};
}

function at(profile: string, region: string) {
	return { service: 'ec2', profile, region } as const;
}

describe('TargetSelection', () => {
	let groups: TargetGroup[];
	let selection: TargetSelection;
	const [prod, dev] = [0, 1].map((index) => () => groups[index] ?? aGroup('none', [])) as [
		() => TargetGroup,
		() => TargetGroup,
	];

	beforeEach(() => {
		groups = [aGroup('prod', ['us-east-1', 'eu-west-1']), aGroup('dev', ['us-east-1'])];
		selection = new TargetSelection(() => groups);
	});

	it('has single targets, in the order of the catalog', () => {
		selection.setTarget(at('dev', 'us-east-1'), true);
		selection.setTarget(at('prod', 'eu-west-1'), true);
		assert.deepEqual(selection.targets(), [at('prod', 'eu-west-1'), at('dev', 'us-east-1')]);
		selection.setTarget(at('dev', 'us-east-1'), false);
		assert.deepEqual(selection.targets(), [at('prod', 'eu-west-1')]);
	});

	it('has all of a group that is chosen, and the group no more when one of it is let go', () => {
		selection.setGroup(prod(), true);
		assert.deepEqual(selection.targets(), [at('prod', 'us-east-1'), at('prod', 'eu-west-1')]);
		assert.ok(selection.hasAll(prod()));
		selection.setTarget(at('prod', 'us-east-1'), false);
		assert.ok(!selection.hasAll(prod()));
		assert.deepEqual(selection.targets(), [at('prod', 'eu-west-1')]);
		selection.setTarget(at('prod', 'us-east-1'), true);
		assert.ok(selection.hasAll(prod()));
		selection.setGroup(prod(), false);
		assert.equal(selection.count, 0);
	});

	it('has what is listed later of a group that is chosen, and waits for it', () => {
		groups[0] = aGroup('prod', ['us-east-1'], { state: 'asking' });
		selection.setGroup(prod(), true);
		assert.deepEqual(
			selection.awaits.map(({ id }) => id),
			[prod().id],
		);
		groups[0] = aGroup('prod', ['us-east-1', 'eu-west-1', 'eu-west-2']);
		selection.settle();
		assert.equal(selection.count, 3);
		assert.deepEqual(selection.awaits, []);
	});

	it('lets go of what turns out not to be possible', () => {
		selection.setTarget(at('prod', 'us-east-1'), true);
		selection.setTarget(at('prod', 'mars-1'), true);
		assert.deepEqual(selection.targets(), [at('prod', 'us-east-1')]);
		selection.setGroup(prod(), true);
		groups[0] = aGroup('prod', ['us-east-1'], { state: 'failed', failure: aFailure('signInExpired') });
		selection.settle();
		assert.equal(selection.count, 0);
		assert.deepEqual(selection.awaits, []);
	});

	it('takes no target that the account has not enabled', () => {
		const off = { target: at('prod', 'ap-east-1'), isOwn: false, refusal: 'notOptedIn' } as const;
		groups[0] = aGroup('prod', ['us-east-1'], { targets: [...aGroup('prod', ['us-east-1']).targets, off] });
		selection.setGroup(prod(), true);
		selection.setTarget(off.target, true);
		assert.deepEqual(selection.targets(), [at('prod', 'us-east-1')]);
	});

	it('takes a set in and out as a whole, and knows when all that there is of it is chosen', () => {
		const patterns = [
			{ service: 'ec2', profile: 'prod', region: allRegions },
			at('dev', 'us-east-1'),
			at('gone', 'us-east-1'),
			at('dev', 'mars-1'),
		] as const;
		assert.ok(!selection.hasPatterns(patterns));
		selection.setPatterns(patterns, true);
		assert.equal(selection.count, 3);
		assert.ok(selection.hasPatterns(patterns));
		assert.ok(!selection.hasPatterns([at('gone', 'us-east-1')]));
		selection.setTarget(at('dev', 'us-east-1'), false);
		assert.ok(!selection.hasPatterns(patterns));
		selection.setPatterns(patterns, false);
		assert.equal(selection.count, 0);
	});

	it('is kept in short: a whole group of several is one pattern', () => {
		selection.setGroup(prod(), true);
		selection.setTarget(at('dev', 'us-east-1'), true);
		assert.deepEqual(selection.patterns(), [
			{ service: 'ec2', profile: 'prod', region: allRegions },
			at('dev', 'us-east-1'),
		]);
		assert.ok(selection.hasAll(dev()));
	});

	it('keeps a group that is chosen as a whole before it is listed', () => {
		groups[0] = aGroup('prod', ['us-east-1'], { state: 'notAsked' });
		selection.setPatterns([{ service: 'ec2', profile: 'prod', region: allRegions }], true);
		assert.deepEqual(selection.patterns(), [{ service: 'ec2', profile: 'prod', region: allRegions }]);
	});
});
