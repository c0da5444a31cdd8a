import type { Service } from '../../domain/target';
import type { ResourceGroup } from '../../providers/contract';
import { isProviderError, type ProviderFailure } from '../../providers/failure';
import type { Log, Providers } from '../ports';

/** A profile's resource groups, or why they can't be listed. */
export type ResourceGroupListing =
	| { readonly groups: readonly ResourceGroup[] }
	| { readonly failure: ProviderFailure };

/** A person waits no longer for a list that is a convenience. Milliseconds. */
const timeoutMs = 15_000;

/** The resource groups of profiles, listed when they are asked for and kept as long as this is; a list that could not be had is asked for again. */
export class ResourceGroups {
	private readonly answers = new Map<string, Promise<ResourceGroupListing>>();
	private readonly answered = new Map<string, ResourceGroupListing>();

	constructor(
		private readonly providers: Providers,
		private readonly log: Log,
	) {}

	/** The groups that the profile may see, for a service that has such groups. Rejects never. */
	list(profile: string, service: Service): Promise<ResourceGroupListing> {
		const id = `${service}/${profile}`;
		let answer = this.answers.get(id);
		if (!answer) {
			answer = this.load(profile, service);
			this.answers.set(id, answer);
			void answer.then((listing) => {
				this.answered.set(id, listing);
				if ('failure' in listing) {
					this.answers.delete(id);
				}
			});
		}
		return answer;
	}

	/** What `list` answered, without a call. */
	known(profile: string, service: Service): ResourceGroupListing | undefined {
		return this.answered.get(`${service}/${profile}`);
	}

	private async load(profile: string, service: Service): Promise<ResourceGroupListing> {
		try {
			const provider = await this.providers.load(service);
			return { groups: await provider.resourceGroups(profile, AbortSignal.timeout(timeoutMs)) };
		} catch (error) {
			if (isProviderError(error)) {
				return { failure: error.failure };
			}
			this.log.error(`Unforeseen failure listing the resource groups of ${profile}`, error);
			return { failure: { kind: 'unknown', service, profile, retryable: false, outcomeUnknown: false } };
		}
	}
}
