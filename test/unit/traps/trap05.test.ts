import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { alibaba } from '../../../src/providers/alibaba/manifest';
import { CredentialScene } from '../providers/alibaba/credentialScene';

describe('Trap 5: reading the credentials of a process_command writes them into config.json', () => {
	let scene: CredentialScene;
	before(async () => {
		scene = await CredentialScene.start();
	});
	after(() => scene.close());

	it('leaves the file as it is, byte by byte, also for a role that starts from them', async () => {
		const { id, secret, session } = scene.account.startSession(scene.account.addRole('external'), 'mel', 3600);
		const { arn } = scene.account.addRole('deploy');
		const printed = {
			mode: 'StsToken',
			access_key_id: id,
			access_key_secret: secret,
			sts_token: session?.token,
			expiration: new Date(Date.now() + 3600_000).toISOString(),
		};
		const script = await scene.write('keys.js', `console.log(${JSON.stringify(JSON.stringify(printed))})`);
		await scene.writeProfiles(
			{ name: 'external', mode: 'External', process_command: `"${process.execPath}" "${script}"` },
			{ name: 'role', mode: 'ChainableRamRoleArn', source_profile: 'external', ram_role_arn: arn },
		);
		const before = await readFile(scene.configFile);
		const { mtimeMs } = await stat(scene.configFile);

		await alibaba.profiles(scene.environment);
		assert.match(await scene.callerOf('external'), /:assumed-role\/external\/mel$/);
		assert.match(await scene.callerOf('role'), /:assumed-role\/deploy\//);

		assert.deepEqual(await readFile(scene.configFile), before);
		assert.equal((await stat(scene.configFile)).mtimeMs, mtimeMs);
		assert.deepEqual(await readdir(dirname(scene.configFile)), ['config.json']);
	});
});
