import assert from 'node:assert/strict';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../../src/domain/publicKey';
import {
	checkKey,
	checkName,
	checkTag,
	checkTags,
	type KeyPairRules,
	type RuleProblem,
	suggestName,
} from '../../../src/domain/rules';
import { ecsRules, ensRules } from '../../../src/providers/alibaba/rules';
import { ec2Rules, lightsailRules } from '../../../src/providers/aws/rules';
import { vector } from './vectors';

function tell(problems: readonly RuleProblem[]): string[] {
	return problems.map(({ code, severity }) => (severity === 'error' ? `!${code}` : code));
}

function keyOf(name: string): PublicKey {
	const [key] = parsePublicKeys(vector(name).line).keys;
	assert.ok(key);
	return key;
}

describe('checkKey', () => {
	const table: readonly [string, { ec2: string[]; lightsail: string[]; ecs: string[]; ens: string[] }][] = [
		['rsa-1024', { ec2: [], lightsail: [], ecs: [], ens: [] }],
		['rsa-2048', { ec2: [], lightsail: [], ecs: [], ens: [] }],
		['rsa-3072', { ec2: ['rsaSizeUndocumented'], lightsail: [], ecs: [], ens: [] }],
		['rsa-4096', { ec2: [], lightsail: [], ecs: [], ens: [] }],
		['rsa-8192', { ec2: ['rsaSizeUndocumented'], lightsail: [], ecs: [], ens: [] }],
		[
			'ed25519',
			{ ec2: [], lightsail: ['keyTypeUndocumented'], ecs: ['keyTypeUndocumented'], ens: ['!keyTypeRefused'] },
		],
		['ecdsa-256', { ec2: ['!keyTypeRefused'], lightsail: ['keyTypeUndocumented'], ecs: [], ens: ['!keyTypeRefused'] }],
		['ecdsa-521', { ec2: ['!keyTypeRefused'], lightsail: ['keyTypeUndocumented'], ecs: [], ens: ['!keyTypeRefused'] }],
		['dsa', { ec2: ['!keyTypeRefused'], lightsail: ['keyTypeUndocumented'], ecs: [], ens: ['!keyTypeRefused'] }],
		[
			'sk-ed25519',
			{
				ec2: ['!keyTypeRefused'],
				lightsail: ['keyTypeUndocumented'],
				ecs: ['keyTypeUndocumented'],
				ens: ['!keyTypeRefused'],
			},
		],
		[
			'cert-rsa-by-rsa-sha512',
			{
				ec2: ['!keyTypeRefused'],
				lightsail: ['keyTypeUndocumented'],
				ecs: ['keyTypeUndocumented'],
				ens: ['!keyTypeRefused'],
			},
		],
	];
	for (const [name, expected] of table) {
		it(`says of ${name} what each service documents`, () => {
			const key = keyOf(name);
			assert.deepEqual(
				{
					ec2: tell(checkKey(key, ec2Rules)),
					lightsail: tell(checkKey(key, lightsailRules)),
					ecs: tell(checkKey(key, ecsRules)),
					ens: tell(checkKey(key, ensRules)),
				},
				expected,
			);
		});
	}

	it('refuses a key that EC2 has no room for, and warns of one it may have none for', () => {
		const key = keyOf('rsa-8192');
		const long = (length: number) => ({ ...key, bits: 4096, publicKey: 'x'.repeat(length) });
		assert.deepEqual(tell(checkKey(long(1536), ec2Rules)), []);
		assert.deepEqual(tell(checkKey(long(1537), ec2Rules)), ['keyTooLong']);
		assert.deepEqual(tell(checkKey(long(2049), ec2Rules)), ['!keyTooLong']);
	});

	it('refuses RSA sizes outside the limits', () => {
		const key = keyOf('rsa-2048');
		assert.deepEqual(checkKey({ ...key, bits: 1023 }, ec2Rules), [
			{ code: 'rsaTooSmall', severity: 'error', data: { bits: 1023, limit: 1024 } },
		]);
		assert.deepEqual(tell(checkKey({ ...key, bits: 16_385 }, ec2Rules)), ['!rsaTooLarge']);
	});

	it('is not led astray by the names of object members', () => {
		assert.deepEqual(tell(checkKey({ ...keyOf('rsa-2048'), type: 'constructor' }, ec2Rules)), ['!keyTypeRefused']);
	});
});

