import assert from 'node:assert/strict';
import { failureOf } from '../providers/failing';
import { awsServices, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 24: the SDK keeps configuration files and credentials for the life of the process', () => {
	const trap = useAwsTrap();

	for (const service of awsServices) {
		it(`signs with the new key once the profile is forgotten (${service})`, async () => {
			const { provider, account, home, emulator, key } = trap();
			const list = () => provider(service).list(targetIn(service), never);
			await list();
			const other = account.addAccessKey({ user: 'other' });
			await home.credentials(`[able]\naws_access_key_id = ${other.id}\naws_secret_access_key = ${other.secret}\n`);
			await list();
			provider(service).forget('able');
			await list();
			assert.deepEqual(
				emulator.requests.all().map(({ accessKeyId }) => accessKeyId),
				[key.id, key.id, other.id],
			);
		});

		it(`finds a profile that was written after its first use failed (${service})`, async () => {
			const { provider, home, key } = trap();
			const target = { ...targetIn(service), profile: 'late' };
			assert.equal((await failureOf(provider(service).list(target, never))).kind, 'credentialsMissing');
			await home.credentials(`[late]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`);
			provider(service).forget();
			assert.deepEqual(await provider(service).list(target, never), []);
		});

		it(`gets a new session of a role whose sessions were revoked (${service})`, async () => {
			const { provider, account, home, emulator, key } = trap();
			const { arn } = account.addRole('Deploy');
			await home.config(`[profile role]\nregion = eu-west-1\nrole_arn = ${arn}\nsource_profile = able\n`);
			provider(service).forget();
			const target = { ...targetIn(service), profile: 'role' };
			await provider(service).list(target, never);
			const session = emulator.accounts.accessKey(emulator.requests.all().at(-1)?.accessKeyId ?? '');
			assert.ok(session && session.id !== key.id);
			session.active = false;
			await failureOf(provider(service).list(target, never));
			provider(service).forget('role');
			assert.deepEqual(await provider(service).list(target, never), []);
		});
	}
});
