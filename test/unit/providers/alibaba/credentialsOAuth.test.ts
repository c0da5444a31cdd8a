import assert from 'node:assert/strict';
import { chmod, lstat, readdir, readFile, rename, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { oauthClientId as clientId } from './credentialModesSuite';
import { CredentialScene, failureOf } from './credentialScene';

describe('A sign-in by OAuth', () => {
	let scene: CredentialScene;
	beforeEach(async () => {
		scene = await CredentialScene.start();
	});
	afterEach(() => scene.close());

	const written = async (): Promise<Record<string, unknown>> => {
		const { profiles } = JSON.parse(await readFile(scene.configFile, 'utf8'));
		return profiles.find(({ name }: { name: string }) => name === 'o');
	};
	/** Signs in as a role, with an access token that is good for so many seconds. */
	const signIn = async (seconds: number, more: object = {}) => {
		const role = scene.account.role('web') ?? scene.account.addRole('web');
		const tokens = scene.emulator.alibaba.oauth.signIn(role, clientId, seconds);
		await scene.writeProfiles(
			{ name: 'first', mode: 'AK', access_key_id: 'a', access_key_secret: 'b', unknown_key: [1, { x: '中' }] },
			{
				name: 'o',
				mode: 'OAuth',
				oauth_site_type: 'CN',
				oauth_access_token: tokens.accessToken,
				oauth_refresh_token: tokens.refreshToken,
				oauth_access_token_expire: tokens.accessTokenExpire,
				oauth_refresh_token_expire: 1999999999,
				...more,
			},
		);
		return tokens;
	};
	const renewals = () => scene.emulator.requests.count({ operation: 'RefreshToken' });

	it('gives credentials; with an access token that is good, config.json stays as it is, byte by byte', async () => {
		await signIn(3600);
		const before = await readFile(scene.configFile);
		assert.match(await scene.callerOf('o'), /:assumed-role\/web\//);
		assert.deepEqual(await readFile(scene.configFile), before);
		assert.equal(renewals(), 0);
	});

	it('is renewed when its access token has expired, and the new tokens are written at once; nothing else changes', async () => {
		const old = await signIn(30);
		const before = await readFile(scene.configFile, 'utf8');
		await chmod(scene.configFile, 0o600);
		assert.match(await scene.callerOf('o'), /:assumed-role\/web\//);
		const {
			oauth_access_token: access,
			oauth_refresh_token: refresh,
			oauth_access_token_expire: expire,
		} = await written();
		assert.ok(access !== old.accessToken && refresh !== old.refreshToken);
		assert.ok(typeof expire === 'number' && Math.abs(expire - Date.now() / 1000 - 3600) < 10);
		const restored = (await readFile(scene.configFile, 'utf8'))
			.replace(String(access), old.accessToken)
			.replace(String(refresh), old.refreshToken)
			.replace(String(expire), String(old.accessTokenExpire));
		assert.equal(restored, before);
		assert.equal((await stat(scene.configFile)).mode & 0o777, 0o600);
		assert.deepEqual(await readdir(dirname(scene.configFile)), ['config.json']);
	});

	it('is renewed once, whoever asks at the same time and whatever is forgotten meanwhile', async () => {
		await signIn(30);
		const credentials = scene.credentials();
		const first = credentials.get('o');
		credentials.forget();
		await Promise.all([first, credentials.get('o'), credentials.get('o')]);
		assert.equal(renewals(), 1);
	});

	it('keeps its renewed tokens when what comes after fails', async () => {
		await signIn(30);
		scene.emulator.faults.set([{ operation: 'Exchange', effect: { kind: 'drop' } }]);
		assert.equal((await failureOf(scene.credentials().get('o'))).kind, 'unreachable');
		scene.emulator.faults.set([]);
		assert.match(await scene.callerOf('o'), /:assumed-role\/web\//);
		assert.equal(renewals(), 1);
	});

	it('goes on with the tokens that another program has written in the meantime', async () => {
		await signIn(30);
		const refused = { kind: 'error', code: 'invalid_grant' } as const;
		scene.emulator.faults.set([{ operation: 'RefreshToken', delayMs: 200, effect: refused }]);
		const got = scene.credentials().get('o');
		await delay(100);
		// The other program was quicker: the refresh token is used up, and the file has the next one.
		await signIn(3600);
		assert.match(await scene.caller(await got), /:assumed-role\/web\//);
		assert.equal(renewals(), 1);
	});

	it('stays behind a link, when config.json is one', async () => {
		await signIn(30);
		const real = join(scene.home, 'dotfiles.json');
		await rename(scene.configFile, real);
		await symlink(real, scene.configFile);
		await scene.callerOf('o');
		assert.ok((await lstat(scene.configFile)).isSymbolicLink());
		assert.equal(renewals(), 1);
		await scene.callerOf('o');
		assert.equal(renewals(), 1);
	});

	it('lasts as long as the window when config.json can not be written, and the log says so without a token', async () => {
		const { accessToken, refreshToken } = await signIn(30);
		const credentials = scene.credentials();
		const folder = dirname(scene.configFile);
		scene.emulator.faults.set([{ operation: 'RefreshToken', delayMs: 200 }]);
		const got = credentials.get('o');
		await delay(100);
		await rename(folder, `${folder}-away`);
		await got;
		await rename(`${folder}-away`, folder);
		assert.equal((await written())['oauth_refresh_token'], refreshToken);
		credentials.forget();
		await credentials.get('o');
		assert.equal(renewals(), 1);
		assert.deepEqual(scene.lines, ['The renewed OAuth tokens could not be written to config.json']);
		assert.ok(!scene.lines.join().includes(accessToken));
	});

	it('has expired when the refresh token is refused or missing, and says nothing of either', async () => {
		const { refreshToken } = await signIn(30, { oauth_refresh_token: 'S3cr3tRefresh' });
		const refused = await failureOf(scene.credentials().get('o'));
		assert.equal(refused.kind, 'signInExpired');
		await signIn(30, { oauth_refresh_token: '' });
		assert.equal((await failureOf(scene.credentials().get('o'))).kind, 'signInExpired');
		await signIn(3600, { oauth_access_token: 'S3cr3tAccess' });
		const exchange = await failureOf(scene.credentials().get('o'));
		assert.deepEqual([exchange.kind, exchange.code], ['signInExpired', 'invalid_token']);
		assert.doesNotMatch(JSON.stringify([refused, exchange, scene.lines]), new RegExp(`S3cr3t|${refreshToken}`));
	});
});
