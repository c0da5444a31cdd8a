import assert from 'node:assert/strict';
import { sendRpc } from '../../../src/providers/alibaba/rpc';
import { json, startLoopback } from '../providers/alibaba/loopback';
import { failureOf } from '../providers/failing';
import { alibabaServices, placeIn, useAlibabaTrap } from './alibabaTrap';
import { never } from './awsTrap';

describe("Trap 28: what an error of Alibaba Cloud leaves out is the word 'undefined' in the library's", () => {
	const trap = useAlibabaTrap();
	const answers = [
		{ Code: 'MissingParameter' },
		{ Code: 'MissingParameter', Message: '' },
		{ Code: 'Throttling.User' },
		{ Code: 'InternalError' },
		{},
	];

	it('is so', async () => {
		const server = await startLoopback((response) => json(response, 400, { Code: 'MissingParameter' }));
		const credentials = { accessKeyId: 'a', accessKeySecret: 'b' };
		const request = { endpoint: server.url, version: 'v', action: 'a', query: {}, credentials, signal: never } as const;
		const error: unknown = await sendRpc({ ...request, use: 'change' }).catch((reason: unknown) => reason);
		await server.close();
		assert.ok(error instanceof Error);
		assert.match(error.message, /undefined/);
		assert.deepEqual(
			['description', 'detail', 'requestId'].map((key) => Reflect.get(error, key)),
			['undefined', 'undefined', 'undefined'],
		);
	});

	for (const service of alibabaServices) {
		it(`is never shown of ${service}`, async () => {
			let answer: unknown;
			const server = await startLoopback((response) => json(response, 400, answer));
			trap().settings['endpoints'] = { ecs: server.url, ens: server.url };
			try {
				for (answer of answers) {
					const failing = trap().provider(service).delete(placeIn(service), { name: 'laptop' }, never);
					const failure = await failureOf(failing);
					assert.doesNotMatch(JSON.stringify(failure), /undefined|"code: /);
					assert.equal(failure.detail, undefined);
					assert.equal(failure.requestId, undefined);
				}
				assert.doesNotMatch(trap().lines.join('\n'), /undefined/);
			} finally {
				await server.close();
			}
		});
	}

	it("shows the service's own sentence alone, without the library's words around it", async () => {
		const { emulator, provider } = trap();
		const effect = { kind: 'error', code: 'Forbidden.RiskControl', status: 403, message: 'Ask us.' } as const;
		emulator.faults.set([{ operation: 'DescribeKeyPairs', effect }]);
		const failure = await failureOf(provider('ecs').list(placeIn('ecs'), never));
		assert.equal(failure.detail, 'Ask us.');
	});
});
