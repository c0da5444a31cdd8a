import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { alibaba } from '../../../src/providers/alibaba/manifest';
import { CredentialScene } from '../providers/alibaba/credentialScene';

describe("Trap 2: the library's message on a config.json with a syntax error holds the whole file", () => {
	let scene: CredentialScene;
	before(async () => {
		scene = await CredentialScene.start();
		await scene.write(
			'.aliyun/config.json',
			'{\n\t"current": "a",\n\t"profiles": [\n\t\t{"name": "a", "mode": "AK", "access_key_secret": "TOPSECRET",}\n\t]\n}\n',
		);
	});
	after(() => scene.close());

	const seen: readonly (readonly [string, () => Promise<unknown>])[] = [
		['the listing of profiles', () => alibaba.profiles(scene.environment)],
		['a call with a profile', () => scene.credentials().get('a')],
		['what a profile says', () => scene.credentials().profileSettings('a')],
	];
	for (const [what, call] of seen) {
		it(`fails ${what} with file and line, and nothing of the text`, async () => {
			const error = await call().then(
				() => assert.fail('It did not fail'),
				(thrown: unknown) => thrown,
			);
			const { kind, file, line, detail } = Reflect.get(Object(error), 'failure');
			assert.deepEqual([kind, file, line], ['configuration', scene.configFile, 3]);
			assert.equal(detail, `${scene.configFile}, line 4: not valid JSON`);
			assert.doesNotMatch(inspect([error, scene.lines], { depth: 9, showHidden: true }), /TOPSECRET|access_key/);
		});
	}
});
