/** A PuTTY key file that holds the public key of an OpenSSH line; its private half is made up (PuTTY manual, appendix C). */
export function aPpk(
	line: string,
	{
		version,
		comment = 'c',
		encryption = 'none',
	}: { version: 2 | 3; comment?: string; encryption?: 'none' | 'aes256-cbc' },
): string {
	const [type = '', body = ''] = line.split(' ');
	const publicLines = body.match(/.{1,64}/g) ?? [];
	const derivation = [
		'Key-Derivation: Argon2id',
		'Argon2-Memory: 8192',
		'Argon2-Passes: 21',
		'Argon2-Parallelism: 1',
		'Argon2-Salt: bc0ca6b9f9ab0d1f7f2c7a3a3b5d7a11',
	];
	return [
		`PuTTY-User-Key-File-${version}: ${type}`,
		`Encryption: ${encryption}`,
		`Comment: ${comment}`,
		`Public-Lines: ${publicLines.length}`,
		...publicLines,
		...(version === 3 && encryption !== 'none' ? derivation : []),
		'Private-Lines: 1',
		'AAAAgSecretSecretSecretSecretSecretSecretSecret',
		`Private-MAC: ${'5a'.repeat(version === 3 ? 32 : 20)}`,
		'',
	].join('\r\n');
}
