/** A region of ECS. */
export interface AlibabaRegion {
	readonly id: string;
	/** Its name for `AcceptLanguage` zh-CN. */
	readonly chinese: string;
	/** Its name for `AcceptLanguage` en-US. */
	readonly english: string;
	/** The host name of its endpoint. */
	readonly endpoint: string;
}

function region(id: string, chinese: string, english: string, endpoint = `ecs.${id}.aliyuncs.com`): AlibabaRegion {
	return { id, chinese, english, endpoint };
}

/** Public regions of ECS. Source: ECS documentation, "Regions and zones"; endpoints: ECS API reference, "Endpoints", and the map in
 * @alicloud/ecs20140526. */
export const alibabaRegions: readonly AlibabaRegion[] = [
	region('cn-qingdao', '华北1（青岛）', 'China (Qingdao)'),
	region('cn-beijing', '华北2（北京）', 'China (Beijing)'),
	region('cn-zhangjiakou', '华北3（张家口）', 'China (Zhangjiakou)'),
	region('cn-huhehaote', '华北5（呼和浩特）', 'China (Hohhot)'),
	region('cn-wulanchabu', '华北6（乌兰察布）', 'China (Ulanqab)'),
	region('cn-hangzhou', '华东1（杭州）', 'China (Hangzhou)', 'ecs-cn-hangzhou.aliyuncs.com'),
	region('cn-shanghai', '华东2（上海）', 'China (Shanghai)'),
	region('cn-shenzhen', '华南1（深圳）', 'China (Shenzhen)'),
	region('cn-heyuan', '华南2（河源）', 'China (Heyuan)'),
	region('cn-guangzhou', '华南3（广州）', 'China (Guangzhou)'),
	region('cn-chengdu', '西南1（成都）', 'China (Chengdu)'),
	region('cn-hongkong', '中国香港', 'China (Hong Kong)'),
	region('ap-northeast-1', '日本（东京）', 'Japan (Tokyo)'),
	region('ap-northeast-2', '韩国（首尔）', 'South Korea (Seoul)'),
	region('ap-southeast-1', '新加坡', 'Singapore'),
	region('ap-southeast-3', '马来西亚（吉隆坡）', 'Malaysia (Kuala Lumpur)'),
	region('ap-southeast-5', '印度尼西亚（雅加达）', 'Indonesia (Jakarta)'),
	region('ap-southeast-6', '菲律宾（马尼拉）', 'Philippines (Manila)'),
	region('ap-southeast-7', '泰国（曼谷）', 'Thailand (Bangkok)'),
	region('us-east-1', '美国（弗吉尼亚）', 'US (Virginia)'),
	region('us-west-1', '美国（硅谷）', 'US (Silicon Valley)'),
	region('eu-west-1', '英国（伦敦）', 'UK (London)'),
	region('eu-central-1', '德国（法兰克福）', 'Germany (Frankfurt)'),
	region('me-east-1', '阿联酋（迪拜）', 'UAE (Dubai)'),
];

/** The two public sites of ENS, by the host names of their endpoints. That each has key pairs of its own is an assumption. */
export const ensSites = ['ens.aliyuncs.com', 'ens.ap-southeast-1.aliyuncs.com'] as const;

/** The host name of a site of ENS. */
export type EnsSite = (typeof ensSites)[number];
