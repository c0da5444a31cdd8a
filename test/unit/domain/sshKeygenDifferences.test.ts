import assert from 'node:assert/strict';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { differences } from './sshKeygenDifferences';

describe('differences from ssh-keygen -l', () => {
	for (const { name, text, ours, reason } of differences) {
		it(`${name}: ${reason}`, () => {
			assert.equal(parsePublicKeys(text).keys.length, ours);
		});
	}
});
