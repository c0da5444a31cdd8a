import { generateKeyPairSync } from 'node:crypto';
import { aPpk } from './ppk';
import { blobOf, lineOf, vector } from './vectors';

/** A text of which we and `ssh-keygen -l` do not say the same, on purpose. Numbers are of the keys that are read. */
export interface Difference {
	readonly name: string;
	readonly text: string;
	readonly sshKeygen: number;
	readonly ours: number;
	readonly reason: string;
}

const ED25519 = vector('ed25519-plain').line.trim();
const ECDSA = vector('ecdsa-256').line;
const RSA = vector('rsa-2048');

/** Every difference between `parsePublicKeys` and `ssh-keygen -l` in what is accepted. Apart from these, ssh-keygen's keys are ours, in the same order, with
 * the same size, type and fingerprint. Comments differ in two things: ssh-keygen shows the options for the comment of a key that has none, and no comment
 * that starts with `#`. */
export const differences: readonly Difference[] = [
	{
		name: 'a private key',
		text: generateKeyPairSync('rsa', { modulusLength: 1024 })
			.privateKey.export({ type: 'pkcs1', format: 'pem' })
			.toString(),
		sshKeygen: 1,
		ours: 0,
		reason: 'A private key is never taken for a public one; the fix derives its public half.',
	},
	{
		name: 'a private key in the comment of a public one',
		text: `# x\n${ED25519} -----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEA\n`,
		sshKeygen: 1,
		ours: 0,
		reason: 'The comment is shown and sent; it would carry the private key along.',
	},
	{
		name: 'RFC 4716',
		text: RSA.rfc4716 ?? '',
		sshKeygen: 0,
		ours: 1,
		reason: 'ssh-keygen reads it with -i; we offer to convert it.',
	},
	{
		name: 'PEM, SubjectPublicKeyInfo',
		text: RSA.spki?.pem ?? '',
		sshKeygen: 0,
		ours: 1,
		reason: 'ssh-keygen reads it with -i -m PKCS8; we offer to convert it.',
	},
	{
		name: 'PEM, PKCS#1',
		text: RSA.pkcs1 ?? '',
		sshKeygen: 0,
		ours: 1,
		reason: 'ssh-keygen reads it with -i -m PEM; we offer to convert it.',
	},
	{
		name: 'a PuTTY key file',
		text: aPpk(RSA.line, { version: 2 }),
		sshKeygen: 0,
		ours: 1,
		reason: 'Its public half is in the clear. The private half is refused with an error all the same.',
	},
	{
		name: 'base64 of DER',
		text: (RSA.spki?.pem ?? '').replace(/-----.*-----\n/g, ''),
		sshKeygen: 0,
		ours: 1,
		reason: 'EC2 takes it; we offer to convert it.',
	},
	{
		name: 'base64 of an OpenSSH line',
		text: Buffer.from(`${RSA.line}\n`).toString('base64'),
		sshKeygen: 0,
		ours: 1,
		reason: "The raw form of EC2's API wants it so, and people keep it; we offer to convert it.",
	},
	{
		name: 'several blanks after options that sshd knows',
		text: `no-pty,command="x y"  \t ${ED25519}\n`,
		sshKeygen: 0,
		ours: 1,
		reason: 'sshd reads such lines of authorized_keys.',
	},
	{
		name: 'keys after a first line that speaks of a PRIVATE KEY',
		text: `${ED25519} not my PRIVATE KEY\n${ECDSA}\n`,
		sshKeygen: 1,
		ours: 2,
		reason: 'ssh-keygen takes the file for a private key file and looks no further than the first key.',
	},
	{
		name: 'the 51st certificate of a text whose signature is slow to check',
		text: badlySigned(51),
		sshKeygen: 0,
		ours: 1,
		reason: 'The signatures of a thousand such certificates would take seconds, while someone types.',
	},
];

/** So many different certificates by a P-384 key, none with a good signature. */
function badlySigned(count: number): string {
	const type = vector('cert-ecdsa-384').line.split(' ')[0] ?? '';
	const lines = Array.from({ length: count }, (_, bit) => {
		const bytes = blobOf('cert-ecdsa-384');
		const at = bytes.length - 1 - (bit >> 3);
		bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
		return `${lineOf(type, bytes)}\n`;
	});
	return lines.join('');
}
