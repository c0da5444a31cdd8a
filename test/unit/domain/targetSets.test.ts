import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	allRegions,
	parseTargetSet,
	parseTargetText,
	type TargetPattern,
	toTargetText,
} from '../../../src/domain/targetSets';

const hasRegions = (service: string): boolean | undefined => ({ ec2: true, ecs: true, ens: false })[service];

describe('the texts of target sets', () => {
	for (const [text, pattern] of [
		['ec2/prod/us-east-1', { service: 'ec2', profile: 'prod', region: 'us-east-1' }],
		[' ec2/prod/* ', { service: 'ec2', profile: 'prod', region: allRegions }],
		['ens/hangzhou', { service: 'ens', profile: 'hangzhou' }],
		['ec2/team/a/b/eu-west-1', { service: 'ec2', profile: 'team/a/b', region: 'eu-west-1' }],
		['ens/team/a', { service: 'ens', profile: 'team/a' }],
	] as const) {
		it(`stand for targets: ${text}`, () => {
			assert.deepEqual(parseTargetText(text, hasRegions), { pattern });
		});
	}

	for (const [text, problem] of [
		['', 'unknownService'],
		['s3/prod/us-east-1', 'unknownService'],
		['constructor/prod/us-east-1', 'unknownService'],
		['ec2', 'noProfile'],
		['ec2/', 'noProfile'],
		['ec2//us-east-1', 'noProfile'],
		['ec2/prod', 'noRegion'],
		['ec2/prod/', 'noRegion'],
		['ens', 'noProfile'],
	] as const) {
		it(`stand for none: "${text}"`, () => {
			const known = (service: string) => (service === 'constructor' ? undefined : hasRegions(service));
			assert.deepEqual(parseTargetText(text, known), { problem });
		});
	}

	it('are read as they were written, whatever the name of the profile', () => {
		const profiles = fc.string({ minLength: 1 }).filter((text) => text.trim() === text);
		const patterns: fc.Arbitrary<TargetPattern> = fc.oneof(
			fc
				.tuple(fc.constantFrom('ec2' as const, 'ecs' as const), profiles, fc.constantFrom('us-east-1', allRegions))
				.map(([service, profile, region]) => ({ service, profile, region })),
			profiles.map((profile) => ({ service: 'ens' as const, profile })),
		);
		fc.assert(
			fc.property(patterns, (pattern) => {
				assert.deepEqual(parseTargetText(toTargetText(pattern), hasRegions), { pattern });
			}),
		);
	});

	it('are left out of a set when they stand for none', () => {
		assert.deepEqual(parseTargetSet(['ens/a', 'nonsense', 5, null], hasRegions), [{ service: 'ens', profile: 'a' }]);
	});
});
