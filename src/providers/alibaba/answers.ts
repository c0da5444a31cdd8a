import type { KeyPair } from '../../domain/keyPair';
import { ForeignAnswer } from './retries';

/** A JSON object of a service's answer. */
export type Fields = Readonly<Record<string, unknown>>;

/** The objects of a list, which ECS, ENS and ResourceManager wrap twice: `{ KeyPairs: { KeyPair: [...] } }`.
 * @throws {ForeignAnswer} when there is no such list: what answered is not the service. */
export function listOf(body: Fields, outer: string, inner: string): readonly Fields[] {
	const list = fieldsOf(body[outer])[inner];
	if (!Array.isArray(list)) {
		throw new ForeignAnswer(200);
	}
	return list.map(fieldsOf);
}

/** A field's text, or undefined when it is empty or none. */
export function textOf(fields: Fields, key: string): string | undefined {
	const value = fields[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A field's text.
 * @throws {ForeignAnswer} when it is empty or none: what answered is not the service. */
export function requiredText(fields: Fields, key: string): string {
	const value = textOf(fields, key);
	if (value === undefined) {
		throw new ForeignAnswer(200);
	}
	return value;
}

/** A whole number, which ENS may write as a text. NaN when it is none. */
export function numberOf(fields: Fields, key: string): number {
	const value = fields[key];
	return typeof value === 'number' ? value : Number.parseInt(typeof value === 'string' ? value : '', 10);
}

/** A key pair of a list of ECS's or ENS's, without those fields that the service does not have. */
export function toKeyPair(fields: Fields): KeyPair {
	const fingerprint = textOf(fields, 'KeyPairFingerPrint');
	const publicKey = textOf(fields, 'PublicKey')?.trim();
	const resourceGroupId = textOf(fields, 'ResourceGroupId');
	const id = textOf(fields, 'KeyPairId');
	// `2026-05-27T21:51Z`
	const createdAt = new Date(textOf(fields, 'CreationTime') ?? '');
	return {
		name: requiredText(fields, 'KeyPairName'),
		...(id === undefined ? {} : { id }),
		...(fingerprint === undefined ? {} : { fingerprint }),
		...(publicKey === undefined ? {} : { publicKey }),
		...(resourceGroupId === undefined ? {} : { resourceGroupId }),
		...(Number.isNaN(createdAt.getTime()) ? {} : { createdAt }),
	};
}

function fieldsOf(value: unknown): Fields {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
