import type { KeyProblem } from '../keyProblem';
import type { Block } from './block';
import { startsAsDerPrivateKey } from './der';
import { errorAt, trimmedRange } from './problem';

/** The forms of private keys that are told apart. `pem`: PKCS#1, DSA or EC; `sshcom`: SSH Communications'; `ssh1`: OpenSSH's for protocol 1. */
export type PrivateKeyFormat = 'openssh' | 'pem' | 'pkcs8' | 'sshcom' | 'ssh1' | 'ppk' | 'base64' | 'der';

const MARKER = /-{4,5} ?BEGIN ([A-Z0-9 ]{0,40})PRIVATE KEY/;

/** Base64 of `openssh-key-v1` and of the same with the cipher `none`. */
const OPENSSH_START = 'b3BlbnNzaC1rZXktdjEA';
const OPENSSH_PLAIN_START = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUA';

/** The form of the private key that starts in this line, or undefined. The marker counts wherever in the line it stands: indented, quoted or escaped. */
export function privateKeyFormat(line: string): PrivateKeyFormat | undefined {
	if (!line.includes('PRIVATE KEY')) {
		return undefined;
	}
	if (line.includes('SSH PRIVATE KEY FILE FORMAT')) {
		return 'ssh1';
	}
	const label = MARKER.exec(line)?.[1];
	switch (label) {
		case undefined:
			return undefined;
		case 'OPENSSH ':
			return 'openssh';
		case '':
		case 'ENCRYPTED ':
			return 'pkcs8';
		case 'SSH2 ':
		case 'SSH2 ENCRYPTED ':
			return 'sshcom';
		default:
			return 'pem';
	}
}

/** The private key that starts at line `start`, up to its end marker or to the first line that can't be part of it. */
export function readPrivateKey(lines: readonly string[], start: number, format: PrivateKeyFormat): Block {
	const first = lines[start] ?? '';
	let encrypted = first.includes('ENCRYPTED');
	let end = start + 1;
	if (!/-{4,5} ?END /.test(first)) {
		for (; end < lines.length; end += 1) {
			const line = (lines[end] ?? '').trim();
			if (/-{4,5} ?END /.test(line)) {
				end += 1;
				break;
			}
			if (/-{4,5} ?BEGIN /.test(line) || (/[ \t]/.test(line) && !/^[\w-]+:/.test(line))) {
				break;
			}
			encrypted ||= line.startsWith('Proc-Type:') && line.includes('ENCRYPTED');
			// The name of the cipher comes first in OpenSSH's form (PROTOCOL.key): `none`, or the key is encrypted.
			encrypted ||= end === start + 1 && line.startsWith(OPENSSH_START) && !line.startsWith(OPENSSH_PLAIN_START);
		}
	}
	return { end, keys: [], problems: [privateKeyProblem(first, start, format, encrypted)] };
}

/** The problem for a private key that starts in this line. It holds nothing of the key. */
export function privateKeyProblem(
	line: string,
	number: number,
	format: PrivateKeyFormat,
	encrypted: boolean,
): KeyProblem {
	const data = { format, encrypted: encrypted ? 1 : 0 };
	return errorAt(trimmedRange(line, number), 'privateKey', data, { title: 'derivePublicKey' });
}

/** Whether bytes (decoded from base64) start as a private key does: OpenSSH's own form, or DER. */
export function startsAsPrivateKey(bytes: Buffer): boolean {
	return bytes.subarray(0, 15).toString('latin1') === 'openssh-key-v1\0' || startsAsDerPrivateKey(bytes);
}
