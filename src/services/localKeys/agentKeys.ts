import { connect } from 'node:net';
import { WireReader } from '../../domain/parse/wireReader';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import { type Disposable, Emitter } from '../event';
import { Kept } from '../kept';
import type { Log } from '../ports';

/** Why an agent that is there did not tell its keys: no answer in time, no access to its socket, it refused, or its answer is none. */
export type AgentFailure = 'timeout' | 'noPermission' | 'refused' | 'badAnswer';

/** The keys that an agent holds, in its order. An agent that is not there has none. */
export interface AgentListing {
	readonly keys: readonly PublicKey[];
	readonly failure?: AgentFailure;
}

/** An agent that has to ask somebody first answers later, or never. In milliseconds. */
const timeoutMs = 2_000;

/** Numbers of messages: draft-miller-ssh-agent, section 5.1. */
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const FAILURE = 5;

/** OpenSSH's AGENT_MAX_LEN: a longer message is none. */
const maxMessageBytes = 256 * 1024;

/** The named pipe of the agent that comes with Windows; 1Password and Bitwarden take its place there. */
const windowsPipe = '\\\\.\\pipe\\openssh-ssh-agent';

/** The socket or named pipe of the person's agent, or undefined where there is none. */
export function agentSocket(
	variables: Readonly<Record<string, string | undefined>>,
	platform: NodeJS.Platform,
): string | undefined {
	return variables['SSH_AUTH_SOCK'] || (platform === 'win32' ? windowsPipe : undefined);
}

/** The keys of the ssh-agent, asked for at first use and kept until `refresh`. Private keys stay in the agent: it is only asked what it holds. */
export class AgentKeys implements Disposable {
	private readonly changed = new Emitter<void>();
	private readonly listing = new Kept(() => this.list());
	private wasAsked = false;

	/** `socket` is looked at for each listing; undefined: there is no agent, or it is not to be asked. */
	constructor(
		private readonly socket: () => string | undefined,
		private readonly log: Log,
	) {}

	/** Fires when the next `all()` may answer otherwise. */
	readonly onDidChange = this.changed.event;

	all(): Promise<AgentListing> {
		this.wasAsked = true;
		return this.listing.get();
	}

	/** Does nothing before the first `all()`. */
	refresh(): void {
		if (this.wasAsked) {
			this.listing.forget();
			this.changed.fire();
		}
	}

	dispose(): void {
		this.changed.dispose();
	}

	private async list(): Promise<AgentListing> {
		const socket = this.socket();
		const listing = socket === undefined ? { keys: [] } : await listAgentKeys(socket);
		this.log.debug(`ssh-agent: ${listing.failure ?? `keys: ${listing.keys.length}`}`);
		return listing;
	}
}

/** The keys of the agent that none of the files holds. */
export function keysWithoutFile(
	{ keys }: AgentListing,
	files: readonly { readonly keys: readonly PublicKey[] }[],
): readonly PublicKey[] {
	const inFiles = new Set(files.flatMap((file) => file.keys.map(({ publicKey }) => publicKey)));
	return keys.filter(({ publicKey }) => !inFiles.has(publicKey));
}

/** Asks the agent behind a socket or named pipe for its keys. Keys of kinds that OpenSSH does not know are left out. Never rejects. */
export function listAgentKeys(socket: string, withinMs = timeoutMs): Promise<AgentListing> {
	return new Promise((resolve) => {
		let received = Buffer.alloc(0);
		const end = (listing: AgentListing): void => {
			clearTimeout(timer);
			client.destroy();
			resolve(listing);
		};
		const fail = (failure: AgentFailure): void => end({ keys: [], failure });
		const timer = setTimeout(() => fail('timeout'), withinMs);
		const client = connect(socket, () => client.write(Buffer.of(0, 0, 0, 1, REQUEST_IDENTITIES)));
		client.on('data', (chunk) => {
			received = Buffer.concat([received, chunk]);
			const length = received.length < 4 ? 0 : received.readUInt32BE();
			if (length > maxMessageBytes) {
				fail('badAnswer');
			} else if (received.length >= 4 + length && received.length >= 4) {
				const listing = readAnswer(received.subarray(4, 4 + length));
				end(listing ?? { keys: [], failure: received[4] === FAILURE ? 'refused' : 'badAnswer' });
			}
		});
		client.on('end', () => fail('badAnswer'));
		client.on('error', ({ code }: NodeJS.ErrnoException) => {
			if (code === 'EACCES' || code === 'EPERM') {
				fail('noPermission');
			} else if (received.length > 0 || code === 'ECONNRESET' || code === 'EPIPE') {
				fail('badAnswer');
			} else {
				// Nothing listens there: a variable that outlived its agent, or an agent that was never started.
				end({ keys: [] });
			}
		});
	});
}

function readAnswer(message: Buffer): AgentListing | undefined {
	if (message[0] !== IDENTITIES_ANSWER) {
		return undefined;
	}
	const reader = new WireReader(message, 1);
	const count = reader.uint32();
	const keys = new Map<string, PublicKey>();
	for (let index = 0; index < count && reader.fault === undefined; index++) {
		const blob = reader.view(reader.string());
		const comment = reader.view(reader.string()).toString('utf8');
		const key = reader.fault === undefined ? readKey(blob, comment) : undefined;
		if (key && !keys.has(key.publicKey)) {
			keys.set(key.publicKey, key);
		}
	}
	return reader.fault === undefined ? { keys: [...keys.values()] } : undefined;
}

function readKey(blob: Buffer, comment: string): PublicKey | undefined {
	const type = new WireReader(blob).text();
	const line = `${type} ${blob.toString('base64')} ${comment.replace(/[\s\p{Cc}]+/gu, ' ')}`;
	return parsePublicKeys(line).keys[0];
}
