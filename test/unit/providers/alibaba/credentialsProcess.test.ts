import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CredentialScene, failureOf } from './credentialScene';

describe('A process_command (mode External)', () => {
	let scene: CredentialScene;
	beforeEach(async () => {
		scene = await CredentialScene.start();
	});
	afterEach(() => scene.close());

	/** Makes the command of profile `x` run a script in Node; the script's path has a space in it. */
	const command = async (script: string, ...args: readonly string[]): Promise<void> => {
		const file = await scene.write('my scripts/keys.js', script);
		const line = [`"${process.execPath}"`, `'${file}'`, ...args].join(' ');
		await scene.writeProfiles({ name: 'x', mode: 'External', process_command: line, region_id: 'cn-hangzhou' });
	};
	const prints = (output: object): string => `console.log(${JSON.stringify(JSON.stringify(output))})`;

	it('gives the access key that it prints, and config.json stays as it is, byte by byte', async () => {
		await command(prints({ mode: 'AK', access_key_id: scene.key.id, access_key_secret: scene.key.secret }));
		const before = await readFile(scene.configFile);
		assert.equal(await scene.callerOf('x'), scene.key.principal.arn);
		assert.deepEqual(await readFile(scene.configFile), before);
	});

	it('gives the temporary key that it prints until it expires; nothing of it is written', async () => {
		const { id, secret, session } = scene.account.startSession(scene.account.addRole('r'), 'mel', 3600);
		const expiration = new Date(Date.now() + 3600_000).toISOString();
		const output = {
			mode: 'StsToken',
			access_key_id: id,
			access_key_secret: secret,
			sts_token: session?.token,
			expiration,
		};
		const counter = `require('node:fs').appendFileSync(${JSON.stringify(`${scene.home}/runs`)}, 'x');`;
		await command(`${counter}${prints(output)}`);
		const before = await readFile(scene.configFile);
		const credentials = scene.credentials();
		assert.match(await scene.caller(await credentials.get('x')), /:assumed-role\/r\/mel$/);
		await credentials.get('x');
		assert.equal(await readFile(`${scene.home}/runs`, 'utf8'), 'x');
		const { now } = Date;
		Date.now = () => now() + 3500_000;
		try {
			await credentials.get('x');
		} finally {
			Date.now = now;
		}
		assert.equal(await readFile(`${scene.home}/runs`, 'utf8'), 'xx');
		assert.deepEqual(await readFile(scene.configFile), before);
	});

	it('is run without a shell, with its arguments as they are and the environment of the extension', async () => {
		scene.variables = { MARK: 'here', PATH: process.env['PATH'] ?? '' };
		const key = { access_key_id: scene.key.id, access_key_secret: scene.key.secret };
		const check = `const [a, b, c] = process.argv.slice(2);
			if (a === '$(id)' && b === 'x y' && c === '&&' && process.env.MARK === 'here') console.log(${JSON.stringify(JSON.stringify(key))});`;
		await command(check, "'$(id)'", '"x y"', '&&');
		assert.equal(await scene.callerOf('x'), scene.key.principal.arn);
	});

	const failing: readonly (readonly [string, string, RegExp])[] = [
		['ends with an exit code', "console.error('S3cr3t'); console.log('S3cr3t'); process.exit(3)", /exit code 3$/],
		['prints no JSON', "console.log('access_key_secret: S3cr3t')", /did not print JSON$/],
		['prints half a key', prints({ mode: 'AK', access_key_id: 'S3cr3t' }), /did not print an access key$/],
		[
			'prints no token',
			prints({ mode: 'StsToken', access_key_id: 'a', access_key_secret: 'S3cr3t' }),
			/an access key$/,
		],
		['prints another mode', prints({ mode: 'S3cr3t', access_key_id: 'a', access_key_secret: 'b' }), /neither mode/],
		['prints without end', "for (let i = 0; i < 9999; i++) console.log('S3cr3t'.repeat(99))", /too much$/],
	];
	for (const [what, script, detail] of failing) {
		it(`that ${what} is a failure that quotes nothing`, async () => {
			await command(script, 'S3cr3t');
			const failure = await failureOf(scene.credentials().get('x'));
			assert.equal(failure.kind, 'processFailed');
			assert.match(failure.detail ?? '', detail);
			assert.doesNotMatch(JSON.stringify([failure, scene.lines]), /S3cr3t/);
		});
	}

	it('that is not there, or is no command line, is a failure that quotes nothing', async () => {
		for (const [line, detail] of [
			['/nowhere/S3cr3t --key S3cr3t', /could not be run \(ENOENT\)$/],
			['keys "S3cr3t', /a quote is not closed$/],
		] as const) {
			await scene.writeProfiles({ name: 'x', mode: 'External', process_command: line });
			const failure = await failureOf(scene.credentials().get('x'));
			assert.equal(failure.kind, 'processFailed');
			assert.match(failure.detail ?? '', detail);
			assert.doesNotMatch(JSON.stringify(failure), /S3cr3t/);
		}
	});
});
