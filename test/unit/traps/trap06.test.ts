import assert from 'node:assert/strict';
import { lines, useAwsTrap } from './awsTrap';

describe("Trap 6: Lightsail's publicKeyBase64 is text, EC2's PublicKeyMaterial the bytes of text", () => {
	const trap = useAwsTrap();

	it('sends Lightsail the OpenSSH line itself', async () => {
		assert.equal((await trap().import('lightsail')).status, 'imported');
		const [sent] = trap().emulator.requests.all({ operation: 'ImportKeyPair' });
		assert.equal(sent?.parameters['publicKeyBase64'], lines.rsa);
	});

	it('sends EC2 base64 of the line, once', async () => {
		assert.equal((await trap().import('ec2')).status, 'imported');
		const [sent] = trap().emulator.requests.all({ operation: 'ImportKeyPair' });
		assert.equal(Buffer.from(sent?.parameters['PublicKeyMaterial'] ?? '', 'base64').toString('latin1'), lines.rsa);
	});
});
