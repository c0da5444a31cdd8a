import type { World } from '../world';
import { AlibabaAccounts } from './accounts/accounts';
import { Nonces } from './signature/nonces';
import { CloudSso } from './signIn/cloudSso';
import { Metadata } from './signIn/metadata';
import { OAuth } from './signIn/oauth';

/** What the documentation leaves open or says in more than one way; tests choose. */
export interface AlibabaChoices {
	/** The code for a name that is taken in ECS: the current references say the first, older ones the second. */
	ecsDuplicateCode: 'KeyPair.AlreadyExist' | 'InvalidKeyPairName.Malformed';
	/** The code for a name that is taken in ENS, which no document tells: it is one of the general codes of ImportKeyPair. */
	ensDuplicateCode: 'InvalidParameter' | 'ens.interface.error' | 'CallInterface';
	/** Whether ECS takes `ssh-ed25519`, which its list of key types does not have. */
	ecsTakesEd25519: boolean;
	/** What throttled calls are told in `x-acs-retry-after`, in milliseconds; undefined leaves the header out. */
	retryAfterMs: number | undefined;
}

/** The state of the emulated Alibaba Cloud. */
export class AlibabaCloud {
	readonly accounts: AlibabaAccounts;
	readonly choices: AlibabaChoices = {
		ecsDuplicateCode: 'KeyPair.AlreadyExist',
		ensDuplicateCode: 'InvalidParameter',
		ecsTakesEd25519: false,
		retryAfterMs: 100,
	};
	/** Who is signed in to CloudSSO. */
	readonly cloudSso: CloudSso;
	/** Who is signed in with OAuth. */
	readonly oauth: OAuth;
	/** What an instance is told about itself. */
	readonly metadata: Metadata;
	/** Nonces of the signatures so far. */
	readonly nonces = new Nonces();
	readonly world: World;

	constructor(world: World) {
		this.world = world;
		this.accounts = new AlibabaAccounts(world);
		this.cloudSso = new CloudSso(world, this.accounts);
		this.oauth = new OAuth(world, this.accounts);
		this.metadata = new Metadata(world, this.accounts);
	}

	/** Milliseconds since 1970. */
	now(): number {
		return this.world.now();
	}
}
