import type { Emulator } from './emulator';

/** The access key of the demo account: the one that AWS's own documentation uses as an example. */
export const demoAccessKey = {
	id: 'AKIAIOSFODNN7EXAMPLE',
	secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/** The access key of the demo account of Alibaba Cloud; made up. */
export const demoAlibabaKey = {
	id: 'LTAI5tEmulatorExampleKey',
	secret: 'EmulatedAlibabaExampleSecret30',
} as const;

/** The roles of the demo accounts, by ARN. */
export interface DemoRoles {
	readonly roleArn: string;
	readonly alibabaRoleArn: string;
}

/** Opens an account of AWS with the demo key, two opt-in regions enabled, and a role that the key may assume, and one of Alibaba Cloud with the like
 * and a second resource group. */
export function openDemoAccount(emulator: Emulator): DemoRoles {
	const account = emulator.accounts.add({ id: '111122223333', optedIn: ['ap-east-1', 'eu-south-1'] });
	account.addAccessKey({ ...demoAccessKey, user: 'demo' });
	const alibaba = emulator.alibaba.accounts.add({ id: '1234567890123456', resourceGroups: [{ name: 'web' }] });
	alibaba.addAccessKey({ ...demoAlibabaKey, user: 'demo' });
	return { roleArn: account.addRole('Deploy').arn, alibabaRoleArn: alibaba.addRole('Deploy').arn };
}
