import type { KeyProblem } from '../keyProblem';
import { decodeBase64Start } from './base64';
import type { Block } from './block';
import { derPrivateKeyStart } from './der';
import { errorAt, trimmedRange } from './problem';
import { WireReader } from './wireReader';

/** The forms of private keys that are told apart. `pem`: PKCS#1, DSA or EC; `sshcom`: SSH Communications'; `ssh1`: OpenSSH's for protocol 1. */
export type PrivateKeyFormat = 'openssh' | 'pem' | 'pkcs8' | 'sshcom' | 'ssh1' | 'ppk' | 'base64' | 'der';

const MARKER = /-{4,5} ?BEGIN ([A-Z0-9 ]{0,40})PRIVATE KEY/;
const END = /-{4,5} ?END [A-Z0-9 ]{0,60}-{4,5}/;

/** What OpenSSH's form starts with (PROTOCOL.key); the name of the cipher follows. */
const OPENSSH_MAGIC = 'openssh-key-v1\0';

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
	if (!END.test(first)) {
		for (; end < lines.length; end += 1) {
			const line = (lines[end] ?? '').trim();
			if (END.test(line)) {
				end += 1;
				break;
			}
			if (/-{4,5} ?BEGIN /.test(line) || (/[ \t]/.test(line) && !/^[\w-]+:/.test(line))) {
				break;
			}
			encrypted ||= line.startsWith('Proc-Type:') && line.includes('ENCRYPTED');
			encrypted ||= end === start + 1 && privateKeyStart(decodeBase64Start(line)) === 'encrypted';
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

/** Whether bytes (decoded from base64) start as a private key does, in OpenSSH's own form or DER, or as an encrypted one. */
export function privateKeyStart(bytes: Buffer): 'plain' | 'encrypted' | undefined {
	if (bytes.subarray(0, OPENSSH_MAGIC.length).toString('latin1') !== OPENSSH_MAGIC) {
		return derPrivateKeyStart(bytes);
	}
	const cipher = new WireReader(bytes, OPENSSH_MAGIC.length).text();
	return cipher === 'none' ? 'plain' : 'encrypted';
}
