import { l10n } from 'vscode';
import type { PublicKey } from '../../domain/publicKey';

/** The key's type and, where it is known, size in the field's own words, such as `RSA 4096`, `ED25519` or `ECDSA 256 (security key)`. */
export function describeKeyType({ type, bits }: Pick<PublicKey, 'type'> & Partial<PublicKey>): string {
	const name = typeNames.find(([prefix]) => type.startsWith(prefix))?.[1] ?? type;
	const sized = name === 'ED25519' || bits === undefined ? name : `${name} ${bits}`;
	const kind = type.startsWith('sk-') ? l10n.t('{0} (security key)', sized) : sized;
	return type.includes('-cert-') ? l10n.t('{0} certificate', kind) : kind;
}

const typeNames: readonly (readonly [prefix: string, name: string])[] = [
	['ssh-rsa', 'RSA'],
	['ssh-dss', 'DSA'],
	['ssh-ed25519', 'ED25519'],
	['sk-ssh-ed25519', 'ED25519'],
	['ecdsa-', 'ECDSA'],
	['sk-ecdsa-', 'ECDSA'],
];
