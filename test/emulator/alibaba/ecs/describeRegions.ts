import type { Operation } from '../operation';

/** DescribeRegions: the account's regions, named in Chinese unless `AcceptLanguage` is en-US. Where the emulator is called by a loopback address,
 * that address is every region's endpoint, so that clients that follow it come back; called by a real name, it gives the real names. */
export const describeRegions: Operation = {
	name: 'DescribeRegions',
	perform: ({ account, parameters, host }) => {
		const isLoopback = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
		const isEnglish = parameters.get('AcceptLanguage') === 'en-US';
		const regions = account.regions().map(({ id, chinese, english, endpoint }) => ({
			RegionId: id,
			LocalName: isEnglish ? english : chinese,
			RegionEndpoint: isLoopback ? host : endpoint,
			Status: 'available',
		}));
		return { Regions: { Region: regions } };
	},
};
