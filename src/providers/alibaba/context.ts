import type { ProviderDependencies } from '../contract';
import { sendRpc } from './rpc';

/** What Alibaba Cloud's providers share. */
export class AlibabaContext {
	constructor(
		readonly dependencies: ProviderDependencies,
		/** How requests are sent. */
		readonly send: typeof sendRpc = sendRpc,
	) {}
}
