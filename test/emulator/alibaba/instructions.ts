import { demoAlibabaKey } from '../demoAccount';
import { credentialsUriPath } from './signIn/credentialsUri';

/** How to use the emulated Alibaba Cloud: for who starts the emulator alone. `singapore` is the address of ENS's second site. */
export function alibabaInstructions(url: string, singapore: string, roleArn: string): string {
	const { host } = new URL(url);
	const profile = {
		name: 'emulator',
		mode: 'AK',
		access_key_id: demoAlibabaKey.id,
		access_key_secret: demoAlibabaKey.secret,
		region_id: 'cn-hangzhou',
		language: 'en',
		endpoint: url,
	};
	const settings = { ecs: url, ens: url, sts: url, resourcemanager: url };
	const flags = `--endpoint ${host} --insecure --profile emulator`;
	return [
		`Alibaba Cloud is emulated at ${url} (key pairs and regions of ECS, key pairs of ENS, Resource Manager, STS, the metadata service).`,
		`ENS's site in Singapore, which has key pairs of its own, is at ${singapore}.`,
		'',
		'As a profile in ~/.aliyun/config.json:',
		`    ${JSON.stringify({ current: profile.name, profiles: [profile] })}`,
		"And in Visual Studio Code's settings.json:",
		`    "cloudKeyPairs.alibaba.endpoints": ${JSON.stringify(settings)}`,
		'',
		'With Alibaba Cloud CLI:',
		`    aliyun ecs ImportKeyPair --RegionId cn-hangzhou --KeyPairName demo --PublicKeyBody "$(cat ~/.ssh/id_rsa.pub)" ${flags}`,
		`    aliyun ecs DescribeKeyPairs --RegionId cn-hangzhou --IncludePublicKey true ${flags}`,
		`    aliyun ens DescribeKeyPairs ${flags}`,
		`    aliyun sts AssumeRole --RoleArn ${roleArn} --RoleSessionName me ${flags}`,
		'',
		'Credentials of that role are at this credentials URI:',
		`    ${url}${credentialsUriPath}?role=${encodeURIComponent(roleArn)}`,
	].join('\n');
}
