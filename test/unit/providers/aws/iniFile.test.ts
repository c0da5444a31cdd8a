import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles, loadSsoSessionData, parseKnownFiles } from '@smithy/core/config';
import fc from 'fast-check';
import { parseIni } from '../../../../src/providers/aws/iniFile';
import { readSharedConfig } from '../../../../src/providers/aws/sharedConfig';
import { noAccessKeys } from '../../../fakes/vendors';

const sections = (text: string) =>
	Object.fromEntries(Array.from(parseIni(text).sections, ([key, values]) => [key, Object.fromEntries(values)]));

describe('An AWS configuration file', () => {
	it('has sections, comments, and values with an equals sign', () => {
		const text =
			'# a\n[default]\nregion = eu-west-1 # b\nx=a=b;c ;d\n; e\n\n[profile dev]\r\nregion=us-east-1\r\n[empty]\n';
		assert.deepEqual(sections(text), {
			default: { region: 'eu-west-1', x: 'a=b;c' },
			'profile.dev': { region: 'us-east-1' },
		});
	});

	it('has nested values, up to the next line that is not indented', () => {
		const text =
			'[services s]\nec2 =\n  endpoint_url = http://a\n  x = y\nlightsail=\n\tendpoint_url = http://b\nz = 1\n';
		assert.deepEqual(sections(text), {
			'services.s': { 'ec2.endpoint_url': 'http://a', 'ec2.x': 'y', 'lightsail.endpoint_url': 'http://b', z: '1' },
		});
	});

	it('may begin with a byte order mark', () => {
		assert.deepEqual(sections('\ufeff[default]\na=b'), { default: { a: 'b' } });
	});

	it('passes over sections whose names the SDK can not load, and says which', () => {
		const { sections: found, passedOver } = parseIni('[my profile]\na=b\n[odd name]\n[ssosession x]\nc=d\n');
		assert.equal(found.size, 0);
		assert.deepEqual(passedOver, ['my profile', 'ssosession x']);
	});

	for (const [what, text, line, code] of [
		['a header without its closing bracket', '[default]\na=b\n[profile dev\nc=d', 2, 'sectionUnclosed'],
		['a key before the first section', '# x\n\naws_access_key_id = AKIA\n[default]', 2, 'keyBeforeSection'],
		['text in UTF-16', '\ufffd[\0d\0e\0f\0', 0, 'notText'],
		['a section that could reach into objects', '[default]\na=b\n[profile __proto__]\nc=d', 2, 'profileNameInvalid'],
	] as const) {
		it(`has a mistake in it: ${what}`, () => {
			assert.deepEqual(parseIni(text).problem, { line, code });
		});
	}
});

describe('The AWS configuration files together', () => {
	let folder: string;
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'aws-files-'));
	});
	after(() => rm(folder, { recursive: true }));

	it("are read as AWS's SDK reads them", async () => {
		const word = fc.constantFrom('a', 'b', 'default', 'x.y', 'team:prod', 'e@f', 'a+b/c%d', 'ü');
		const header = fc.oneof(
			word,
			fc
				.tuple(fc.constantFrom('profile', 'sso-session', 'services', 'plugins'), fc.constantFrom(' ', '\t', '  '), word)
				.map((parts) => parts.join('')),
			word.map((name) => `profile "${name}"`),
			word.map((name) => `profile '${name}"`),
			fc.tuple(word, word).map((words) => words.join(' ')),
		);
		const key = fc.constantFrom('region', 'role_arn', 'ec2', 'endpoint_url', 'aws_access_key_id');
		const value = fc.constantFrom('', 'v', 'a b', 'x=y', 'q ; r', 'q;r', '"quoted"', 'w # z', 'w#z');
		const line = fc.oneof(
			header.map((text) => `[${text}]`),
			header.map((text) => ` [${text}] # c`),
			fc.tuple(fc.constantFrom('', '  ', '\t'), key, fc.constantFrom('=', ' = '), value).map((parts) => parts.join('')),
			fc.constantFrom('', '# c', ';c', 'no equals sign', '= no key'),
		);
		const file = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n')).map(
			// Before the first header nothing may stand, which the SDK does not mind.
			([lines, end]) => ['[default]', ...lines].join(end),
		);
		let run = 0;
		await fc.assert(
			fc.asyncProperty(file, file, async (config, credentials) => {
				const configFilepath = join(folder, `config-${run}`);
				const filepath = join(folder, `credentials-${run++}`);
				await writeFile(configFilepath, config);
				await writeFile(filepath, credentials);
				const variables = { AWS_CONFIG_FILE: configFilepath, AWS_SHARED_CREDENTIALS_FILE: filepath };
				const own = await readSharedConfig({ variables, home: folder, accessKeys: noAccessKeys });
				const known = await parseKnownFiles({ filepath, configFilepath });
				const profiles = Object.entries(known).filter(([name]) => !/^(?:sso-session|services)\./.test(name));
				assert.deepEqual(
					new Map(Array.from(own.profiles, ([name, { values }]) => [name, Object.fromEntries(values)])),
					new Map(profiles),
				);
				const plain = (map: typeof own.services) =>
					Object.fromEntries(Array.from(map, ([k, v]) => [k, Object.fromEntries(v)]));
				assert.deepEqual(plain(own.ssoSessions), await loadSsoSessionData({ configFilepath }));
				const { configFile } = await loadSharedConfigFiles({ filepath, configFilepath });
				const services = Object.entries(configFile).filter(([name]) => name.startsWith('services.'));
				assert.deepEqual(
					plain(own.services),
					Object.fromEntries(services.map(([name, values]) => [name.slice('services.'.length), values])),
				);
			}),
			{ numRuns: 400 },
		);
	}).timeout(30_000);
});
