import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { FileError } from '../../../../src/services/ports';
import { isSignedIn, signInCommand, waitForSignIn } from '../../../../src/services/profiles/signIn';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { MemoryFiles } from '../../../fakes/files';
import { FakeProvider, refuses } from '../../../fakes/provider';
import { anEnvironment, aProfile, aVendor, fakeProviders } from '../../../fakes/vendors';

const providers = fakeProviders([]);
const sso = aProfile({ kind: 'sso' });

describe('signInCommand', () => {
	it("is the vendor's for the profile", () => {
		assert.deepEqual(signInCommand(sso, providers), ['aws', 'sso', 'login', '--profile', 'prod']);
	});

	it('is undefined where nothing is signed in', () => {
		assert.equal(signInCommand(aProfile({ kind: 'static' }), providers), undefined);
	});

	it('is undefined for a vendor that is not there', () => {
		assert.equal(signInCommand(aProfile({ vendor: 'alibaba' }), providers), undefined);
	});
});

describe('isSignedIn', () => {
	const never = new AbortController().signal;
	let ec2: FakeProvider;
	const ask = (signal = never) => isSignedIn(sso, fakeProviders([ec2]), signal);

	beforeEach(() => {
		ec2 = new FakeProvider(new FakeClock());
	});

	it('asks with new credentials', async () => {
		assert.equal(await ask(), true);
		assert.deepEqual([ec2.forgotten, ec2.calls], [['prod'], ['regions prod']]);
	});

	for (const [kind, expected] of [
		['signInExpired', false],
		['credentialsMissing', false],
		['notPermitted', true],
	] as const) {
		it(`is ${expected} when the answer is ${kind}`, async () => {
			ec2.next('regions', refuses(aFailure(kind)));
			assert.equal(await ask(), expected);
		});
	}

	it('is false when it was given up', async () => {
		assert.equal(await ask(AbortSignal.abort()), false);
	});

	it('is false for a vendor without services', async () => {
		const providers = fakeProviders([], [aVendor({ services: [] })]);
		assert.equal(await isSignedIn(sso, providers, never), false);
	});
});

describe('waitForSignIn', () => {
	const folder = pathToFileURL('/home/mel/.aws/sso/cache').href;
	const token = `${folder}/d033e22ae348aeb5660fc2140aec35850c4da997.json`;
	const registration = `${folder}/botocore-client-id-us-east-1.json`;
	let clock: FakeClock;
	let files: MemoryFiles;
	let abort: AbortController;
	let asked: number;
	/** What happens in each second. */
	let seconds: (() => void)[];
	/** Whether the service takes the token that is there. */
	let isValid: () => boolean;

	beforeEach(() => {
		clock = new FakeClock();
		files = new MemoryFiles({ [token]: '{"accessToken":"old"}' });
		abort = new AbortController();
		asked = 0;
		seconds = [];
		isValid = () => true;
		clock.onWait = () => seconds.shift()?.();
	});

	const idle = (): void => {};

	function waiting(signedIn = async () => isValid(), vendor = aVendor()): Promise<boolean> {
		const ports = { providers: fakeProviders([], [vendor]), files, clock };
		const ask = (): Promise<boolean> => {
			asked++;
			return signedIn();
		};
		return waitForSignIn(sso, anEnvironment, ports, ask, abort.signal);
	}

	it('is over when the token file has changed and the service takes it', async () => {
		seconds = [idle, idle, () => files.set(token, '{"accessToken":"new"}')];
		assert.equal(await waiting(), true);
		assert.deepEqual([asked, clock.waits], [1, [1000, 1000, 1000]]);
	});

	it('is over when the first token file comes', async () => {
		files.delete(token);
		seconds = [idle, () => files.set(token, '{"accessToken":"new"}')];
		assert.equal(await waiting(), true);
	});

	it('asks again after a change that was not it: the registration comes before the token', async () => {
		const holdsNewToken = { now: false };
		isValid = () => holdsNewToken.now;
		seconds = [
			() => files.set(registration, '{"clientId":"c"}'),
			idle,
			() => {
				holdsNewToken.now = true;
				files.set(token, '{"accessToken":"new"}');
			},
		];
		assert.equal(await waiting(), true);
		assert.equal(asked, 2);
	});

	it('does not ask the service while nothing changes', async () => {
		assert.equal(await waiting(), false);
		assert.equal(asked, 0);
	});

	it('sees a token that comes while it asks', async () => {
		let answers = 0;
		seconds = [() => files.set(registration, '{}')];
		const signedIn = async (): Promise<boolean> => {
			files.set(token, '{"accessToken":"new"}');
			return ++answers === 2;
		};
		assert.equal(await waiting(signedIn), true);
	});

	it('takes no notice of files of other kinds', async () => {
		seconds = [() => files.set(`${folder}/lock`, 'held')];
		assert.equal(await waiting(), false);
		assert.equal(asked, 0);
	});

	it('takes no notice of the order in which the folder is listed', async () => {
		files.set(registration, '{}');
		const list = files.list.bind(files);
		let lists = 0;
		files.list = async (uri) => {
			const found = await list(uri);
			return ++lists % 2 === 0 ? found : found.toReversed();
		};
		assert.equal(await waiting(), false);
		assert.equal(asked, 0);
	});

	it('sees a file that goes', async () => {
		seconds = [() => files.delete(token)];
		assert.equal(await waiting(), true);
	});

	it('goes by without a token file that can not be read', async () => {
		files.set(token, new FileError('noPermission'));
		seconds = [idle, () => files.set(token, '{"accessToken":"new"}')];
		assert.equal(await waiting(), true);
	});

	it('gives up after ten minutes', async () => {
		const started = clock.now();
		assert.equal(await waiting(), false);
		assert.equal(clock.now() - started, 10 * 60_000);
	});

	it('gives up when it is aborted', async () => {
		seconds = [idle, () => abort.abort()];
		assert.equal(await waiting(), false);
		assert.equal(clock.waits.length, 2);
	});

	it('does not begin when it is aborted already', async () => {
		abort.abort();
		assert.equal(await waiting(), false);
		assert.deepEqual(clock.waits, []);
	});

	it('counts a token that came just before it was aborted', async () => {
		seconds = [
			() => {
				files.set(token, '{"accessToken":"new"}');
				abort.abort();
			},
		];
		assert.equal(await waiting(), true);
	});

	it('looks into every folder of the vendor', async () => {
		const login = pathToFileURL('/home/mel/.aws/login/cache').href;
		const signInFolders = () => ['/home/mel/.aws/sso/cache', '/home/mel/.aws/login/cache'];
		seconds = [() => files.set(`${login}/token.json`, '{}')];
		assert.equal(await waiting(undefined, aVendor({ signInFolders })), true);
	});

	it('hands on what goes wrong while it asks', async () => {
		seconds = [() => files.set(token, '{}')];
		await assert.rejects(
			waiting(() => Promise.reject(new TypeError('a bug'))),
			TypeError,
		);
	});
});
