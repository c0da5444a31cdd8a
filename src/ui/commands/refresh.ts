import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';

/** Reads everything anew that is shown, or only what belongs to the row of a view that is given. */
export async function refresh(
	argument: unknown,
	{ agentKeys, localKeys, profiles, remoteKeys }: Services,
): Promise<void> {
	if (!isCloudNode(argument)) {
		localKeys.refresh();
		agentKeys.refresh();
		// What was listed is forgotten with the profiles.
		profiles.refresh();
		return;
	}
	if ('target' in argument && argument.target.region !== undefined) {
		await remoteKeys.reload(argument.target);
	} else if ('profile' in argument) {
		await remoteKeys.forget(argument.profile.name);
	} else {
		profiles.refresh();
	}
}
