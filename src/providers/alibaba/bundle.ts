// The entry of `dist/providers/alibaba.js`: all that needs Alibaba Cloud's library. Shares no variables and no classes with
// the rest of the extension.
import type { KeyPairProvider, ProviderDependencies } from '../contract';
import { AlibabaCalls } from './calls';
import { AlibabaContext } from './context';
import { Credentials } from './credentials/credentials';
import { EcsKeyPairs } from './ecs';
import { EnsKeyPairs } from './ens';

/** The providers of Alibaba Cloud's services. They share credentials: a profile's are got once for all of them. */
export function createProviders(dependencies: ProviderDependencies): readonly KeyPairProvider[] {
	const context = new AlibabaContext(dependencies);
	const calls = new AlibabaCalls(context, new Credentials(context));
	return [new EcsKeyPairs(calls), new EnsKeyPairs(calls)];
}
