import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { CredentialScene } from '../providers/alibaba/credentialScene';

const secret = 'Sh0rtSecret';

describe('Trap 4: the failures of external credentials quote the command, or what a server answered', () => {
	let scene: CredentialScene;
	let url: string;
	let status = 200;
	beforeEach(async () => {
		scene = await CredentialScene.start();
		// Keys in a form that nobody expects.
		url = await scene.serve((request, response) => {
			request.resume();
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(
				JSON.stringify({ accessKeySecret: secret, Message: secret, message: secret, error: `it is ${secret}` }),
			);
		});
	});
	afterEach(() => scene.close());

	/** What a call with the profile fails with, as far down as one can look. */
	const told = async (): Promise<string> => {
		const error = await scene
			.credentials()
			.get('x')
			.then(
				() => assert.fail('It did not fail'),
				(thrown: unknown) => thrown,
			);
		assert.ok('failure' in Object(error), String(error));
		return inspect([error, scene.lines], { depth: 9, showHidden: true });
	};

	for (const answered of [200, 400, 401, 500]) {
		it(`keeps the body of a credentials URI to itself (${answered})`, async () => {
			status = answered;
			await scene.writeProfiles({ name: 'x', mode: 'CredentialsURI', credentials_uri: `${url}/?${secret}` });
			assert.doesNotMatch(await told(), /Sh0rtSecret/);
		});

		it(`keeps the body of CloudSSO's answer to itself (${answered})`, async () => {
			status = answered;
			await scene.writeProfiles({
				name: 'x',
				mode: 'CloudSSO',
				cloud_sso_sign_in_url: `${url}/start`,
				cloud_sso_account_id: '1',
				cloud_sso_access_config: 'ac-1',
				access_token: 'token',
				cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 999,
			});
			assert.doesNotMatch(await told(), /Sh0rtSecret/);
		});
	}

	it('keeps a process_command and what it printed to itself', async () => {
		const script = await scene.write('keys.js', `console.log('{"key": "${secret}'); console.error('${secret}');`);
		for (const command of [`"${process.execPath}" "${script}" ${secret}`, `/nowhere/keys ${secret}`, `"${secret}`]) {
			await scene.writeProfiles({ name: 'x', mode: 'External', process_command: command });
			assert.doesNotMatch(await told(), /Sh0rtSecret/);
		}
	});
});
