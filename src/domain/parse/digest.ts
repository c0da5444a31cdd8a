import { createHash, hash } from 'node:crypto';

export type DigestName = 'md5' | 'sha1' | 'sha256';

/** The digest of some bytes in the encoding asked for. `hash` is twice as fast as `createHash`; Node has it since 20.12. */
export const digest: (name: DigestName, bytes: Uint8Array, encoding: 'hex' | 'base64') => string =
	typeof hash === 'function' ? hash : (name, bytes, encoding) => createHash(name).update(bytes).digest(encoding);
