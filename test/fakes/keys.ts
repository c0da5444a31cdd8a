import assert from 'node:assert/strict';
import type { KeyPair } from '../../src/domain/keyPair';
import { parsePublicKeys } from '../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../src/domain/publicKey';

/** OpenSSH lines from ssh-keygen 9.2; their private halves are gone. */
export const keyLines = {
	mel: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGODL6BD3DJpEZz4XUUMRqgORfxMr5YN1um84sW85wDq mel@laptop',
	ops: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzLyPXWdAqxqgsbgk7SZXLUXKFEn/VVMo2E75l+S+6U ops@laptop',
	deploy:
		'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDg48T0gVaejJ3dsDyge/wmjc88ClivyJFffQT2vCGAdjFdlixTRf6r7JkUAhkdumJl4cXzkf+7BRl1LKi+lmdGG0Va3N2exnorKK8elWmbxCxfwd23vMcQxqQP7L8/m5EyaxboCROV7qPQ7ux12h3FW4fn///0pdUkk/OteLsekbPnX5wRvp4PemdoR2m53ibMpdlCiODsf4eZ/qkdUXxHWvH4FNhTobygOAVBm3NeoBbfLwbjvKYcRGg/0LXxYU4AdofVQwIgS09heR5atPPSZE8lwpepEL2IwkoNNvw+20lqETf4k6LTJqv1n8U5qpDHZTaxeyYtOL5W72Nq7L7z deploy',
	ecdsa:
		'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMhufiLogOkT4hV4tRcQ4sCsIIDcJrS0gPx+dRqgkmuVYAJ6jag3uAy7/nlsVS63PpDqZvk4z666UD9Cn1y3K6k= yubikey',
} as const;

/** The key of an OpenSSH line; mel's unless another is given. */
export function aPublicKey(line: string = keyLines.mel): PublicKey {
	const [key] = parsePublicKeys(line).keys;
	assert.ok(key, 'the line holds a key');
	return key;
}

/** A key pair as EC2 tells of it, holding a key (mel's unless another is given); a field overridden by undefined is left out. */
export function aKeyPair(
	overrides: { readonly [K in keyof KeyPair]?: KeyPair[K] | undefined } = {},
	key: PublicKey = aPublicKey(),
): KeyPair {
	const keyPair: Record<string, unknown> = {
		name: 'mel',
		id: 'key-0123456789abcdef0',
		type: key.type === 'ssh-rsa' ? 'rsa' : 'ed25519',
		fingerprint: key.fingerprints.ec2,
		publicKey: `${key.publicKey} mel`,
		tags: {},
		createdAt: new Date('2026-01-01T00:00:00Z'),
		...overrides,
	};
	const given = Object.entries(keyPair).filter(([, value]) => value !== undefined);
	return { name: 'mel', ...Object.fromEntries(given) };
}
