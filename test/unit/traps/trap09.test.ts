import assert from 'node:assert/strict';
import type { Effect } from '../../emulator/faults/fault';
import { awsServices, useAwsTrap } from './awsTrap';

describe('Trap 9: an import that got no good answer may have been made', () => {
	const trap = useAwsTrap();
	const effects: readonly Effect[] = [
		{ kind: 'serverError' },
		{ kind: 'drop' },
		{ kind: 'html', status: 502 },
		{ kind: 'html', status: 200 },
	];

	for (const service of awsServices) {
		for (const effect of effects) {
			const what = 'status' in effect ? `a page with status ${effect.status}` : effect.kind;
			const fault = { operation: 'ImportKeyPair', calls: [1], effect } as const;

			it(`finds by name what was made before ${what} (${service}), and does not send it twice`, async () => {
				trap().emulator.faults.set([{ ...fault, when: 'after' }]);
				const outcome = await trap().import(service);
				assert.deepEqual([outcome.status, outcome.attempts], ['imported', 1]);
				assert.equal(trap().emulator.requests.count({ operation: 'ImportKeyPair' }), 1);
				assert.deepEqual(trap().stored(service), ['laptop']);
			});

			it(`sends again what ${what} kept from being made (${service})`, async () => {
				trap().emulator.faults.set([fault]);
				const outcome = await trap().import(service);
				assert.deepEqual([outcome.status, outcome.attempts], ['imported', 2]);
				assert.deepEqual(trap().stored(service), ['laptop']);
			});
		}
	}
}).timeout(20_000);
