import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failureOf } from '../providers/failing';
import { awsServices, never, targetIn, useAwsTrap } from './awsTrap';

describe("Trap 22: a mistyped profile may end up with the machine's own role", () => {
	const trap = useAwsTrap();
	let asked: string[];
	let metadata: Server;

	beforeEach(async () => {
		asked = [];
		metadata = createServer((request, response) => {
			asked.push(request.url ?? '');
			response.end('role');
		});
		await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve));
		const { port } = metadata.address() as AddressInfo;
		const { home, key } = trap();
		home.unset('AWS_EC2_METADATA_DISABLED');
		home.set({
			AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}`,
			AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/container`,
			AWS_ACCESS_KEY_ID: key.id,
			AWS_SECRET_ACCESS_KEY: key.secret,
		});
	});
	afterEach(async () => {
		metadata.closeAllConnections();
		await new Promise((resolve) => metadata.close(resolve));
	});

	for (const service of awsServices) {
		it(`says that the profile has no credentials, and asks neither machine nor environment (${service})`, async () => {
			const target = { ...targetIn(service), profile: 'abel' };
			const failure = await failureOf(trap().provider(service).list(target, never));
			assert.equal(failure.kind, 'credentialsMissing');
			assert.deepEqual(asked, []);
			assert.equal(trap().emulator.requests.count(), 0);
		});
	}
});
