/** What a key consists of, apart from its SSH name. */
export type KeyFamily = 'rsa' | 'dsa' | 'ecdsa' | 'ed25519' | 'ecdsaSk' | 'ed25519Sk';

export type Curve = 'nistp256' | 'nistp384' | 'nistp521';

/** One of the key types that OpenSSH 9 reads (sshkey.c, PROTOCOL.certkeys, PROTOCOL.u2f). */
export interface KeyType {
	/** The name at the start of a line. */
	readonly name: string;
	readonly family: KeyFamily;
	readonly curve?: Curve;
	readonly certificate: boolean;
	/** The name of the key that a certificate certifies; for plain keys, `name`. */
	readonly plainName: string;
	/** As `ssh-keygen -l` prints it in brackets, such as `ED25519-CERT`. */
	readonly shortName: string;
}

const CERTIFICATE_SUFFIX = '-cert-v01@openssh.com';

function plainAndCertificate(name: string, shortName: string, family: KeyFamily, curve?: Curve): KeyType[] {
	const base = name.replace('@openssh.com', '');
	const shared = { family, plainName: name, ...(curve === undefined ? {} : { curve }) };
	return [
		{ ...shared, name, shortName, certificate: false },
		{ ...shared, name: base + CERTIFICATE_SUFFIX, shortName: `${shortName}-CERT`, certificate: true },
	];
}

/** Every key type, plain and certificate. */
export const KEY_TYPES: readonly KeyType[] = [
	...plainAndCertificate('ssh-ed25519', 'ED25519', 'ed25519'),
	...plainAndCertificate('sk-ssh-ed25519@openssh.com', 'ED25519-SK', 'ed25519Sk'),
	...plainAndCertificate('ssh-rsa', 'RSA', 'rsa'),
	...plainAndCertificate('ssh-dss', 'DSA', 'dsa'),
	...plainAndCertificate('ecdsa-sha2-nistp256', 'ECDSA', 'ecdsa', 'nistp256'),
	...plainAndCertificate('ecdsa-sha2-nistp384', 'ECDSA', 'ecdsa', 'nistp384'),
	...plainAndCertificate('ecdsa-sha2-nistp521', 'ECDSA', 'ecdsa', 'nistp521'),
	...plainAndCertificate('sk-ecdsa-sha2-nistp256@openssh.com', 'ECDSA-SK', 'ecdsaSk', 'nistp256'),
];

/** Names of signature algorithms that OpenSSH also takes for the type of a key. */
const ALIASES: readonly (readonly [string, string])[] = [
	['rsa-sha2-256', 'ssh-rsa'],
	['rsa-sha2-512', 'ssh-rsa'],
	['rsa-sha2-256-cert-v01@openssh.com', 'ssh-rsa-cert-v01@openssh.com'],
	['rsa-sha2-512-cert-v01@openssh.com', 'ssh-rsa-cert-v01@openssh.com'],
	['webauthn-sk-ecdsa-sha2-nistp256@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'],
];

const byName = new Map(KEY_TYPES.map((type) => [type.name, type]));
for (const [alias, name] of ALIASES) {
	const type = byName.get(name);
	if (type !== undefined) {
		byName.set(alias, type);
	}
}

/** The type with this name at the start of a line, or undefined. An alias gives the type it stands for. */
export function keyTypeByName(name: string): KeyType | undefined {
	return byName.get(name);
}

/** The type with this name inside a blob, or undefined. OpenSSH also takes its own short names there, in any case, but for the ECDSA ones,
 * where the name has to tell the curve. */
export function keyTypeByInnerName(name: string): KeyType | undefined {
	return (
		byName.get(name) ??
		KEY_TYPES.find((type) => !type.certificate && type.curve === undefined && type.shortName === name.toUpperCase())
	);
}
