import { createHash } from 'node:crypto';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from '../emulator/accounts/account';
import type { Emulator } from '../emulator/emulator';
import { importedFingerprint } from '../emulator/keys/fingerprint';
import { readPublicKey, sshNames } from '../emulator/keys/publicKey';

/** Somebody with keys in `~/.ssh` and two AWS profiles, `mel` and `ops`, whose accounts the emulator plays. */
export interface Person {
	/** The OpenSSH line in each file of `~/.ssh`, by file name. */
	readonly publicKeys: Readonly<Record<'id_ed25519.pub' | 'deploy_rsa.pub', string>>;
	/** Profile `mel`; ap-east-1 is enabled there besides the regions that always are. */
	readonly account: Account;
	/** Profile `ops`. */
	readonly opsAccount: Account;
}

/** Puts keys and profiles into a home folder that has nothing yet. Next to two sound keys there is one that EC2 does not take and one whose
 * base64 is broken. The account of `ops` holds `deploy_rsa` in us-east-1 and eu-west-1 already. */
export async function createPerson(home: string, emulator: Emulator): Promise<Person> {
	const account = emulator.accounts.add({ optedIn: ['ap-east-1'] });
	const opsAccount = emulator.accounts.add();
	for (const region of ['us-east-1', 'eu-west-1']) {
		holdKeyPair(opsAccount, region, 'deploy', rsaLine);
	}
	await write(path.join(home, '.ssh'), {
		'id_ed25519.pub': `${ed25519Line}\n`,
		'deploy_rsa.pub': `${rsaLine}\n`,
		'ecdsa.pub': `${ecdsaLine}\n`,
		'broken.pub': `${ed25519Line.replace('AAAAC3Nz', 'AAAA*3Nz')}\n`,
	});
	await write(path.join(home, '.aws'), { config: '', credentials: '' });
	await addSection(home, 'profile mel', accessKeySettings(account, emulator.url, 'mel'));
	await addSection(home, 'profile ops', accessKeySettings(opsAccount, emulator.url, 'ops'));
	return { publicKeys: { 'id_ed25519.pub': ed25519Line, 'deploy_rsa.pub': rsaLine }, account, opsAccount };
}

/** These are from ssh-keygen; their private halves are gone. */
const ed25519Line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHzPCBmX8LAly3rfz6I/9+DI6bzKVhltz0QuClUl7Rbi mel@laptop';
const rsaLine =
	'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAACAQDNygI24877fdoUUdHf53Eo99Jc+tOc68fFawCP7qUHujqhTUELz1BjK+ayG89es5GSb35kz3nWHUd7/BoKJqgwY/zGpS/NTHaIA3lUXSJqaekUuigdZh1rTbheyLfw1T75+nJZ+ezo1zFfiCBv2ilJnsKE6WRcuZEIZkMEZxbmHgH66ubp8xaduUW9Lu7AcaW63xrIVRUODiAI5s+++qkNzWqgKGOLc1wVfCM+t2QxZ0kuahniPxAfXMv1PQbPU2ZcQGyhWtWXyrElchnR0wQ5LMo2fGmvaxZ65SX8yukl4hfZVop7lPabOPvtdx9/Vkladmk4DLejeRUPWOfaSqC8C0kEdfG4PtL+2kMxPt+q5XTQaSAS/jiFSPK9lDn6WD5rEpPSTgADzanbqQZNUJ4S0yCu2w5QbN+WABYv14QAIxoZfyoGdZ9IwStgEF/W0fWUX+7EhfMk/9LS0cAseLtOEgGWsHvrg4VMkwCHPXeWdwAeKhSDfwEe7yYWd+CKdWyaaDpI7MrMyofDjKK91pnhe2LlAqVkj+YLIqAVWEw7srfVZ3niweAtvolIB0Zh89r3uWqj+LCMhVMYK/OeexwPsS+hCBkfVLzRI1/KxhErsEuJFytQAjmOPEmeOf7bNuqqt9rRnKWLAGVU/fewcGtrke/Tz8vsRaXMXFHaCFdQDw== deploy';
const ecdsaLine =
	'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJVFEIwIwsCbsN5vReUoIDv4bHbsi1rTPSxxkgUM7GDw5M6K9jTVlXPqWyHbJVC+neezkOBzdvK+FgIpR7xzRPo= yubikey';

/** Puts a key pair into an account without a call. */
export function holdKeyPair(account: Account, region: string, name: string, line: string): void {
	const publicKey = readPublicKey(line);
	if (!publicKey) {
		throw new Error(`EC2 would not take this key: ${line}`);
	}
	const { type, blob } = publicKey;
	account.keyPairs(region).add({
		id: `key-${createHash('sha1').update(`${region}/${name}`).digest('hex').slice(0, 17)}`,
		name,
		type,
		fingerprint: importedFingerprint(publicKey),
		publicKey: `${sshNames[type]} ${blob.toString('base64')}`,
		createdAt: Date.now(),
		tags: new Map(),
	});
}

/** Settings of a profile whose credentials are a new access key of the account. */
export function accessKeySettings(account: Account, url: string, user = 'tester'): Readonly<Record<string, string>> {
	const { id, secret } = account.addAccessKey({ user });
	return { region: 'us-east-1', aws_access_key_id: id, aws_secret_access_key: secret, endpoint_url: url };
}

/** Adds a section, such as `profile dev`, to the AWS configuration file of a home folder. */
export async function addSection(
	home: string,
	section: string,
	settings: Readonly<Record<string, string>>,
): Promise<void> {
	const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
	await appendFile(path.join(home, '.aws', 'config'), [`[${section}]`, ...lines, '', ''].join('\n'));
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const [name, text] of Object.entries(files)) {
		await writeFile(path.join(folder, name), text, { mode: 0o600 });
	}
}
