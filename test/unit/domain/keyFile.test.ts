import assert from 'node:assert/strict';
import { isKeyText, mayHoldKey, startsAsPrivateKeyFile } from '../../../src/domain/keyFile';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { keyLines } from '../../fakes/keys';

describe('isKeyText', () => {
	const isOurs = (text: string): boolean => isKeyText(parsePublicKeys(text));

	it('is true of a text that holds a key or plainly tried to', () => {
		for (const text of [
			keyLines.mel,
			`no-pty ${keyLines.mel}`,
			`\ufeff${keyLines.mel}`,
			keyLines.mel.replace('AAAAC3Nz', 'AAAA*3Nz'),
			keyLines.mel.slice(0, 60),
			'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n',
			'---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n',
			'PuTTY-User-Key-File-3: ssh-ed25519\n',
		]) {
			assert.ok(isOurs(text), text);
		}
	});

	it('is false of any other text, also with a byte order mark', () => {
		for (const text of ['', 'The Red Lion', '\ufeffThe Red Lion', 'name: "demo\nrsa: 1\n', 'ssh-foo\n', '{"a": 1}']) {
			assert.ok(!isOurs(text), text);
		}
	});
});

describe('startsAsPrivateKeyFile', () => {
	it('wants the marker at the very start', () => {
		assert.ok(startsAsPrivateKeyFile('-----BEGIN EC PRIVATE KEY-----'));
		assert.ok(!startsAsPrivateKeyFile('x -----BEGIN EC PRIVATE KEY-----'));
		assert.ok(!startsAsPrivateKeyFile('-----BEGIN PUBLIC KEY-----'));
		assert.ok(!startsAsPrivateKeyFile(keyLines.mel));
	});
});

describe('mayHoldKey', () => {
	it('passes every line with a key or a fingerprint', () => {
		for (const line of Object.values(keyLines)) {
			assert.ok(mayHoldKey(`key: "${line}"`));
		}
		assert.ok(mayHoldKey('sk-ssh-ed25519@openssh.com AAAA'));
		assert.ok(mayHoldKey('SHA256:x'));
		assert.ok(mayHoldKey(`at ${'AB:'.repeat(15)}cd`));
		assert.ok(mayHoldKey(`${'x'.repeat(43)}=`));
	});

	it('passes few others', () => {
		for (const line of ['', 'resource "aws_instance" "web" {', '  name: demo # a task', 'a1:b2:c3']) {
			assert.ok(!mayHoldKey(line), line);
		}
	});
});
