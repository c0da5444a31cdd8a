import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { AgentKeys, agentSocket, keysWithoutFile, listAgentKeys } from '../../../../src/services/localKeys/agentKeys';
import { FakeAgent, identitiesAnswer, identityOf, message } from '../../../fakes/agent';
import { aPublicKey, keyLines } from '../../../fakes/keys';
import { type MemoryLog, memoryLog } from '../../../fakes/log';

const run = promisify(execFile);

describe('the keys of ssh-agent', () => {
	let agent: FakeAgent;

	beforeEach(async () => {
		agent = await FakeAgent.start();
	});
	afterEach(() => agent.close());

	const lines = async () =>
		(await listAgentKeys(agent.path)).keys.map(({ publicKey, comment }) => `${publicKey} ${comment}`);

	describe('listAgentKeys', () => {
		it('tells every key with its comment, in the order of the agent', async () => {
			agent.hold([identityOf(keyLines.deploy), identityOf(keyLines.mel), identityOf(keyLines.ecdsa)]);
			assert.deepEqual(await lines(), [keyLines.deploy, keyLines.mel, keyLines.ecdsa]);
		});

		it('asks for the identities, once, and nothing else', async () => {
			await lines();
			assert.deepEqual(
				agent.requests.map((request) => [...request]),
				[[11]],
			);
		});

		it('is empty for an agent without keys', async () => {
			assert.deepEqual(await listAgentKeys(agent.path), { keys: [] });
		});

		it('leaves out what it can not read, and a key that comes twice', async () => {
			const unknown = { blob: Buffer.from('\0\0\0\x07ssh-new\0\0\0\x01x', 'latin1'), comment: 'new' };
			const empty = { blob: Buffer.alloc(0), comment: '' };
			agent.hold([
				unknown,
				identityOf(keyLines.mel),
				empty,
				identityOf(keyLines.mel, 'again'),
				identityOf(keyLines.ops),
			]);
			assert.deepEqual(await lines(), [keyLines.mel, keyLines.ops]);
		});

		it('keeps a comment of several lines or with control characters in one line', async () => {
			agent.hold([identityOf(keyLines.mel, `work\nssh-rsa AAAA\r\x1b[1m\0 ä`)]);
			const [key, ...others] = (await listAgentKeys(agent.path)).keys;
			assert.equal(key?.comment, 'work ssh-rsa AAAA [1m ä');
			assert.deepEqual(others, []);
		});

		it('waits for an answer that comes in pieces', async () => {
			const answer = identitiesAnswer([identityOf(keyLines.mel)])(Buffer.of(11)) ?? Buffer.alloc(0);
			agent.answer = () => answer.subarray(0, 2);
			const listing = lines();
			await new Promise((resolve) => setTimeout(resolve, 30));
			agent.send(answer.subarray(2, 50));
			await new Promise((resolve) => setTimeout(resolve, 30));
			agent.send(answer.subarray(50));
			assert.deepEqual(await listing, [keyLines.mel]);
		});

		it('takes no longer than it is given', async () => {
			agent.answer = () => undefined;
			const start = performance.now();
			assert.deepEqual(await listAgentKeys(agent.path, 50), { keys: [], failure: 'timeout' });
			assert.ok(performance.now() - start < 1_000);
		});

		it('says that the agent refused', async () => {
			agent.answer = () => message(Buffer.of(5));
			assert.deepEqual(await listAgentKeys(agent.path), { keys: [], failure: 'refused' });
		});

		for (const [what, answer] of Object.entries({
			'another message': message(Buffer.of(99, 1, 2, 3)),
			'an empty message': message(),
			'a list that breaks off': message(Buffer.of(12, 0, 0, 0, 2, 0, 0, 0, 9, 1)),
			'a list without its count': message(Buffer.of(12)),
			'a message of four gigabytes': Buffer.of(0xff, 0xff, 0xff, 0xff, 12),
			'a web page': Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
		})) {
			it(`does not take ${what} for an answer`, async () => {
				agent.answer = () => answer;
				assert.deepEqual(await listAgentKeys(agent.path), { keys: [], failure: 'badAnswer' });
			});
		}

		it('does not wait for four billion keys that are announced and do not come', async () => {
			agent.answer = identitiesAnswer([identityOf(keyLines.mel)], 0xffff_ffff);
			assert.deepEqual(await listAgentKeys(agent.path), { keys: [], failure: 'badAnswer' });
		});

		it('says so when the agent hangs up', async () => {
			agent.answer = () => {
				agent.hangUp();
				return undefined;
			};
			assert.deepEqual(await listAgentKeys(agent.path), { keys: [], failure: 'badAnswer' });
		});

		it('hangs up itself, whatever came', async () => {
			agent.hold([identityOf(keyLines.mel)]);
			await lines();
			agent.answer = () => undefined;
			await listAgentKeys(agent.path, 20);
			for (const deadline = Date.now() + 2_000; agent.connections > 0 && Date.now() < deadline; ) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			assert.equal(agent.connections, 0);
		});

		it('finds no keys, and no fault, where no agent listens any more', async () => {
			const { path } = agent;
			await agent.close();
			assert.deepEqual(await listAgentKeys(path), { keys: [] });
			assert.deepEqual(await listAgentKeys(join(tmpdir(), 'no', 'such', 'agent')), { keys: [] });
			agent = await FakeAgent.start();
		});
	});

	describe('agentSocket', () => {
		it('is what SSH_AUTH_SOCK names', () => {
			assert.equal(agentSocket({ SSH_AUTH_SOCK: '/run/agent' }, 'linux'), '/run/agent');
			assert.equal(agentSocket({ SSH_AUTH_SOCK: '\\\\.\\pipe\\other' }, 'win32'), '\\\\.\\pipe\\other');
		});

		it('is the named pipe of the system on Windows, and nothing elsewhere, without it', () => {
			assert.equal(agentSocket({}, 'win32'), '\\\\.\\pipe\\openssh-ssh-agent');
			assert.equal(agentSocket({ SSH_AUTH_SOCK: '' }, 'darwin'), undefined);
			assert.equal(agentSocket({}, 'linux'), undefined);
		});
	});

	describe('AgentKeys', () => {
		let socket: string | undefined;
		let log: MemoryLog;
		let keys: AgentKeys;
		let changes: number;

		beforeEach(() => {
			socket = agent.path;
			log = memoryLog();
			keys = new AgentKeys(() => socket, log);
			changes = 0;
			keys.onDidChange(() => changes++);
			agent.hold([identityOf(keyLines.mel)]);
		});

		const comments = async () => (await keys.all()).keys.map(({ comment }) => comment);

		it('asks at first use, and once', async () => {
			assert.equal(agent.requests.length, 0);
			await Promise.all([keys.all(), keys.all()]);
			assert.deepEqual(await comments(), ['mel@laptop']);
			assert.equal(agent.requests.length, 1);
		});

		it('asks again after a refresh, of which it tells', async () => {
			await keys.all();
			agent.hold([identityOf(keyLines.ops)]);
			keys.refresh();
			assert.equal(changes, 1);
			assert.deepEqual(await comments(), ['ops@laptop']);
		});

		it('has nothing to refresh, nor to tell, before anybody asked', () => {
			keys.refresh();
			assert.equal(changes, 0);
		});

		it('asks nobody when there is no agent or it is not to be asked', async () => {
			socket = undefined;
			assert.deepEqual(await keys.all(), { keys: [] });
			assert.equal(agent.requests.length, 0);
		});

		it('logs how many keys there are, and no key', async () => {
			await keys.all();
			assert.deepEqual(log.lines, ['debug: ssh-agent: keys: 1']);
		});
	});

	it('stand apart from keys that a file holds, whatever the comments say', () => {
		const agentKeys = { keys: [aPublicKey(`${keyLines.mel} (agent)`), aPublicKey(keyLines.ops)] };
		const files = [{ keys: [] }, { keys: [aPublicKey(keyLines.deploy), aPublicKey()] }];
		assert.deepEqual(keysWithoutFile(agentKeys, files), [aPublicKey(keyLines.ops)]);
	});
});

