// The entry of `dist/providers/aws.js`: all that needs AWS's SDK. Shares no variables and no classes with the rest of
// the extension.
import type { KeyPairProvider, ProviderDependencies } from '../contract';
import { AwsContext } from './context';
import { Credentials } from './credentials';
import { Ec2KeyPairs } from './ec2';
import { LightsailKeyPairs } from './lightsail';

/** The providers of AWS's services. They share credentials: a profile signs in, and asks for an MFA code, once for all
 * of them. */
export function createProviders(dependencies: ProviderDependencies): readonly KeyPairProvider[] {
	const context = new AwsContext(dependencies);
	const credentials = new Credentials(context);
	return [new Ec2KeyPairs(context, credentials), new LightsailKeyPairs(context, credentials)];
}
