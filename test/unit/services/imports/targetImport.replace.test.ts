import assert from 'node:assert/strict';
import type { KeyPair } from '../../../../src/domain/keyPair';
import type { TargetOutcome } from '../../../../src/services/imports/keyImport';
import { aDoubt, aFailure, refusal } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { answers, doesAndHangs, doesBut, hangs, refuses } from '../../../fakes/provider';
import { assertFailed, here, Importing, serviceFailure, settled } from './importing';

const mel = aPublicKey();
const ops = aPublicKey(keyLines.ops);
const deploy = aPublicKey(keyLines.deploy);
const taken = refuses(aFailure('nameTaken'));

describe('an import that replaces the key pair of its name', () => {
	let importing: Importing;
	let old: KeyPair;
	beforeEach(() => {
		importing = new Importing();
		old = aKeyPair({ id: 'key-old', tags: { team: 'ops' } }, ops);
		importing.ec2.put(here, old);
	});

	const replacing = (): Promise<TargetOutcome> => importing.one({ ifExists: 'replace', tags: { team: 'core' } });

	/** The first import is refused for the name; the second, after the deletion, goes like this. */
	function secondImport(...behaviours: Parameters<typeof importing.ec2.next<'import'>>[1][]): void {
		importing.ec2.next('import', taken, ...behaviours);
	}

	it('deletes the other key and has the new one in its place', async () => {
		const outcome = await replacing();

		assert.ok(outcome.status === 'imported');
		assert.deepEqual(importing.keysHere(), { mel: mel.publicKey });
		assert.deepEqual(outcome.keyPair.tags, { team: 'core' });
		assert.deepEqual(
			importing.ec2.calls.map((call) => call.split(' ')[0]),
			['import', 'find', 'delete', 'import'],
		);
	});

	it('replaces also where the key of the old one can not be told: that was asked for', async () => {
		const other = new Importing();
		other.ec2.put(here, aKeyPair({ id: 'key-old', publicKey: undefined, fingerprint: undefined }));
		assert.equal((await other.one({ ifExists: 'replace' })).status, 'imported');
	});

	describe('when the deletion fails', () => {
		it('leaves everything as it is', async () => {
			importing.ec2.next('delete', refuses(aFailure('notPermitted', { action: 'ec2:DeleteKeyPair' })));
			const outcome = await replacing();

			assertFailed(outcome, 'notPermitted');
			assert.deepEqual(serviceFailure(outcome).existing, old);
			assert.equal(serviceFailure(outcome).replaced, undefined);
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
			assert.equal(importing.ec2.imports.length, 1);
		});

		it('goes on when the key pair is gone already', async () => {
			importing.ec2.next('delete', doesBut(aFailure('notFound')));
			assert.equal((await replacing()).status, 'imported');
		});

		it('goes on when no answer came and the key pair is gone', async () => {
			importing.ec2.next('delete', doesBut(aDoubt('serverError')));
			assert.equal((await replacing()).status, 'imported');
			assert.deepEqual(importing.keysHere(), { mel: mel.publicKey });
		});

		it('goes on when the deleted key pair is still visible for a while', async () => {
			importing.ec2.next('delete', doesBut(aDoubt('serverError')));
			importing.ec2.next('find', answers(old), answers(old), answers(old));
			assert.equal((await replacing()).status, 'imported');
		});

		it('goes on, and then fails, when somebody else has taken the name of the deleted key pair', async () => {
			const theirs = aKeyPair({ id: 'key-theirs' }, deploy);
			importing.ec2.next('delete', (perform) => {
				perform();
				importing.ec2.put(here, theirs);
				throw refusal(aDoubt('serverError'));
			});
			const outcome = await replacing();

			assertFailed(outcome, 'nameTaken');
			assert.equal(serviceFailure(outcome).replaced, 'lost');
			assert.deepEqual(importing.ec2.existing(here), [theirs]);
		});

		it('fails for certain when no answer came and the key pair is still there', async () => {
			importing.ec2.next('delete', ...Array.from({ length: 6 }, () => refuses(aDoubt('serverError'))));
			const outcome = await replacing();

			assertFailed(outcome, 'serverError', false);
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
			assert.equal(importing.ec2.imports.length, 1);
		});

		it('deletes it once it can, when it failed in passing', async () => {
			const throttled = refuses(aFailure('throttled', { retryable: true }));
			importing.ec2.next('delete', throttled, refuses(aDoubt('serverError')));
			assert.equal((await replacing()).status, 'imported');
			assert.deepEqual(importing.keysHere(), { mel: mel.publicKey });
		});

		it('leaves open what was done when that can not be seen, and imports nothing', async () => {
			importing.ec2.next('delete', doesBut(aDoubt('timedOut')));
			importing.ec2.next('find', answers(old), refuses(aFailure('unreachable')));
			assertFailed(await replacing(), 'timedOut', true);
			assert.equal(importing.ec2.imports.length, 1);
		});
	});

	describe('when the import fails after the deletion', () => {
		it('puts the old key pair back, with its tags', async () => {
			secondImport(refuses(aFailure('pairLimit')));
			const outcome = await replacing();

			assertFailed(outcome, 'pairLimit');
			const { replaced, existing } = serviceFailure(outcome);
			assert.equal(replaced, 'restored');
			assert.deepEqual(existing, importing.ec2.existing(here)[0]);
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
			assert.deepEqual(existing?.tags, { team: 'ops' });
		});

		it('puts it back without the tags that only the vendor may set', async () => {
			const tags = { 'aws:cloudformation:stack-name': 'network', team: 'ops' };
			const other = new Importing();
			other.ec2.put(here, aKeyPair({ id: 'key-old', tags }, ops));
			other.ec2.next('import', taken, refuses(aFailure('keyInvalid')));
			const outcome = await other.one({ ifExists: 'replace' });

			assert.equal(serviceFailure(outcome).replaced, 'restored');
			assert.deepEqual(other.ec2.existing(here)[0]?.tags, { team: 'ops' });
		});

		it('tries several times to put it back', async () => {
			const throttled = refuses(aFailure('throttled', { retryable: true }));
			secondImport(refuses(aFailure('pairLimit')), throttled, throttled, refuses(aDoubt('serverError')));
			const outcome = await replacing();

			assert.equal(serviceFailure(outcome).replaced, 'restored');
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
		});

		it('sees that it is back although no answer said so', async () => {
			secondImport(refuses(aFailure('keyInvalid')), doesBut(aDoubt('timedOut')));
			const outcome = await replacing();

			assert.equal(serviceFailure(outcome).replaced, 'restored');
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
			assert.equal(importing.ec2.imports.length, 3);
		});

		it('says that it is lost when it can not be put back, and for what reason the import failed', async () => {
			const again = refuses(aFailure('throttled', { code: 'again' }));
			secondImport(refuses(aFailure('throttled', { code: 'first' })), again, again, again);
			const outcome = await replacing();

			const { replaced, existing, failure } = serviceFailure(outcome);
			assert.deepEqual([replaced, existing, failure.code], ['lost', old, 'first']);
			assert.deepEqual(importing.keysHere(), {});
		});

		it('leaves open whether it is lost when nobody can see whether it was put back', async () => {
			const doubtful = doesBut(aDoubt('timedOut'));
			const blind = refuses(aFailure('unreachable'));
			secondImport(refuses(aFailure('keyInvalid')), doubtful, taken, taken);
			importing.ec2.next('find', answers(old), blind, blind, blind);
			const outcome = await replacing();

			assertFailed(outcome, 'keyInvalid', true);
			assert.equal(serviceFailure(outcome).replaced, 'lost');
		});

		it('says that it is lost when the service never gave its key', async () => {
			const other = new Importing();
			other.ec2.put(here, aKeyPair({ publicKey: undefined }, ops));
			other.ec2.next('import', taken, refuses(aFailure('keyInvalid')));
			const outcome = await other.one({ ifExists: 'replace' });

			assert.equal(serviceFailure(outcome).replaced, 'lost');
			assert.equal(other.ec2.imports.length, 2);
		});

		it('says that it is lost when somebody else has taken the name meanwhile', async () => {
			const theirs = aKeyPair({ id: 'key-theirs' }, deploy);
			secondImport(() => {
				importing.ec2.put(here, theirs);
				throw refusal('nameTaken');
			});
			const outcome = await replacing();

			assertFailed(outcome, 'nameTaken');
			assert.equal(serviceFailure(outcome).replaced, 'lost');
			assert.deepEqual(importing.keysHere(), { mel: deploy.publicKey });
		});

		it('puts it back when nobody can see whether the new one is there, and it is not', async () => {
			secondImport(refuses(aDoubt('timedOut')));
			importing.ec2.next('find', answers(old), refuses(aFailure('unreachable')));
			const outcome = await replacing();

			assertFailed(outcome, 'timedOut', false);
			assert.equal(serviceFailure(outcome).replaced, 'restored');
		});
	});

	describe('when the import ends without an answer', () => {
		it('is imported when the new key pair is there', async () => {
			secondImport(doesBut(aDoubt('serverError')));
			assert.equal((await replacing()).status, 'imported');
			assert.deepEqual(importing.keysHere(), { mel: mel.publicKey });
		});

		it('does not take the deleted key pair, visible for a while, for the one that has the name', async () => {
			secondImport(doesBut(aDoubt('serverError')));
			importing.ec2.next('find', answers(old), answers(old), answers(old));
			assert.equal((await replacing()).status, 'imported');
		});

		it('does not take it for the old one put back either, however long it stays visible', async () => {
			secondImport(doesBut(aDoubt('serverError')));
			importing.ec2.next('find', ...Array.from({ length: 5 }, () => answers(old)));
			assert.equal((await replacing()).status, 'imported');
		});

		it('is imported when the new key pair is what keeps the old one from being put back', async () => {
			secondImport(doesBut(aDoubt('timedOut')));
			importing.ec2.next('find', answers(old), refuses(aFailure('unreachable')));
			assert.equal((await replacing()).status, 'imported');
			assert.deepEqual(importing.keysHere(), { mel: mel.publicKey });
		});
	});

	describe('when it is cancelled', () => {
		async function cancelledOnceItHangs(): Promise<TargetOutcome> {
			const running = replacing();
			await settled();
			importing.abort.abort();
			return running;
		}

		/** It is as before, and yet another key pair: that has to be said. */
		function assertPutBack(outcome: TargetOutcome): void {
			assertFailed(outcome, 'cancelled');
			assert.equal(serviceFailure(outcome).replaced, 'restored');
		}

		it('before the deletion, leaves everything as it is', async () => {
			importing.ec2.next('find', () => {
				importing.abort.abort();
				return old;
			});
			assert.equal((await replacing()).status, 'cancelled');
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
		});

		it('during the deletion, leaves everything as it is when that was not done', async () => {
			importing.ec2.next('delete', hangs);
			assert.equal((await cancelledOnceItHangs()).status, 'cancelled');
			assert.deepEqual(importing.ec2.existing(here), [old]);
		});

		it('during the deletion, puts the key pair back when that was done', async () => {
			importing.ec2.next('delete', doesAndHangs);
			assertPutBack(await cancelledOnceItHangs());
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
		});

		it('between deletion and import, puts the key pair back', async () => {
			importing.ec2.next('delete', (perform) => {
				perform();
				importing.abort.abort();
				return undefined;
			});
			assertPutBack(await replacing());
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
		});

		it('during the import, is imported when that was done', async () => {
			secondImport(doesAndHangs);
			assert.equal((await cancelledOnceItHangs()).status, 'imported');
		});

		it('between deletion and import, imports all the same where nothing could be put back', async () => {
			const other = new Importing();
			other.ec2.put(here, aKeyPair({ publicKey: undefined }, ops));
			other.ec2.next('delete', (perform) => {
				perform();
				other.abort.abort();
				return undefined;
			});
			assert.equal((await other.one({ ifExists: 'replace' })).status, 'imported');
			assert.deepEqual(other.keysHere(), { mel: mel.publicKey });
		});

		it('has failed when the key pair could not be put back', async () => {
			const broken = refuses(aFailure('unreachable'));
			secondImport(hangs, broken, broken, broken);
			const outcome = await cancelledOnceItHangs();

			assertFailed(outcome, 'cancelled');
			assert.equal(serviceFailure(outcome).replaced, 'lost');
		});
	});
});
