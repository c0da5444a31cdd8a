import { createHash, generateKeyPair } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Account } from '../emulator/accounts/account';
import type { Emulator } from '../emulator/emulator';
import { importedFingerprint } from '../emulator/keys/fingerprint';
import { publicKeyOf, readPublicKey, sshNames } from '../emulator/keys/publicKey';

const generate = promisify(generateKeyPair);

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
	const ed25519 = await makeLine('ed25519', 'mel@laptop');
	const rsa = await makeLine('rsa', 'deploy');
	const account = emulator.accounts.add({ optedIn: ['ap-east-1'] });
	const opsAccount = emulator.accounts.add();
	for (const region of ['us-east-1', 'eu-west-1']) {
		holdKeyPair(opsAccount, region, 'deploy', rsa);
	}
	await write(path.join(home, '.ssh'), {
		'id_ed25519.pub': `${ed25519}\n`,
		'deploy_rsa.pub': `${rsa}\n`,
		'ecdsa.pub': `${ecdsaLine}\n`,
		'broken.pub': `${ed25519.replace('AAAAC3Nz', 'AAAA*3Nz')}\n`,
	});
	await write(path.join(home, '.aws'), {
		config: [profile('mel', account, emulator.url), profile('ops', opsAccount, emulator.url)].join('\n'),
		credentials: '',
	});
	return { publicKeys: { 'id_ed25519.pub': ed25519, 'deploy_rsa.pub': rsa }, account, opsAccount };
}

/** From ssh-keygen -t ecdsa; its private half is gone. */
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

async function makeLine(type: 'ed25519' | 'rsa', comment: string): Promise<string> {
	const { publicKey } =
		type === 'rsa' ? await generate('rsa', { modulusLength: 4096 }) : await generate('ed25519', undefined);
	return `${sshNames[type]} ${publicKeyOf(publicKey).blob.toString('base64')} ${comment}`;
}

function profile(name: string, account: Account, url: string): string {
	const { id, secret } = account.addAccessKey({ user: name });
	return [
		`[profile ${name}]`,
		'region = us-east-1',
		`aws_access_key_id = ${id}`,
		`aws_secret_access_key = ${secret}`,
		`endpoint_url = ${url}`,
		'',
	].join('\n');
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const [name, text] of Object.entries(files)) {
		await writeFile(path.join(folder, name), text, { mode: 0o600 });
	}
}
