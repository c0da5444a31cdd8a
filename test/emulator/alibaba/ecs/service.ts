import type { Service } from '../operation';
import { createKeyPair } from './createKeyPair';
import { deleteKeyPairs } from './deleteKeyPairs';
import { describeKeyPairs } from './describeKeyPairs';
import { describeRegions } from './describeRegions';
import { importKeyPair } from './importKeyPair';
import { listTagResources } from './listTagResources';
import { tagResources } from './tagResources';
import { untagResources } from './untagResources';

/** ECS 2014-05-26, as far as key pairs go. The denial: "Announcement of changes to the authentication mechanism for ECS query API operations". */
export const ecs: Service = {
	name: 'ecs',
	product: 'Ecs',
	ramPrefix: 'ecs',
	denial: {
		code: 'Forbidden.RAM',
		status: 403,
		message: "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
	},
	operations: [
		importKeyPair,
		createKeyPair,
		describeKeyPairs,
		deleteKeyPairs,
		tagResources,
		untagResources,
		listTagResources,
		describeRegions,
	],
};
