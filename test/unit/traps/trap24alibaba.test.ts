import assert from 'node:assert/strict';
import { CredentialScene, failureOf } from '../providers/alibaba/credentialScene';

describe("Trap 24 (Alibaba Cloud): the library's objects keep what they read, and keep failing once they have failed", () => {
	let scene: CredentialScene;
	beforeEach(async () => {
		scene = await CredentialScene.start();
	});
	afterEach(() => scene.close());

	it('gets credentials at the next call after a failure, without being told to forget', async () => {
		await scene.writeProfiles({ name: 'machine', mode: 'EcsRamRole' });
		const credentials = scene.credentials();
		assert.equal((await failureOf(credentials.get('machine'))).kind, 'credentialsMissing');
		scene.emulator.alibaba.metadata.role = scene.account.addRole('machine');
		assert.match(await scene.caller(await credentials.get('machine')), /:assumed-role\/machine\//);
	});

	it('tries every source of the default chain again after all have failed', async () => {
		const { arn } = scene.account.addRole('uri');
		scene.variables = {
			ALIBABA_CLOUD_CREDENTIALS_URI: `${scene.emulator.url}/_alibaba/credentials?role=${encodeURIComponent(arn)}`,
		};
		scene.emulator.faults.set([{ effect: { kind: 'drop' } }]);
		const credentials = scene.credentials();
		assert.equal((await failureOf(credentials.get('(default chain)'))).kind, 'credentialsMissing');
		scene.emulator.faults.clear();
		scene.emulator.alibaba.metadata.role = scene.account.addRole('machine');
		assert.match(await scene.caller(await credentials.get('(default chain)')), /:assumed-role\/machine\//);
	});

	it('reads a file that has come or changed since, once the profile is forgotten', async () => {
		const key = (user: string) => {
			const { id, secret } = scene.account.addAccessKey({ user });
			return { name: 'x', mode: 'AK', access_key_id: id, access_key_secret: secret };
		};
		const credentials = scene.credentials();
		assert.equal((await failureOf(credentials.get('x'))).kind, 'credentialsMissing');
		for (const user of ['one', 'two']) {
			await scene.writeProfiles(key(user));
			credentials.forget('x');
			assert.ok((await scene.caller(await credentials.get('x'))).endsWith(`:user/${user}`));
		}
	});

	it('reads a broken file again at the next call', async () => {
		await scene.write('.aliyun/config.json', '{');
		const credentials = scene.credentials();
		assert.equal((await failureOf(credentials.get('x'))).kind, 'configuration');
		const { id, secret } = scene.key;
		await scene.writeProfiles({ name: 'x', mode: 'AK', access_key_id: id, access_key_secret: secret });
		assert.equal(await scene.caller(await credentials.get('x')), scene.key.principal.arn);
	});
});
