import { isoSeconds } from '../../world';
import type { Operation } from '../operation';
import { pageFields, pageOf, readPage } from '../parameters';
import { keyPairsOfSite } from './site';

/** DescribeKeyPairs: key pairs by name and id, without their public keys. No largest page is documented; 50, with which the Terraform provider
 * pages, is the largest here. */
export const describeKeyPairs: Operation = {
	name: 'DescribeKeyPairs',
	perform: (context) => {
		const { parameters } = context;
		const page = readPage(parameters, 50);
		const name = parameters.get('KeyPairName') ?? '';
		const id = parameters.get('KeyPairId') ?? '';
		const found = keyPairsOfSite(context)
			.all()
			.filter((keyPair) => (name === '' || keyPair.name === name) && (id === '' || keyPair.id === id));
		return {
			...pageFields(found, page),
			KeyPairs: {
				KeyPair: pageOf(found, page).map((keyPair) => ({
					KeyPairId: keyPair.id,
					KeyPairName: keyPair.name,
					KeyPairFingerPrint: keyPair.fingerprint,
					CreationTime: isoSeconds(keyPair.createdAt),
				})),
			},
		};
	},
};
