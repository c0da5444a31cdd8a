import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyTextCache } from '../../../src/domain/keyTextCache';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { keyTexts } from './arbitraries';
import { manyKeys } from './manyKeys';
import { vector } from './vectors';

describe('KeyTextCache', () => {
	it('gives what parsePublicKeys gives, however the text is edited', () => {
		fc.assert(
			fc.property(fc.array(keyTexts, { minLength: 1, maxLength: 5 }), (texts) => {
				const cache = new KeyTextCache();
				for (const text of texts) {
					assert.deepEqual(cache.parse(text), parsePublicKeys(text));
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('moves keys, problems and fixes to the lines they are in now', () => {
		const lines = [
			vector('ed25519').line,
			vector('dsa').line,
			`no-such ${vector('rsa-1024').line}`,
			'ssh-rsa AAAA',
			'ssh-foo AAAA',
			'command="x',
			'-----BEGIN RSA PRIVATE KEY-----',
			'AAAA',
			'-----END RSA PRIVATE KEY-----',
		];
		const cache = new KeyTextCache();
		cache.parse(lines.join('\n'));
		for (const text of [`\n# x\n${lines.join('\n')}`, lines.slice(1).join('\n'), [...lines, ...lines].join('\n')]) {
			assert.deepEqual(cache.parse(text), parsePublicKeys(text));
		}
	});

	it('checks a file of 10,000 keys again within the time of a frame', () => {
		const text = manyKeys(10_000);
		const lines = text.split('\n');
		const cache = new KeyTextCache();
		assert.equal(cache.parse(text).keys.length, 10_000);
		const times = Array.from({ length: 9 }, (_, round) => {
			lines[5000] += `${round}`;
			// A string of its own, as an editor hands it out.
			const edited = Buffer.from(lines.join('\n')).toString();
			const before = process.cpuUsage();
			cache.parse(edited);
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		});
		times.sort((a, b) => a - b);
		assert.ok((times[4] ?? Number.NaN) < 20, `${times[4]} ms`);
	});
});
