import assert from 'node:assert/strict';
import type { FailureKind } from '../../../src/providers/failure';
import { failureOf } from '../providers/failing';
import { placeIn, useAlibabaTrap } from './alibabaTrap';
import { lines, never, targetIn, useAwsTrap } from './awsTrap';

const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false } as const;

describe('Trap 16: a status of HTTP says little: ENS denies with 400, Lightsail throttles and misses with 400', () => {
	describe('in ENS', () => {
		const trap = useAlibabaTrap();

		it('takes NoPermission with 400 for a permission that is missing', async () => {
			trap().account.deniedActions.add('ens:ImportKeyPair');
			const failure = await failureOf(trap().provider('ens').import(placeIn('ens'), request, never));
			assert.deepEqual(
				[failure.httpStatus, failure.code, failure.kind, failure.action],
				[400, 'NoPermission', 'notPermitted', 'ens:ImportKeyPair'],
			);
		});

		// The same status for each of them.
		for (const [code, kind] of [
			['NoPermission', 'notPermitted'],
			['Throttling.User', 'throttled'],
			['CallInterface', 'serverError'],
			['InvalidPublicKeyBody.Malformed', 'keyInvalid'],
			['SignatureDoesNotMatch', 'credentialsRejected'],
			['InvalidSecurityToken.Expired', 'signInExpired'],
		] as const satisfies readonly (readonly [string, FailureKind])[]) {
			it(`takes ${code} with 400 for ${kind}`, async () => {
				const effect = { kind: 'error', code, status: 400 } as const;
				trap().emulator.faults.set([{ operation: 'ImportKeyPair', effect }]);
				const failure = await failureOf(trap().provider('ens').import(placeIn('ens'), request, never));
				assert.deepEqual([failure.httpStatus, failure.kind], [400, kind]);
			});
		}

		it('takes the same code for the same with any other status', async () => {
			for (const status of [400, 403, 404, 429, 500]) {
				const effect = { kind: 'error', code: 'NoPermission', status } as const;
				trap().emulator.faults.set([{ operation: 'ImportKeyPair', effect }]);
				const failure = await failureOf(trap().provider('ens').import(placeIn('ens'), request, never));
				assert.deepEqual([failure.httpStatus, failure.kind], [status, 'notPermitted']);
			}
		});
	});

	describe('in Lightsail', () => {
		const trap = useAwsTrap();

		it('takes NotFoundException and ThrottlingException with 400 for what they say', async () => {
			const { emulator, provider } = trap();
			const target = targetIn('lightsail');
			const missing = await failureOf(provider('lightsail').delete(target, { name: 'absent' }, never));
			assert.deepEqual([missing.httpStatus, missing.kind], [400, 'notFound']);
			emulator.faults.set([{ operation: 'ImportKeyPair', effect: { kind: 'throttle' } }]);
			const throttled = await failureOf(provider('lightsail').import(target, request, never));
			assert.deepEqual([throttled.httpStatus, throttled.kind], [400, 'throttled']);
		});
	});
});
