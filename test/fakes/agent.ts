import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An identity as an agent holds it. */
export interface AgentIdentity {
	readonly blob: Uint8Array;
	readonly comment: string;
}

/** What the agent sends when it was asked; undefined: never anything. */
export type AgentAnswer = (request: Buffer) => Uint8Array | undefined;

/** Plays an ssh-agent behind a socket, or on Windows a named pipe (draft-miller-ssh-agent, sections 3 and 5). */
export class FakeAgent {
	/** Messages that came, without their length. */
	readonly requests: Buffer[] = [];
	answer: AgentAnswer = identitiesAnswer([]);
	private readonly sockets = new Set<Socket>();

	private constructor(
		/** For SSH_AUTH_SOCK. */
		readonly path: string,
		private readonly folder: string,
		private readonly server: Server,
	) {
		server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => this.sockets.delete(socket));
			socket.on('data', (chunk) => {
				// A request of one byte comes whole.
				this.requests.push(chunk.subarray(4));
				const answer = this.answer(chunk.subarray(4));
				if (answer) {
					socket.write(answer);
				}
			});
		});
	}

	static async start(): Promise<FakeAgent> {
		const folder = await mkdtemp(join(tmpdir(), 'agent-'));
		const path = process.platform === 'win32' ? `\\\\.\\pipe\\agent-${randomUUID()}` : join(folder, 'socket');
		const server = createServer();
		const agent = new FakeAgent(path, folder, server);
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(path, resolve);
		});
		return agent;
	}

	/** Holds these identities from now on. */
	hold(identities: readonly AgentIdentity[]): void {
		this.answer = identitiesAnswer(identities);
	}

	/** Sends more to everybody who is connected. */
	send(bytes: Uint8Array): void {
		for (const socket of this.sockets) {
			socket.write(bytes);
		}
	}

	hangUp(): void {
		for (const socket of this.sockets) {
			socket.end();
		}
	}

	get connections(): number {
		return this.sockets.size;
	}

	async close(): Promise<void> {
		for (const socket of this.sockets) {
			socket.destroy();
		}
		await new Promise((resolve) => this.server.close(resolve));
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** The identity of an OpenSSH line. */
export function identityOf(line: string, comment?: string): AgentIdentity {
	const [, body = '', ...words] = line.split(' ');
	return { blob: Buffer.from(body, 'base64'), comment: comment ?? words.join(' ') };
}

/** A message with its length before it. */
export function message(...parts: readonly Uint8Array[]): Buffer {
	return field(Buffer.concat(parts));
}

/** SSH_AGENT_IDENTITIES_ANSWER. `count` may lie. */
export function identitiesAnswer(identities: readonly AgentIdentity[], count = identities.length): AgentAnswer {
	return (request) =>
		request[0] === 11
			? message(
					Buffer.of(12),
					uint32(count),
					...identities.flatMap(({ blob, comment }) => [field(blob), field(Buffer.from(comment))]),
				)
			: message(Buffer.of(5));
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

function field(content: Uint8Array): Buffer {
	return Buffer.concat([uint32(content.length), content]);
}
