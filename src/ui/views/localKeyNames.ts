import { isDeepStrictEqual } from 'node:util';
import { l10n } from 'vscode';
import { KeyNames } from '../../domain/keyIndex';
import type { KeyPair } from '../../domain/keyPair';
import { isKeyKnown } from '../../domain/matching';
import { type AgentListing, keysWithoutFile } from '../../services/localKeys/agentKeys';
import { agentLabel } from '../messages/agent';
import type { Services } from '../services';

/** The agent is waited for so many milliseconds; its keys come later then. */
const agentWaitMs = 300;

interface Read {
	/** What each local key is called, with the key itself. */
	readonly named: readonly (readonly [publicKey: string, name: string])[];
	readonly names: KeyNames<string>;
	/** False while the agent has not told its keys: a key that is not found may be there. */
	readonly areAll: boolean;
}

/** What the local keys are called that key pairs hold. Read at first use. */
export class LocalKeyNames {
	private known: Read | undefined;
	private reading: Promise<void> | undefined;

	/** `changed` is called when names are other ones than before. */
	constructor(
		private readonly services: Pick<Services, 'agentKeys' | 'clock' | 'localKeys'>,
		private readonly changed: () => void,
	) {}

	/** Resolves when names are known. */
	ready(): Promise<void> {
		return this.reading ?? this.read();
	}

	/** Which local key the key pair holds, or that none does; undefined while that is not known, and where the service does not tell enough of the key. */
	describe(keyPair: KeyPair): string | undefined {
		const name = this.known?.names.of(keyPair);
		return name ?? (this.known?.areAll && isKeyKnown(keyPair) ? l10n.t('no local key') : undefined);
	}

	/** Reads anew what was read, because local keys have changed. */
	async refresh(): Promise<void> {
		if (!this.reading) {
			return;
		}
		const before = this.known;
		await this.read();
		if (before?.areAll !== this.known?.areAll || !isDeepStrictEqual(before?.named, this.known?.named)) {
			this.changed();
		}
	}

	private read(): Promise<void> {
		const read: Promise<void> = this.find().then((found) => {
			// What began later knows better.
			if (this.reading === read) {
				this.known = found;
			}
			return this.reading === read ? undefined : this.reading;
		});
		this.reading = read;
		return read;
	}

	private async find(): Promise<Read> {
		const [files, agent] = await Promise.all([this.services.localKeys.all(), this.askAgent()]);
		const named = [
			...files.flatMap(({ name, keys }) => keys.map((key) => [key, name] as const)),
			...keysWithoutFile(agent ?? { keys: [] }, files).map((key) => [key, agentLabel] as const),
		];
		return {
			named: named.map(([{ publicKey }, name]) => [publicKey, name]),
			names: new KeyNames(named),
			areAll: agent !== undefined && agent.failure === undefined,
		};
	}

	/** An agent that takes its time holds up no row: undefined then, and its keys come later. */
	private async askAgent(): Promise<AgentListing | undefined> {
		const asked = this.services.agentKeys.all();
		const enough = new AbortController();
		const waited = this.services.clock.wait(agentWaitMs, enough.signal).then(() => undefined);
		const agent = await Promise.race([asked, waited]);
		enough.abort();
		if (!agent) {
			void asked.then(() => this.refresh());
		}
		return agent;
	}
}
