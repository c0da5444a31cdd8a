import type { SecretStorage } from 'vscode';
import type { Vendor } from '../../domain/target';
import type { AccessKey, AccessKeys, SavedAccessKey } from '../../providers/contract';
import type { Event } from '../../services/event';
import type { Log } from '../../services/ports';
import { isRecord } from '../isRecord';

/** An access key with what it is saved under. */
export interface NewAccessKey extends SavedAccessKey {
	readonly key: AccessKey;
}

/** The access keys that were entered by hand, in the editor's secret storage: one secret for each, so that windows that save at the same time don't
 * undo each other's, and one that can't be read spoils no other. */
export class SavedAccessKeys implements AccessKeys {
	constructor(
		private readonly secrets: SecretStorage,
		private readonly log: Log,
	) {}

	/** Calls the listener when an access key has come, gone or changed, in this window or another. */
	readonly onDidChange: Event<void> = (listener) =>
		this.secrets.onDidChange(({ key }) => {
			if (key.startsWith(prefix)) {
				listener();
			}
		});

	/** Those of a vendor, also ones whose secret can't be read any more: they are listed to be removed. */
	async all(vendor: Vendor): Promise<readonly SavedAccessKey[]> {
		const names = (await this.names(vendor)).sort((a, b) => (a < b ? -1 : 1));
		return Promise.all(
			names.map(async (name) => {
				const region = (await this.read(vendor, name))?.region;
				return { name, ...(region === undefined ? {} : { region }) };
			}),
		);
	}

	async get(vendor: Vendor, name: string): Promise<AccessKey | undefined> {
		return (await this.read(vendor, name))?.key;
	}

	/** Saves a key; one of the same name is replaced. Rejects with whatever the storage does. */
	async save(vendor: Vendor, { name, region, key }: NewAccessKey): Promise<void> {
		await this.secrets.store(secretName(vendor, name), JSON.stringify({ ...key, region }));
	}

	/** Whether there was a key of that name to remove. Rejects with whatever the storage does. */
	async remove(vendor: Vendor, name: string): Promise<boolean> {
		const isThere = (await this.names(vendor)).includes(name);
		await this.secrets.delete(secretName(vendor, name));
		return isThere;
	}

	private async names(vendor: Vendor): Promise<string[]> {
		const start = secretName(vendor, '');
		try {
			return (await this.secrets.keys()).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
		} catch {
			this.log.warn('The saved access keys could not be listed: the secret storage failed');
			return [];
		}
	}

	private async read(vendor: Vendor, name: string): Promise<NewAccessKey | undefined> {
		let value: unknown;
		try {
			value = JSON.parse((await this.secrets.get(secretName(vendor, name))) ?? 'null');
		} catch {
			// Neither the text nor the parser's message, which quotes it, may be told.
			this.log.warn(`A saved access key could not be read: ${name}`);
		}
		const { id, secret, token, region } = isRecord(value) ? value : {};
		if (typeof id !== 'string' || typeof secret !== 'string') {
			return undefined;
		}
		return {
			name,
			...(typeof region === 'string' ? { region } : {}),
			key: { id, secret, ...(typeof token === 'string' ? { token } : {}) },
		};
	}
}

const prefix = 'accessKey/';

function secretName(vendor: Vendor, name: string): string {
	return `${prefix}${vendor}/${name}`;
}
