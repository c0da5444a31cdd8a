import type { Service } from '../operation';
import { createKeyPair } from './createKeyPair';
import { deleteKeyPairs } from './deleteKeyPairs';
import { describeKeyPairs } from './describeKeyPairs';
import { importKeyPair } from './importKeyPair';

/** ENS 2017-11-10, as far as key pairs go: no regions, no tags, and every refusal with HTTP status 400. */
export const ens: Service = {
	name: 'ens',
	product: 'Ens',
	ramPrefix: 'ens',
	denial: { code: 'NoPermission', status: 400, message: 'Permission denied.' },
	operations: [importKeyPair, createKeyPair, describeKeyPairs, deleteKeyPairs],
};
