import assert from 'node:assert/strict';
import { readCliConfig } from '../../../../src/providers/alibaba/configuration/configFile';
import { jsonErrorLine } from '../../../../src/providers/alibaba/configuration/jsonError';
import { CredentialScene, failureOf } from './credentialScene';

describe("The CLI's configuration file", () => {
	let scene: CredentialScene;
	before(async () => {
		scene = await CredentialScene.start();
	});
	after(() => scene.close());

	it('counts as empty when it is not there', async () => {
		const { file, profiles, current } = await readCliConfig(scene.environment);
		assert.equal(file, scene.configFile);
		assert.equal(profiles.size, 0);
		assert.equal(current, undefined);
	});

	it('is read with a byte order mark, the first of two profiles with one name counting; what is no profile is left out', async () => {
		const entries = [{ name: 'a', mode: 'AK' }, null, 'x', { mode: 'AK' }, { name: '' }, { name: 'a', mode: 'OIDC' }];
		await scene.write('.aliyun/config.json', `\uFEFF${JSON.stringify({ current: 'a', profiles: entries })}`);
		const { profiles, current } = await readCliConfig(scene.environment);
		assert.deepEqual(
			[...profiles.values()].map(({ name, values }) => [name, values['mode']]),
			[['a', 'AK']],
		);
		assert.equal(current, 'a');
	});

	const secret = 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t';
	const broken: readonly (readonly [string, string, number])[] = [
		['a comma too many', `{\n"profiles": [\n{"access_key_secret": "${secret}",}\n]}`, 2],
		['a comma that is missing', `{\n"profiles": [\n{"name": "a"\n"access_key_secret": "${secret}"}\n]}`, 3],
		['a quote that is not closed', `{\n"profiles": [\n{"access_key_secret": "${secret}\n}]}`, 2],
		['an end that is missing', `{\n"profiles": [\n{"access_key_secret": "${secret}"}\n\n`, 2],
		['a comment', `{\n// ${secret}\n"profiles": []}`, 1],
		['a wrong bracket', `{\n"profiles": [\n{"access_key_secret": "${secret}"]\n]}`, 2],
		['something after the end', `{"profiles": []}\n${secret}`, 1],
		['a conflict of versions', `{\n<<<<<<< HEAD\n"access_key_secret": "${secret}"\n}`, 1],
		['a bad escape', `{\n"a": "\\x${secret}"}`, 1],
		['a number with leading zeros', '{\n"expired_seconds":\n0900}', 2],
		['a key without quotes', `{\n\n access_key_secret: "${secret}"}`, 2],
		['nothing at all', '', 0],
		['no object', `\n"${secret}"`, 0],
		['no list of profiles', `{"profiles": {"a": "${secret}"}}`, 0],
	];
	for (const [what, text, line] of broken) {
		it(`is an error at its line, without its text: ${what}`, async () => {
			await scene.write('.aliyun/config.json', text);
			const failure = await failureOf(readCliConfig(scene.environment));
			assert.equal(failure.kind, 'configuration');
			assert.equal(failure.file, scene.configFile);
			assert.equal(failure.line, line);
			assert.match(failure.detail ?? '', new RegExp(`, line ${line + 1}: `));
			assert.doesNotMatch(JSON.stringify(failure), /S3cr3t|HEAD|0900/);
		});
	}

	it('is an error without a line when it can not be read', async () => {
		await scene.write('other/.aliyun/config.json/file', '');
		const environment = { ...scene.environment, home: `${scene.home}/other` };
		const failure = await failureOf(readCliConfig(environment));
		assert.equal(failure.code, 'EISDIR');
		assert.equal(failure.kind, 'configuration');
		assert.equal(failure.line, undefined);
	});
});

describe('The place where a text stops being JSON', () => {
	it('is there exactly when JSON.parse gives up, whatever character is taken away or put in', () => {
		const text = JSON.stringify(
			{ a: [1, -2.5e3, 0, true, false, null, '', 'x\ty"\\\u2028é\u007f'], b: { c: [], d: {} }, e: '\u{1F511}' },
			null,
			'\t',
		);
		let wrong = 0;
		for (let at = 0; at <= text.length; at++) {
			for (const put of ['', ',', '}', ']', '"', '0', 'x', '\n', '\\', '\u0001', ':', '-', '.']) {
				for (const changed of [
					`${text.slice(0, at)}${put}${text.slice(at + 1)}`,
					`${text.slice(0, at)}${put}${text.slice(at)}`,
				]) {
					const isJson = parses(changed);
					assert.equal(jsonErrorLine(changed) === undefined, isJson, JSON.stringify(changed));
					wrong += isJson ? 0 : 1;
				}
			}
		}
		assert.ok(wrong > 1000);
	});
});

function parses(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
