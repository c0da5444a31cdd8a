import type { ServiceManifest, VendorManifest } from '../contract';
import { profileFiles, readProfiles, signInCommand, signInFolders } from './profiles';
import { ec2Rules } from './rules';

const ec2: ServiceManifest = {
	service: 'ec2',
	vendor: 'aws',
	label: 'EC2',
	capabilities: {
		dryRun: true,
		tags: true,
		regions: true,
		publicKeyReadable: true,
		resourceGroups: false,
		create: { types: ['rsa', 'ed25519'], formats: ['pem', 'ppk'] },
	},
	rules: ec2Rules,
	// One page has all codes; its anchors are those of whole tables.
	errorPage: () => 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
};

/** What is known of AWS without its SDK. The registry adds how to load the rest. */
export const aws: Omit<VendorManifest, 'load'> = {
	vendor: 'aws',
	label: 'AWS',
	services: [ec2],
	profiles: readProfiles,
	profileFiles,
	signInCommand,
	signInFolders,
};
