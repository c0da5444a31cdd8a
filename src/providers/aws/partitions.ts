/** The region that is never switched off in each partition, by the partition's id in ARNs (regions of partitions.json
 * in botocore 1.43). */
const mainRegions: Readonly<Record<string, string>> = {
	aws: 'us-east-1',
	'aws-cn': 'cn-north-1',
	'aws-us-gov': 'us-gov-west-1',
	'aws-eusc': 'eusc-de-east-1',
};

/** The main region of the partition that a region belongs to; without a region, that of the commercial partition. */
export function mainRegionOf(region: string | undefined): string {
	const prefix = /^(cn|us-gov|eusc)-/.exec(region ?? '')?.[1];
	return mainRegionOfPartition(prefix === undefined ? 'aws' : `aws-${prefix}`);
}

/** The main region of the partition in an ARN such as `arn:aws-cn:iam::123456789012:role/x`. */
export function mainRegionOfArn(arn: string): string {
	return mainRegionOfPartition(arn.split(':')[1] ?? '');
}

function mainRegionOfPartition(partition: string): string {
	return mainRegions[partition] ?? 'us-east-1';
}

/** Whether a region belongs to the commercial partition: no other has Lightsail (endpoints.json in botocore 1.43). */
export function isCommercialRegion(region: string): boolean {
	return !/^(?:cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-/.test(region);
}