// OpenSSH's own agent, which nobody here wrote. It is optional.
const tools = ['ssh-agent', 'ssh-add', 'ssh-keygen'];
const path = (process.env['PATH'] ?? '').split(delimiter);
const missing = tools.find((tool) => !path.some((folder) => existsSync(join(folder, tool))));

if (missing !== undefined || process.platform === 'win32') {
	process.stdout.write(`The checks with ssh-agent are left out: ${missing ?? 'ssh-agent -a'} is not there.\n`);
} else {
	describe("OpenSSH's own ssh-agent", function () {
		this.timeout(20_000);
		let folder: string;
		let stop: () => Promise<void>;

		before(async () => {
			folder = await mkdtemp(join(tmpdir(), 'ssh-agent-'));
			const agent = spawn('ssh-agent', ['-D', '-a', join(folder, 'socket')], { stdio: 'ignore' });
			const ended = new Promise<void>((resolve) => {
				agent.once('close', () => resolve());
			});
			stop = async () => {
				agent.kill();
				await ended;
			};
			for (const deadline = Date.now() + 5_000; !existsSync(join(folder, 'socket')) && Date.now() < deadline; ) {
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		});
		after(async () => {
			await stop();
			await rm(folder, { recursive: true });
		});

		const socket = () => join(folder, 'socket');

		it('tells its keys of every kind as ssh-keygen wrote them', async () => {
			const expected: string[] = [];
			for (const type of ['ed25519', 'rsa', 'ecdsa']) {
				const file = join(folder, type);
				await run('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', `mel's ${type} ä`, '-f', file]);
				await run('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: socket() } });
				const { stdout } = await run('ssh-keygen', ['-l', '-f', file]);
				expected.push(stdout.trim().replace(/ \(\w+\)$/, ''));
			}
			const { keys, failure } = await listAgentKeys(socket());
			assert.equal(failure, undefined);
			assert.deepEqual(
				keys.map(({ bits, fingerprints, comment }) => `${bits} ${fingerprints.sha256} ${comment}`),
				expected,
			);
		});

		it('has none to tell while it is locked', async () => {
			const script = join(folder, 'askpass');
			await writeFile(script, '#!/bin/sh\necho x\n');
			await chmod(script, 0o700);
			const env = { ...process.env, SSH_AUTH_SOCK: socket(), SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force' };
			await run('ssh-add', ['-x'], { env });
			assert.deepEqual(await listAgentKeys(socket()), { keys: [] });
		});
	});
}
