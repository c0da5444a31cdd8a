import type { ServiceManifest, VendorManifest } from '../contract';
import { profileFiles, readProfiles, signInCommand, signInFolders } from './profiles';
import { ec2Rules, lightsailRules } from './rules';

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
	importedFingerprint: ({ fingerprints }) => fingerprints.ec2,
	// One page has all codes; its anchors are those of whole tables.
	errorPage: () => 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
};

/** The operations' pages list the exceptions; the codes of AWS's front ends have a page of their own. */
const lightsailPages = 'https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference';

/** The exceptions of Lightsail's own (service model 2016-11-28), and the codes inside them. */
const lightsailExceptions: ReadonlySet<string> = new Set([
	'AccessDeniedException',
	'AccountSetupInProgressException',
	'InvalidInputException',
	'InvalidKey.Format',
	'NameExists',
	'NotFoundException',
	'OperationFailureException',
	'RegionSetupInProgressException',
	'ServiceException',
	'UnauthenticatedException',
]);

const lightsail: ServiceManifest = {
	service: 'lightsail',
	vendor: 'aws',
	label: 'Lightsail',
	capabilities: {
		dryRun: false,
		tags: true,
		regions: true,
		publicKeyReadable: false,
		resourceGroups: false,
		create: { types: ['rsa'], formats: ['pem'] },
	},
	rules: lightsailRules,
	errorPage: (code) =>
		code === undefined || lightsailExceptions.has(code)
			? `${lightsailPages}/API_ImportKeyPair.html#API_ImportKeyPair_Errors`
			: `${lightsailPages}/CommonErrors.html`,
};

/** What is known of AWS without its SDK. The registry adds how to load the rest. */
export const aws: Omit<VendorManifest, 'load'> = {
	vendor: 'aws',
	label: 'AWS',
	services: [ec2, lightsail],
	profiles: readProfiles,
	profileFiles,
	signInCommand,
	signInFolders,
};
