import type { ServiceManifest, VendorManifest } from '../contract';
import { profileFiles, readProfiles, signInCommand, signInFolders } from './configuration/profiles';
import { ecsRules, ensRules } from './rules';

const ecs: ServiceManifest = {
	service: 'ecs',
	vendor: 'alibaba',
	label: 'ECS',
	capabilities: {
		dryRun: false,
		tags: true,
		regions: true,
		publicKeyReadable: true,
		resourceGroups: true,
		create: { types: ['rsa'], formats: ['pem'] },
	},
	rules: ecsRules,
	errorPage: (code) => errorPage('Ecs', '2014-05-26', code),
};

const ens: ServiceManifest = {
	service: 'ens',
	vendor: 'alibaba',
	label: 'ENS',
	capabilities: {
		dryRun: false,
		tags: false,
		regions: false,
		publicKeyReadable: false,
		resourceGroups: false,
		create: { types: ['rsa'], formats: ['pem'] },
	},
	rules: ensRules,
	errorPage: (code) => errorPage('Ens', '2017-11-10', code),
};

/** What is known of Alibaba Cloud without its library. The registry adds how to load the rest. */
export const alibaba: Omit<VendorManifest, 'load'> = {
	vendor: 'alibaba',
	label: 'Alibaba Cloud',
	services: [ecs, ens],
	profiles: readProfiles,
	profileFiles,
	signInCommand,
	signInFolders,
};

/** The page that explains a code, as `Recommend` in the services' answers has it; without a code, the product's list of codes. */
function errorPage(product: string, version: string, code: string | undefined): string {
	return code === undefined
		? `https://api.alibabacloud.com/document/${product}/${version}/errorCode`
		: `https://api.alibabacloud.com/troubleshoot?q=${encodeURIComponent(code)}&product=${product}`;
}
