import type { EmulatorOptions } from '../../../emulator/emulator';
import { type AwsServiceFacts, type AwsSubject, type CreateProviders, startAwsSubject } from './awsSubject';

export type Ec2Subject = AwsSubject;

const facts: AwsServiceFacts = {
	service: 'ec2',
	regions: { usable: ['eu-west-1', 'ap-east-1'], disabled: { name: 'af-south-1', isTold: true } },
	operations: {
		list: 'DescribeKeyPairs',
		import: 'ImportKeyPair',
		create: 'CreateKeyPair',
		delete: 'DeleteKeyPair',
		tags: { set: 'CreateTags', remove: 'DeleteTags' },
	},
	denied: [
		'DescribeKeyPairs',
		'DescribeRegions',
		'ImportKeyPair',
		'CreateKeyPair',
		'DeleteKeyPair',
		'CreateTags',
		'DeleteTags',
	],
};

/** Starts an emulated AWS and the provider of EC2. */
export function startEc2(createProviders: CreateProviders, options: EmulatorOptions = {}): Promise<Ec2Subject> {
	return startAwsSubject(facts, createProviders, options);
}
