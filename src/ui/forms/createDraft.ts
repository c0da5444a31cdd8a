import type { Profile } from '../../domain/profile';
import type { Service, Target } from '../../domain/target';
import type { CreatedKeyType, PrivateKeyFormat, ResourceGroup } from '../../providers/contract';
import type { Providers } from '../../services/ports';

/** What is known of a key pair that is to be created. */
export interface CreateDraft {
	profile?: Profile;
	service?: Service;
	target?: Target;
	keyName?: string;
	type?: CreatedKeyType;
	format?: PrivateKeyFormat;
	tags?: Readonly<Record<string, string>>;
	/** Empty: the account's default group. */
	resourceGroupId?: string;
	/** The account's groups, once they are known. */
	resourceGroups?: readonly ResourceGroup[];
	/** The folder for the private key; absolute. */
	folder?: string;
	/** The private key's file; absolute. */
	file?: string;
	/** Answers that were given beforehand and are not asked for again. */
	readonly given: ReadonlySet<CreateAnswer>;
}

export type CreateAnswer =
	| 'profile'
	| 'service'
	| 'target'
	| 'keyName'
	| 'type'
	| 'format'
	| 'tags'
	| 'resourceGroup'
	| 'folder';

/** Where the key pair will be, as soon as that is known. */
export function targetOfDraft({ target, profile, service }: CreateDraft, providers: Providers): Target | undefined {
	return (
		target ?? (profile && service && !regionsOf(service, providers) ? { service, profile: profile.name } : undefined)
	);
}

function regionsOf(service: Service, providers: Providers): boolean {
	return providers.manifest(service).capabilities.regions;
}
