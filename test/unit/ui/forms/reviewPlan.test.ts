import assert from 'node:assert/strict';
import type { KeyPair } from '../../../../src/domain/keyPair';
import { type Target, targetId } from '../../../../src/domain/target';
import { ecsRules, ensRules } from '../../../../src/providers/alibaba/rules';
import type { Listing } from '../../../../src/services/cloudKeys/remoteKeys';
import type { ImportDraft } from '../../../../src/ui/forms/importDraft';
import { approve, reviewTargets } from '../../../../src/ui/forms/reviewPlan';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { aServiceManifest, aVendor, fakeProviders } from '../../../fakes/vendors';

const ec2 = { service: 'ec2', profile: 'prod', region: 'us-east-1' } as const;
const ecs = { service: 'ecs', profile: 'hangzhou', region: 'cn-hangzhou' } as const;
const ens = { service: 'ens', profile: 'hangzhou' } as const;
const rsa = aPublicKey(keyLines.deploy);

const { capabilities } = aServiceManifest();
const providers = fakeProviders(
	[],
	[
		aVendor(),
		aVendor({
			vendor: 'alibaba',
			services: [
				aServiceManifest({
					service: 'ecs',
					vendor: 'alibaba',
					label: 'ECS',
					capabilities: { ...capabilities, resourceGroups: true },
					rules: ecsRules,
				}),
				aServiceManifest({
					service: 'ens',
					vendor: 'alibaba',
					label: 'ENS',
					capabilities: { ...capabilities, tags: false, regions: false },
					rules: ensRules,
				}),
			],
		}),
	],
);

function aDraft(overrides: Partial<ImportDraft> = {}): ImportDraft {
	return { key: { key: rsa }, targets: [ec2, ecs, ens], keyName: 'deploy', given: new Set(), ...overrides };
}

/** Every target was listed and holds nothing, unless something else is said of it. */
function known(listings: readonly (readonly [Target, Listing | undefined])[] = []) {
	const byId = new Map(listings.map(([target, listing]) => [targetId(target), listing]));
	return {
		known: (target: Target): Listing | undefined =>
			byId.has(targetId(target)) ? byId.get(targetId(target)) : holding(),
	};
}

function holding(...keyPairs: readonly KeyPair[]): Listing {
	return { status: 'listed', keyPairs, at: 0 };
}

function outcomes(draft: ImportDraft, listings = known()): readonly string[] {
	return reviewTargets(draft, providers, listings).map(({ plan }) => plan.outcome);
}

function approved(draft: ImportDraft, listings = known()) {
	const { targets, choices } = approve(draft, reviewTargets(draft, providers, listings), providers);
	return { targets, choices: Object.fromEntries(choices) };
}

describe('the review of an import', () => {
	it('takes one RSA key into services of both vendors', () => {
		assert.deepEqual(outcomes(aDraft()), ['import', 'import', 'import']);
		assert.deepEqual(approved(aDraft()), { targets: [ec2, ecs, ens], choices: {} });
	});

	it('says of each target what its own service does not take: the key, the name or the tags', () => {
		const mel = { key: { key: aPublicKey(keyLines.mel) } };
		assert.deepEqual(outcomes(aDraft(mel)), ['import', 'import', 'notPossible']);
		assert.deepEqual(outcomes(aDraft({ keyName: '1deploy' })), ['import', 'notPossible', 'notPossible']);
		const tags = { 'acs:owner': 'mel' };
		assert.deepEqual(outcomes(aDraft({ tags })), ['import', 'notPossible', 'import']);
	});

	it('leaves tags out where the service has none, and says so to the import', () => {
		const { targets, choices } = approved(aDraft({ tags: { Owner: 'mel' } }));
		assert.deepEqual(targets, [ec2, ecs, ens]);
		assert.deepEqual(choices, { [targetId(ens)]: { withoutTags: true } });
	});

	it('gives resource groups to services that have them', () => {
		const { choices } = approved(aDraft({ resourceGroups: { hangzhou: 'rg-1', prod: 'rg-2' } }));
		assert.deepEqual(choices, { [targetId(ecs)]: { resourceGroupId: 'rg-1' } });
		assert.deepEqual(approved(aDraft({ resourceGroups: { hangzhou: '' } })).choices, {});
	});

	it('knows nothing of a target that has not answered or could not be listed, and imports there all the same', () => {
		const failure = aFailure('timedOut');
		const listings = known([
			[ec2, undefined],
			[ecs, { status: 'failed', failure }],
		]);
		const [first, second] = reviewTargets(aDraft(), providers, listings);
		assert.deepEqual(first?.plan, { target: ec2, outcome: 'unknown' });
		assert.deepEqual(second?.plan, { target: ecs, outcome: 'unknown', failure });
		assert.deepEqual(approved(aDraft(), listings).targets, [ec2, ecs, ens]);
	});

	it('leaves out what was dropped', () => {
		assert.deepEqual(approved(aDraft({ dropped: new Set([targetId(ecs)]) })).targets, [ec2, ens]);
	});

	describe('where another key has the name', () => {
		const taken = aKeyPair({ name: 'deploy', id: 'key-1' });
		const listings = known([[ec2, holding(taken)]]);
		const agreement = {
			publicKey: rsa.publicKey,
			keyName: 'deploy',
			pairs: new Map([[targetId(ec2), 'key-1']]),
		};

		it('leaves the target out by default', () => {
			assert.deepEqual(approved(aDraft(), listings).targets, [ecs, ens]);
		});

		it('imports under the other name there and nowhere else', () => {
			const { targets, choices } = approved(aDraft({ whenTaken: 'otherName', otherName: 'deploy-2' }), listings);
			assert.deepEqual(targets, [ec2, ecs, ens]);
			assert.deepEqual(choices, { [targetId(ec2)]: { keyName: 'deploy-2' } });
		});

		it('replaces the key pair that was agreed to', () => {
			const { choices } = approved(aDraft({ whenTaken: 'replace', agreement }), listings);
			assert.deepEqual(choices, { [targetId(ec2)]: { ifExists: 'replace', replaces: 'key-1' } });
		});

		it('replaces nothing when the key, the name or the key pair is another by now', () => {
			const draft = aDraft({ whenTaken: 'replace', agreement });
			const other = { key: aPublicKey(keyLines.ops) };
			assert.deepEqual(approved({ ...draft, key: other }, listings).targets, [ecs]);
			const elsewhere = known([[ec2, holding(aKeyPair({ name: 'late', id: 'key-1' }))]]);
			assert.deepEqual(approved({ ...draft, keyName: 'late' }, elsewhere).targets, [ecs, ens]);
			const anew = known([[ec2, holding(aKeyPair({ name: 'deploy', id: 'key-2' }))]]);
			assert.deepEqual(approved(draft, anew).targets, [ecs, ens]);
		});

		it('replaces nothing without agreement, also when the request said so', () => {
			const draft = aDraft({ options: { dryRun: false, ifExists: 'replace' } });
			const { targets, choices } = approved(draft, listings);
			assert.deepEqual(targets, [ecs, ens]);
			for (const choice of Object.values(choices)) {
				assert.equal(choice?.ifExists, 'keep');
			}
			// Something else may have come in the meantime where nothing was.
			assert.deepEqual(Object.keys(choices), [targetId(ecs), targetId(ens)]);
		});

		it('does not matter when only the permission is asked for', () => {
			const draft = aDraft({ options: { dryRun: true, ifExists: 'keep' } });
			assert.deepEqual(approved(draft, listings).targets, [ec2, ecs, ens]);
		});
	});
});
