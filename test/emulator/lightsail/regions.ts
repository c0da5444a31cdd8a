/** A region of Lightsail. */
export interface RegionDescription {
	readonly name: string;
	/** What Lightsail's console calls it. */
	readonly displayName: string;
	/** `NA`, `EU`, `AP` or `SA`. */
	readonly continentCode: string;
}

/** The 20 regions, in the order of their names. Names: the enum RegionName of @aws-sdk/client-lightsail 3.1169.0; botocore's has 17. The display names are
 * cities or states, as in the AWS CLI's example of get-regions. */
export const lightsailRegions: readonly RegionDescription[] = [
	{ name: 'ap-east-1', displayName: 'Hong Kong', continentCode: 'AP' },
	{ name: 'ap-northeast-1', displayName: 'Tokyo', continentCode: 'AP' },
	{ name: 'ap-northeast-2', displayName: 'Seoul', continentCode: 'AP' },
	{ name: 'ap-south-1', displayName: 'Mumbai', continentCode: 'AP' },
	{ name: 'ap-southeast-1', displayName: 'Singapore', continentCode: 'AP' },
	{ name: 'ap-southeast-2', displayName: 'Sydney', continentCode: 'AP' },
	{ name: 'ap-southeast-3', displayName: 'Jakarta', continentCode: 'AP' },
	{ name: 'ap-southeast-5', displayName: 'Malaysia', continentCode: 'AP' },
	{ name: 'ca-central-1', displayName: 'Montreal', continentCode: 'NA' },
	{ name: 'eu-central-1', displayName: 'Frankfurt', continentCode: 'EU' },
	{ name: 'eu-north-1', displayName: 'Stockholm', continentCode: 'EU' },
	{ name: 'eu-south-2', displayName: 'Spain', continentCode: 'EU' },
	{ name: 'eu-west-1', displayName: 'Ireland', continentCode: 'EU' },
	{ name: 'eu-west-2', displayName: 'London', continentCode: 'EU' },
	{ name: 'eu-west-3', displayName: 'Paris', continentCode: 'EU' },
	{ name: 'sa-east-1', displayName: 'São Paulo', continentCode: 'SA' },
	{ name: 'us-east-1', displayName: 'Virginia', continentCode: 'NA' },
	{ name: 'us-east-2', displayName: 'Ohio', continentCode: 'NA' },
	{ name: 'us-west-1', displayName: 'California', continentCode: 'NA' },
	{ name: 'us-west-2', displayName: 'Oregon', continentCode: 'NA' },
];

/** Whether Lightsail is in the region of that name. */
export function isLightsailRegion(name: string): boolean {
	return lightsailRegions.some((region) => region.name === name);
}
