import type { PublicKey } from '../../domain/publicKey';
import type { CloudNode } from '../../services/cloudKeys/keyTree';
import type { AgentFailure } from '../../services/localKeys/agentKeys';
import type { LocalKeyFile } from '../../services/localKeys/localKeys';

/** A row of *Local Public Keys*: a key of a file, or a file without a usable key. */
export interface KeyFileNode {
	readonly kind: 'localKey';
	readonly file: LocalKeyFile;
	readonly key?: PublicKey;
	/** Zero-based place among the keys of the file. */
	readonly index: number;
}

/** A row of *Local Public Keys*: a key that ssh-agent holds and no file does, or why the agent did not tell its keys. */
export type AgentNode =
	| { readonly kind: 'agentKey'; readonly key: PublicKey }
	| { readonly kind: 'agentKey'; readonly key?: never; readonly failure: AgentFailure };

export type LocalNode = KeyFileNode | AgentNode;

/** Whether the value, an argument from a menu, is a row of *Local Public Keys*. */
export function isLocalNode(value: unknown): value is LocalNode {
	const kind = kindOf(value);
	return kind === 'localKey' || kind === 'agentKey';
}

const cloudKinds: readonly unknown[] = [
	'vendorFailure',
	'profile',
	'service',
	'region',
	'regionGroup',
	'keyPair',
	'failure',
] satisfies CloudNode['kind'][];

/** Whether the value, an argument from a menu, is a row of *Cloud Key Pairs*. */
export function isCloudNode(value: unknown): value is CloudNode {
	return cloudKinds.includes(kindOf(value));
}

function kindOf(value: unknown): unknown {
	return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
}
