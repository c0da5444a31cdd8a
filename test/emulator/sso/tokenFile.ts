import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SsoTokenFile } from './identityCenter';

/** Writes the token file as `aws sso login` does, and returns its path. `session` is the name of the `sso-session` section or, for profiles
 * without one, the start URL. */
export async function writeTokenFile(home: string, session: string, token: SsoTokenFile): Promise<string> {
	const folder = join(home, '.aws', 'sso', 'cache');
	await mkdir(folder, { recursive: true });
	const path = join(folder, `${createHash('sha1').update(session).digest('hex')}.json`);
	await writeFile(path, JSON.stringify(token), { mode: 0o600 });
	return path;
}
