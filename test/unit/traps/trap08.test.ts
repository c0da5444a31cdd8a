import assert from 'node:assert/strict';
import { alibabaServices, placeIn, useAlibabaTrap } from './alibabaTrap';
import { never } from './awsTrap';

describe("Trap 8: Alibaba Cloud's library gives up after 3 seconds, and its autoretry does nothing", function () {
	this.timeout(10_000);
	const trap = useAlibabaTrap();

	it('waits for a service that takes longer to answer', async () => {
		trap().emulator.faults.set([{ operation: 'DescribeKeyPairs', delayMs: 3_300 }]);
		const listing = alibabaServices.map((service) => trap().provider(service).list(placeIn(service), never));
		assert.deepEqual(await Promise.all(listing), [[], []]);
		assert.equal(trap().emulator.requests.count({ operation: 'DescribeKeyPairs' }), 2);
	});

	for (const service of alibabaServices) {
		it(`repeats what only reads from ${service}`, async () => {
			const { faults, requests } = trap().emulator;
			for (const kind of ['throttle', 'serverError', 'drop'] as const) {
				requests.clear();
				faults.set([{ operation: 'DescribeKeyPairs', calls: [1, 2], effect: { kind } }]);
				assert.deepEqual(await trap().provider(service).list(placeIn(service), never), []);
				assert.equal(requests.count({ operation: 'DescribeKeyPairs' }), 3, kind);
			}
		});
	}
});
