import { targetOf } from '../../services/cloudKeys/keyTree';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';

/** Reads everything anew that is shown, or only what belongs to the row of a view that is given. */
export async function refresh(
	argument: unknown,
	{ agentKeys, localKeys, profiles, providers, remoteKeys }: Services,
): Promise<void> {
	if (!isCloudNode(argument)) {
		localKeys.refresh();
		agentKeys.refresh();
		// What was listed is forgotten with the profiles.
		profiles.refresh();
		return;
	}
	const target = targetOf(argument, (service) => providers.manifest(service).capabilities.regions);
	if (target) {
		await remoteKeys.reload(target);
	} else if ('profile' in argument) {
		await remoteKeys.forget(argument.profile.name);
	} else {
		profiles.refresh();
	}
}
