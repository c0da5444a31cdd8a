import type { Environment } from '../providers/contract';
import type { RemoteKeys } from '../services/cloudKeys/remoteKeys';
import type { AgentKeys } from '../services/localKeys/agentKeys';
import type { LocalKeys } from '../services/localKeys/localKeys';
import type { Clock, Files, Log, Providers } from '../services/ports';
import type { Profiles } from '../services/profiles/profiles';
import type { SavedAccessKeys } from './host/savedAccessKeys';
import type { TargetMemory } from './host/targetMemory';

/** What the features of the user interface work with; made once, in `app.ts`. */
export interface Services {
	readonly log: Log;
	readonly clock: Clock;
	readonly files: Files;
	readonly providers: Providers;
	readonly profiles: Profiles;
	readonly remoteKeys: RemoteKeys;
	readonly localKeys: LocalKeys;
	readonly agentKeys: AgentKeys;
	readonly environment: Environment;
	readonly targetMemory: TargetMemory;
	readonly accessKeys: SavedAccessKeys;
}
