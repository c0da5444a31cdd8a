import assert from 'node:assert/strict';
import type { CredentialPlan } from '../../../../src/providers/aws/credentialPlan';
import { CredentialPlans, planCredentials } from '../../../../src/providers/aws/credentialPlan';
import type { ProfileSection } from '../../../../src/providers/aws/sharedConfig';

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A configuration of these profiles that counts how often one of them is read. */
class CountingConfig {
	reads = 0;
	readonly ssoSessions = new Map();
	readonly profiles: ReadonlyMap<string, ProfileSection>;

	constructor(sections: Sections) {
		const profiles = new Map(
			Object.entries(sections).map(([name, values]) => [
				name,
				{ values: new Map(Object.entries(values)), file: '/home/mel/.aws/config' },
			]),
		);
		const get = profiles.get.bind(profiles);
		profiles.get = (name) => {
			this.reads++;
			return get(name);
		};
		this.profiles = profiles;
	}
}

const keys = { aws_access_key_id: 'AKIDEXAMPLE', aws_secret_access_key: 'example' };
const roleWith = (source: string) => ({ role_arn: 'arn:aws:iam::123456789012:role/r', source_profile: source });

/** Profiles `p0` … whose roles are each assumed with the next one; the last ends the chain. */
function chainOf(length: number, end: Readonly<Record<string, string>>): Sections {
	return Object.fromEntries(
		Array.from({ length }, (_, index) => [`p${index}`, index === length - 1 ? end : roleWith(`p${index + 1}`)]),
	);
}

describe('The plans of AWS profiles', () => {
	it('read each profile twice at most, however long the chains are', () => {
		for (const end of [keys, roleWith('p0'), roleWith('nobody'), { credential_process: 'ask' }]) {
			const config = new CountingConfig(chainOf(5000, end));
			const plans = new CredentialPlans(config);
			for (const name of config.profiles.keys()) {
				plans.of(name);
			}
			assert.ok(config.reads <= 10_001, `${config.reads} reads`);
		}
	});

	it('are the same together as one by one', () => {
		const sections: Sections = {
			...chainOf(4, keys),
			loop: roleWith('back'),
			back: roleWith('loop'),
			before: roleWith('loop'),
			self: roleWith('self'),
			own: { ...roleWith('own'), ...keys },
			lost: roleWith('nobody'),
			'of keys that lead round': roleWith('round'),
			round: { ...roleWith('of keys that lead round'), ...keys },
			empty: {},
			'of nothing': roleWith('empty'),
			service: { credential_source: 'Environment' },
			'of a service': roleWith('service'),
			'with MFA': { ...roleWith('p0'), mfa_serial: 'arn:aws:iam::123456789012:mfa/mel' },
			'after MFA': roleWith('with MFA'),
		};
		const config = new CountingConfig(sections);
		const plans = new CredentialPlans(config);
		for (const name of [...config.profiles.keys(), ...[...config.profiles.keys()].reverse()]) {
			assert.deepEqual(plans.of(name), planCredentials(name, config), name);
		}
		const told = Object.fromEntries(Object.keys(sections).map((name) => [name, tellPlan(plans.of(name))]));
		assert.deepEqual(told, {
			p0: 'role p3',
			p1: 'role p3',
			p2: 'role p3',
			p3: 'static',
			loop: 'cycle',
			back: 'cycle',
			before: 'cycle',
			self: 'cycle',
			own: 'role own',
			lost: 'sourceMissing',
			'of keys that lead round': 'role round',
			round: 'role round',
			empty: 'nothingUsable',
			'of nothing': 'nothingUsable',
			service: 'nothingUsable',
			'of a service': 'role service',
			'with MFA': 'role p3, may ask',
			'after MFA': 'role p3, may ask',
		});
	});
});

function tellPlan(plan: CredentialPlan | string): string {
	if (typeof plan === 'string') {
		return plan;
	}
	return plan.via === 'role' ? `role ${plan.origin?.profile}${plan.mayAsk ? ', may ask' : ''}` : plan.via;
}
