import type { EmulatorOptions } from '../../../emulator/emulator';
import type { LightsailAccount } from '../../../emulator/lightsail/lightsailAccount';
import { type AwsServiceFacts, type AwsSubject, type CreateProviders, startAwsSubject } from './awsSubject';

export interface LightsailSubject extends AwsSubject {
	/** What Lightsail holds for the account. */
	readonly lightsail: LightsailAccount;
}

const facts: AwsServiceFacts = {
	service: 'lightsail',
	// GetRegions does not tell which regions the account has enabled.
	regions: { usable: ['eu-west-1', 'ap-east-1'], disabled: { name: 'ap-southeast-3', isTold: false } },
	operations: {
		list: 'GetKeyPairs',
		import: 'ImportKeyPair',
		create: 'CreateKeyPair',
		delete: 'DeleteKeyPair',
		tags: { set: 'TagResource', remove: 'UntagResource' },
	},
	denied: [
		'GetKeyPairs',
		'GetKeyPair',
		'GetRegions',
		'GetOperation',
		'ImportKeyPair',
		'CreateKeyPair',
		'DeleteKeyPair',
		'TagResource',
		'UntagResource',
	],
};

/** Starts an emulated AWS and the provider of Lightsail. */
export async function startLightsail(
	createProviders: CreateProviders,
	options: EmulatorOptions = {},
): Promise<LightsailSubject> {
	const subject = await startAwsSubject(facts, createProviders, options);
	return { ...subject, lightsail: subject.emulator.lightsail.of(subject.account) };
}
