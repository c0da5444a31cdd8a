import type { Emulator } from './emulator';

/** The access key of the demo account: the one that AWS's own documentation uses as an example. */
export const demoAccessKey = {
	id: 'AKIAIOSFODNN7EXAMPLE',
	secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/** Opens an account with the demo key, two opt-in regions enabled, and a role that the key may assume; returns the role's ARN. */
export function openDemoAccount(emulator: Emulator): { readonly roleArn: string } {
	const account = emulator.accounts.add({ id: '111122223333', optedIn: ['ap-east-1', 'eu-south-1'] });
	account.addAccessKey({ ...demoAccessKey, user: 'demo' });
	return { roleArn: account.addRole('Deploy').arn };
}
