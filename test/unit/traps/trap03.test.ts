import assert from 'node:assert/strict';
import { startLoopback } from '../providers/alibaba/loopback';
import { failureOf } from '../providers/failing';
import { alibabaServices, placeIn, useAlibabaTrap } from './alibabaTrap';
import { lines, never } from './awsTrap';

describe("Trap 3: Alibaba Cloud's network errors carry the URL, with tokens, signatures and keys in it", () => {
	const trap = useAlibabaTrap();
	/** What a request holds, in its URL, its headers or its errors. */
	const secrets = /LTAI|STS\.|CAIS|Signature|SecurityToken|PublicKeyBody|AAAAB3|https?:|POST|\?/;

	/** What the failure and the log tell. */
	async function told(endpoint: string, call: () => Promise<unknown>): Promise<string> {
		const { settings, lines: log } = trap();
		settings['endpoints'] = { ecs: endpoint, ens: endpoint, sts: endpoint };
		const failure = await failureOf(call());
		return JSON.stringify([failure, log]);
	}

	for (const service of alibabaServices) {
		it(`tells nothing of a request to ${service} that got no answer`, async () => {
			const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false };
			const importing = () => trap().provider(service).import(placeIn(service), request, never);
			const server = await startLoopback((response) => response.destroy());
			const broken = await told(server.url, importing);
			await server.close();
			const refused = await told(server.url, importing);
			assert.match(broken, /ECONNRESET/);
			assert.match(refused, /ECONNREFUSED/);
			assert.doesNotMatch(broken, secrets);
			assert.doesNotMatch(refused, secrets);
		});
	}

	it("tells nothing of STS's request for a role that got no answer", async () => {
		const { emulator, account, configure, provider } = trap();
		const role = account.addRole('deployer');
		const session = account.startSession(role, 'somebody', 3_600);
		await configure({
			...{ mode: 'RamRoleArn', ram_role_arn: role.arn, ram_session_name: 'mel', sts_region: 'cn-hangzhou' },
			...{ access_key_id: session.id, access_key_secret: session.secret, sts_token: session.session.token },
		});
		const listing = () => provider('ecs').list(placeIn('ecs'), never);
		const server = await startLoopback((response) => response.destroy());
		const broken = await told(server.url, listing);
		await server.close();
		const refused = await told(server.url, listing);
		assert.ok(server.requests.some(({ headers }) => headers['x-acs-security-token'] === session.session.token));
		assert.match(broken, /unreachable/);
		assert.match(refused, /unreachable/);
		for (const text of [broken, refused]) {
			assert.doesNotMatch(text, secrets);
			assert.ok(!text.includes(session.secret));
		}
		assert.equal(emulator.requests.count(), 0);
	});
});
