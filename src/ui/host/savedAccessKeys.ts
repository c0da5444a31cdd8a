import type { SecretStorage } from 'vscode';
import type { Vendor } from '../../domain/target';
import type { AccessKey, AccessKeys } from '../../providers/contract';
import { isRecord } from '../isRecord';

/** The access keys that were entered by hand, over the editor's secret storage: one secret per vendor, a JSON object by profile name. */
export function savedAccessKeys(secrets: SecretStorage): AccessKeys {
	return {
		async all(vendor) {
			return Object.entries(await read(secrets, vendor))
				.map(([name, { region }]) => ({ name, ...(region === undefined ? {} : { region }) }))
				.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
		},
		async get(vendor, name) {
			const keys = await read(secrets, vendor);
			return Object.hasOwn(keys, name) ? keys[name] : undefined;
		},
	};
}

interface Saved extends AccessKey {
	readonly region?: string;
}

async function read(secrets: SecretStorage, vendor: Vendor): Promise<Readonly<Record<string, Saved>>> {
	const text = await secrets.get(`accessKeys.${vendor}`);
	const value: unknown = text === undefined ? {} : JSON.parse(text);
	return isRecord(value) ? (value as Readonly<Record<string, Saved>>) : {};
}
