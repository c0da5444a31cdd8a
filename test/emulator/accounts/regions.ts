/** A region of the commercial partition. */
export interface RegionFact {
	readonly name: string;
	/** Whether an account has to enable it first. */
	readonly optIn: boolean;
	/** The country, as DescribeRegions names it under `Geography`. */
	readonly geography: string;
}

const usa = 'United States of America';

/** The 34 regions of partition `aws`, in alphabetical order. Names: botocore's partitions.json of May 2026. Opt-in: AWS Account Management
 * Reference Guide, "Enable or disable AWS Regions in your account" (17 default regions, enabled for all). */
export const regionFacts: readonly RegionFact[] = [
	{ name: 'af-south-1', optIn: true, geography: 'South Africa' },
	{ name: 'ap-east-1', optIn: true, geography: 'Hong Kong' },
	{ name: 'ap-east-2', optIn: true, geography: 'Taiwan' },
	{ name: 'ap-northeast-1', optIn: false, geography: 'Japan' },
	{ name: 'ap-northeast-2', optIn: false, geography: 'South Korea' },
	{ name: 'ap-northeast-3', optIn: false, geography: 'Japan' },
	{ name: 'ap-south-1', optIn: false, geography: 'India' },
	{ name: 'ap-south-2', optIn: true, geography: 'India' },
	{ name: 'ap-southeast-1', optIn: false, geography: 'Singapore' },
	{ name: 'ap-southeast-2', optIn: false, geography: 'Australia' },
	{ name: 'ap-southeast-3', optIn: true, geography: 'Indonesia' },
	{ name: 'ap-southeast-4', optIn: true, geography: 'Australia' },
	{ name: 'ap-southeast-5', optIn: true, geography: 'Malaysia' },
	{ name: 'ap-southeast-6', optIn: true, geography: 'New Zealand' },
	{ name: 'ap-southeast-7', optIn: true, geography: 'Thailand' },
	{ name: 'ca-central-1', optIn: false, geography: 'Canada' },
	{ name: 'ca-west-1', optIn: true, geography: 'Canada' },
	{ name: 'eu-central-1', optIn: false, geography: 'Germany' },
	{ name: 'eu-central-2', optIn: true, geography: 'Switzerland' },
	{ name: 'eu-north-1', optIn: false, geography: 'Sweden' },
	{ name: 'eu-south-1', optIn: true, geography: 'Italy' },
	{ name: 'eu-south-2', optIn: true, geography: 'Spain' },
	{ name: 'eu-west-1', optIn: false, geography: 'Ireland' },
	{ name: 'eu-west-2', optIn: false, geography: 'United Kingdom' },
	{ name: 'eu-west-3', optIn: false, geography: 'France' },
	{ name: 'il-central-1', optIn: true, geography: 'Israel' },
	{ name: 'me-central-1', optIn: true, geography: 'United Arab Emirates' },
	{ name: 'me-south-1', optIn: true, geography: 'Bahrain' },
	{ name: 'mx-central-1', optIn: true, geography: 'Mexico' },
	{ name: 'sa-east-1', optIn: false, geography: 'Brazil' },
	{ name: 'us-east-1', optIn: false, geography: usa },
	{ name: 'us-east-2', optIn: false, geography: usa },
	{ name: 'us-west-1', optIn: false, geography: usa },
	{ name: 'us-west-2', optIn: false, geography: usa },
];

/** A region as one account has it; `optInStatus` in EC2's words. */
export interface AccountRegion extends RegionFact {
	readonly optInStatus: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
}

/** Whether the partition has a region of that name. */
export function isRegion(name: string): boolean {
	return regionFacts.some((region) => region.name === name);
}
