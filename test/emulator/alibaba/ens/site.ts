import type { AlibabaKeyPairStore } from '../accounts/keyPairStore';
import { type EnsSite, ensSites } from '../accounts/regions';
import type { OperationContext } from '../operation';

/** The site that a host name leads to: the one in Singapore by its own name, the Chinese one by any other. */
export function siteOf(host: string): EnsSite {
	return host.startsWith('ens.ap-southeast-1.') ? ensSites[1] : ensSites[0];
}

/** The account's key pairs at the site that was called. */
export function keyPairsOfSite({ account, host }: OperationContext): AlibabaKeyPairStore {
	return account.keyPairs('ens', siteOf(host));
}