describe('checkName', () => {
	const table: readonly (readonly [KeyPairRules, string, readonly string[]])[] = [
		[ec2Rules, 'mel@laptop (2026)', []],
		[ec2Rules, 'x', []],
		[ec2Rules, 'x'.repeat(255), []],
		[ec2Rules, '', ['!nameEmpty']],
		[ec2Rules, 'x'.repeat(256), ['!nameTooLong']],
		[ec2Rules, ' x', ['!nameOuterSpace']],
		[ec2Rules, 'x\t', ['!nameOuterSpace']],
		[ec2Rules, 'clé', ['!nameCharacters']],
		[ec2Rules, 'a\nb', ['!nameCharacters']],
		[lightsailRules, 'my_key-1', []],
		[lightsailRules, 'x'.repeat(1000), []],
		[lightsailRules, 'x', ['!nameTooShort']],
		[lightsailRules, 'mel@laptop', ['!nameCharacters']],
		[lightsailRules, 'key-', ['!nameCharacters']],
		[lightsailRules, '-key', ['!nameCharacters']],
		[ecsRules, 'my:key_1-a', []],
		[ecsRules, 'x'.repeat(128), []],
		[ecsRules, 'x'.repeat(129), ['!nameTooLong']],
		[ecsRules, 'x', ['!nameTooShort']],
		[ecsRules, '1key', ['!nameCharacters']],
		[ecsRules, 'my key', ['!nameCharacters']],
		[ecsRules, 'http://a', ['!nameCharacters']],
		[ecsRules, '密钥.1', ['nameCharacters']],
		[ecsRules, 'my.key', ['nameCharacters']],
		[ensRules, 'my:key_1-a', []],
		[ensRules, '_key', ['!nameCharacters']],
		[ensRules, 'my.key', ['nameCharacters']],
	];
	for (const [rules, name, expected] of table) {
		it(`says ${expected.join() || 'nothing'} of ${JSON.stringify(name.slice(0, 20))}`, () => {
			assert.deepEqual(tell(checkName(name, rules)), expected);
		});
	}

	it('counts characters, not UTF-16 units', () => {
		const name = '\u{20000}'.repeat(128);
		assert.deepEqual(tell(checkName(name, ecsRules)), ['nameCharacters']);
	});
});

describe('checkTags', () => {
	const table: readonly (readonly [KeyPairRules, string, string, readonly string[]])[] = [
		[ec2Rules, 'Owner', '', []],
		[ec2Rules, 'k'.repeat(128), 'v'.repeat(256), []],
		[ec2Rules, '\u{1f511}'.repeat(128), '', []],
		[ec2Rules, '', 'v', ['!tagKeyEmpty']],
		[ec2Rules, 'k'.repeat(129), 'v'.repeat(257), ['!tagKeyTooLong', '!tagValueTooLong']],
		[ec2Rules, 'aws:x', '', ['!tagKeyReserved']],
		[ec2Rules, 'AWS:x', '', ['!tagKeyReserved']],
		[ec2Rules, 'awsome', 'aws:x', []],
		[lightsailRules, 'cost center', 'a+b-c=d._:/@1', []],
		[lightsailRules, 'a*', 'b#', ['!tagKeyCharacters', '!tagValueCharacters']],
		[ecsRules, 'team', 'acs:x', ['tagValueCharacters']],
		[ecsRules, 'acs:x', '', ['!tagKeyReserved']],
		[ecsRules, 'aliyun-x', '', ['!tagKeyReserved']],
		[ecsRules, 'see http://x', 'HTTPS://x', ['!tagKeyCharacters', '!tagValueCharacters']],
		[ecsRules, 'k'.repeat(129), 'v'.repeat(129), ['!tagKeyTooLong', '!tagValueTooLong']],
		[ensRules, 'a', 'b', ['!tagsUnsupported']],
	];
	for (const [rules, key, value, expected] of table) {
		it(`says ${expected.join() || 'nothing'} of ${JSON.stringify(`${key.slice(0, 12)}=${value.slice(0, 12)}`)}`, () => {
			assert.deepEqual(tell(checkTag(key, value, rules)), expected);
			assert.deepEqual(tell(checkTags({ [key]: value }, rules)), expected);
		});
	}

	it('counts tags', () => {
		const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, '']));
		assert.deepEqual(tell(checkTags(tags(50), ec2Rules)), []);
		assert.deepEqual(checkTags(tags(51), ec2Rules), [
			{ code: 'tagTooMany', severity: 'error', data: { count: 51, limit: 50 } },
		]);
		assert.deepEqual(tell(checkTags(tags(21), ecsRules)), ['!tagTooMany']);
	});

	it('says once that a service has no tags, and nothing when there are none', () => {
		assert.deepEqual(tell(checkTags({ a: '', b: '' }, ensRules)), ['!tagsUnsupported']);
		assert.deepEqual(checkTags({}, ensRules), []);
	});
});

describe('suggestName', () => {
	it('takes the comment as it is where the rules do', () => {
		assert.equal(suggestName('mel@laptop', 'id_ed25519.pub', ec2Rules), 'mel@laptop');
		assert.equal(suggestName(' me at work ', 'id_ed25519.pub', ec2Rules), 'me at work');
	});

	it('replaces what the rules do not take', () => {
		assert.equal(suggestName('mel@laptop', 'id_ed25519.pub', lightsailRules), 'mel-laptop');
		assert.equal(suggestName('Zoë (work)', 'x.pub', ec2Rules), 'Zoe-work');
		assert.equal(suggestName('2026 key', 'x.pub', ecsRules), 'key');
	});

	it('takes the name of the file where there is no comment, or none of use', () => {
		assert.equal(suggestName('', 'deploy_rsa.pub', ec2Rules), 'deploy_rsa');
		assert.equal(suggestName('钥匙', 'deploy.pub', ec2Rules), 'deploy');
	});

	it('gives every service a name it takes without a warning, whatever there is', () => {
		for (const rules of [ec2Rules, lightsailRules, ecsRules, ensRules]) {
			for (const comment of [
				'',
				' ',
				'@',
				'-',
				'1',
				'钥匙',
				'http://x',
				'a'.repeat(400),
				`${'a'.repeat(63)} b`,
				'a.b:c_d-',
				'\u0301',
			]) {
				for (const file of ['', '.pub', '钥.pub', 'id_rsa.pub']) {
					assert.deepEqual(checkName(suggestName(comment, file, rules), rules), [], `${comment} ${file}`);
				}
			}
		}
	});
});
