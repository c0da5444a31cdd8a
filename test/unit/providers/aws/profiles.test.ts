import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../../../../src/domain/profile';
import { aws } from '../../../../src/providers/aws/manifest';
import { failureOf } from '../failing';
import { AwsHome } from './awsHome';

describe('AWS profiles', () => {
	let home: AwsHome;
	const profiles = () => aws.profiles(home.environment);
	const summary = async () =>
		(await profiles()).map(({ name, kind, problem }) =>
			problem ? `${name}: ${kind}, ${problem}` : `${name}: ${kind}`,
		);

	beforeEach(async () => {
		home = await AwsHome.create();
	});
	afterEach(() => home.remove());

	it('are none where there are no files', async () => {
		assert.deepEqual(await profiles(), []);
	});

	it('have their kind, region and file, in the order of the files', async () => {
		const config = await home.config(
			'[profile b]\nregion = eu-west-1\ncredential_process = x\n[default]\nregion = us-east-2\n',
		);
		const credentials = await home.credentials(
			'[default]\naws_access_key_id=AKIA\naws_secret_access_key=s\n[a]\naws_access_key_id=ASIA\naws_secret_access_key=s\naws_session_token=t\n',
		);
		assert.deepEqual(await profiles(), [
			{ vendor: 'aws', name: 'b', region: 'eu-west-1', source: config, kind: 'process', mayAsk: true },
			{ vendor: 'aws', name: 'default', region: 'us-east-2', source: credentials, kind: 'static' },
			{ vendor: 'aws', name: 'a', source: credentials, kind: 'session' },
		]);
	});

	it('hold no secret', async () => {
		await home.config(
			'[profile p]\ncredential_process = tool --password hunter2\n[profile l]\nlogin_session = hunter2\n',
		);
		await home.credentials(
			'[a]\naws_access_key_id=AKIAHUNTER2\naws_secret_access_key=hunter2\naws_session_token=hunter2\n',
		);
		assert.doesNotMatch(JSON.stringify(await profiles()), /hunter2/i);
	});

	it('are of each kind that the SDK knows', async () => {
		const role = 'role_arn = arn:aws:iam::111122223333:role/r\n';
		await home.config(
			[
				`[sso-session s]\nsso_region=us-east-1\nsso_start_url=https://x\n[services v]\nec2=\n  endpoint_url=http://x\n[plugins]\na=b\n`,
				`[profile role]\n${role}source_profile = static\n[profile instance]\n${role}credential_source = Ec2InstanceMetadata\n`,
				`[profile web]\n${role}web_identity_token_file = /token\n[profile process]\ncredential_process = x\n`,
				`[profile sso]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n`,
				`[profile legacy]\nsso_region=us-east-1\nsso_start_url=https://x\nsso_account_id=1\nsso_role_name=r\n`,
				'[profile login]\nlogin_session = x\n[profile static]\naws_access_key_id=AKIA\naws_secret_access_key=s\n[profile empty]\n',
			].join(''),
		);
		assert.deepEqual(await summary(), [
			'role: assumedRole',
			'instance: assumedRole',
			'web: webIdentity',
			'process: process',
			'sso: sso',
			'legacy: sso',
			'login: login',
			'static: static',
		]);
	});

	it('say whether a question may come with their credentials, which is known of the whole chain of roles', async () => {
		const role = 'role_arn = arn:aws:iam::111122223333:role/r\n';
		const keys = 'aws_access_key_id=AKIA\naws_secret_access_key=s\n';
		await home.config(
			[
				`[profile static]\n${keys}[profile plain]\n${role}source_profile = static\n`,
				`[profile mfa]\n${role}source_profile = static\nmfa_serial = arn:aws:iam::111122223333:mfa/mel\n`,
				`[profile after-mfa]\n${role}source_profile = mfa\n[profile process]\ncredential_process = x\n`,
				`[profile after-process]\n${role}source_profile = process\n`,
			].join(''),
		);
		const asking = (await profiles()).filter(({ mayAsk }) => mayAsk === true).map(({ name }) => name);
		assert.deepEqual(asking, ['mfa', 'after-mfa', 'process', 'after-process']);
	});

	it('are broken where they can not work, and say why', async () => {
		const role = 'role_arn = arn:aws:iam::111122223333:role/r\n';
		await home.config(
			[
				'[profile region-only]\nregion = eu-west-1\n[profile half]\naws_access_key_id = AKIA\n',
				`[profile a]\n${role}source_profile = b\n[profile b]\n${role}source_profile = a\n[profile self]\n${role}source_profile = self\n`,
				`[profile lost]\n${role}source_profile = nobody\n[profile far]\n${role}source_profile = lost\n[profile over]\n${role}source_profile = region-only\n`,
				`[profile both]\n${role}source_profile = a\ncredential_source = Environment\n[profile odd]\n${role}credential_source = Moon\n`,
				'[profile sso]\nsso_session = nowhere\nsso_account_id = 1\nsso_role_name = r\n[profile short]\nsso_start_url = https://x\n',
				'[profile my profile]\nregion = eu-west-1\n[unprefixed]\nregion = eu-west-1\n',
			].join(''),
		);
		await home.credentials('[two words]\naws_access_key_id=AKIA\naws_secret_access_key=s\n');
		assert.deepEqual(await summary(), [
			'region-only: broken, nothingUsable',
			'half: broken, nothingUsable',
			'a: broken, cycle',
			'b: broken, cycle',
			'self: broken, cycle',
			'lost: broken, sourceMissing',
			'far: broken, sourceMissing',
			'over: broken, nothingUsable',
			'both: broken, nothingUsable',
			'odd: broken, nothingUsable',
			'sso: broken, nothingUsable',
			'short: broken, nothingUsable',
			'my profile: broken, nameNotSupported',
			'two words: broken, nameNotSupported',
		]);
	});

	it('begin with that of the environment, where it has credentials', async () => {
		await home.config('[default]\nregion = eu-north-1\n[profile dev]\nregion = eu-south-1\n');
		home.set({ AWS_ACCESS_KEY_ID: 'AKIAHUNTER2' });
		assert.equal((await profiles())[0]?.name, 'default');
		home.set({ AWS_SECRET_ACCESS_KEY: 'hunter2' });
		const environment = async () => (await profiles())[0];
		const expected: Profile = { vendor: 'aws', name: '(environment)', source: 'environment', kind: 'environment' };
		assert.deepEqual(await environment(), { ...expected, region: 'eu-north-1' });
		home.set({ AWS_PROFILE: 'dev' });
		assert.equal((await environment())?.region, 'eu-south-1');
		home.set({ AWS_DEFAULT_REGION: 'us-west-1' });
		assert.equal((await environment())?.region, 'us-west-1');
		home.set({ AWS_REGION: 'us-west-2' });
		assert.equal((await environment())?.region, 'us-west-2');
		// Only for this profile.
		assert.equal((await profiles())[1]?.region, 'eu-north-1');
		home.unset('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
		home.set({ AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/r', AWS_WEB_IDENTITY_TOKEN_FILE: '/token' });
		assert.equal((await environment())?.kind, 'environment');
	});

	it('come from the files that the environment names', async () => {
		const config = await home.write('elsewhere/c', '[profile x]\ncredential_process = y\n');
		const credentials = await home.write('k', '[z]\naws_access_key_id=AKIA\naws_secret_access_key=s\n');
		home.set({ AWS_CONFIG_FILE: '~/elsewhere/c', AWS_SHARED_CREDENTIALS_FILE: credentials });
		assert.deepEqual(await summary(), ['x: process', 'z: static']);
		assert.deepEqual(aws.profileFiles(home.environment), [config, credentials]);
		home.unset('AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE');
		assert.deepEqual(
			aws.profileFiles(home.environment),
			['config', 'credentials'].map((name) => join(home.folder, '.aws', name)),
		);
	});

	it('can not be had from a broken file: it is said where, and nothing that stands in it', async () => {
		const config = await home.config(
			'[default]\nregion = eu-west-1\n[profile hunter2\naws_secret_access_key = hunter2\n',
		);
		const failure = await failureOf(profiles());
		assert.deepEqual(
			[failure.kind, failure.file, failure.line, failure.code],
			['configuration', config, 2, 'sectionUnclosed'],
		);
		assert.equal(failure.detail, `${config}, line 3: a section header without closing bracket`);
		assert.doesNotMatch(JSON.stringify(failure), /hunter2/);
	});

	it('can not be had from a file that is none', async () => {
		await mkdir(join(home.folder, '.aws', 'credentials'), { recursive: true });
		const failure = await failureOf(profiles());
		assert.deepEqual([failure.kind, failure.code], ['configuration', 'EISDIR']);
		assert.equal(failure.line, undefined);
	});

	it('are signed in by the command of the AWS CLI, the one that a role starts from too', async () => {
		const role = 'role_arn = arn:aws:iam::111122223333:role/r\n';
		const sso = 'sso_region=us-east-1\nsso_start_url=https://x\nsso_account_id=1\nsso_role_name=r\n';
		await home.config(
			`[profile corp]\n${sso}[profile over]\n${role}source_profile=corp\n[profile twice]\n${role}source_profile=over\n[profile l]\nlogin_session=x\n[profile p]\ncredential_process=x\n[profile %PATH%]\n${sso}`,
		);
		const commands = Object.fromEntries(
			(await profiles()).map((profile) => [profile.name, aws.signInCommand(profile)?.join(' ')]),
		);
		assert.deepEqual(commands, {
			corp: 'aws sso login --profile corp',
			over: 'aws sso login --profile corp',
			twice: 'aws sso login --profile corp',
			l: 'aws login --profile l',
			p: undefined,
			'%PATH%': undefined,
		});
	});

	it('say when their credentials may put a question to the person, also by way of the profile that a role starts from', async () => {
		const role = 'role_arn = arn:aws:iam::111122223333:role/r\n';
		const key = 'aws_access_key_id=AKIA\naws_secret_access_key=s\n';
		await home.config(
			`[profile base]\n${key}[profile plain]\n${role}source_profile=base\n[profile mfa]\n${role}source_profile=base\nmfa_serial=arn:aws:iam::111122223333:mfa/m\n[profile over]\n${role}source_profile=mfa\n[profile script]\ncredential_process=x\n[profile scripted]\n${role}source_profile=script\n`,
		);
		assert.deepEqual(
			(await profiles()).flatMap(({ name, mayAsk }) => (mayAsk ? name : [])),
			['mfa', 'over', 'script', 'scripted'],
		);
	});

	it('leave their tokens in folders that are known', () => {
		assert.deepEqual(aws.signInFolders(home.environment), [
			join(home.folder, '.aws', 'sso', 'cache'),
			join(home.folder, '.aws', 'login', 'cache'),
		]);
		home.set({ AWS_LOGIN_CACHE_DIRECTORY: '/elsewhere' });
		assert.equal(aws.signInFolders(home.environment)[1], '/elsewhere');
	});
});
