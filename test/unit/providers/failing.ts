import assert from 'node:assert/strict';
import { isProviderError, type ProviderFailure } from '../../../src/providers/failure';

/** The failure that the promise rejects with; a test fails when it resolves, or rejects with anything else. */
export async function failureOf(promise: Promise<unknown>): Promise<ProviderFailure> {
	try {
		await promise;
	} catch (error) {
		assert.ok(isProviderError(error), `not a ProviderError: ${error}`);
		return error.failure;
	}
	return assert.fail('it did not fail');
}
