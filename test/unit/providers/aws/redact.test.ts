import assert from 'node:assert/strict';
import { cleanDetail } from '../../../../src/providers/aws/redact';

describe("A service's sentence", () => {
	const cases: readonly (readonly [string, string | undefined])[] = [
		["The keypair 'a' already exists.", "The keypair 'a' already exists."],
		[
			'Value (LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZLS0tLS0=) for parameter PublicKeyMaterial is invalid.',
			'Value (…) for parameter PublicKeyMaterial is invalid.',
		],
		['key -----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY----- is bad', 'key … is bad'],
		['key -----BEGIN RSA PRIVATE KEY-----\nMIIE and no end', 'key …'],
		['not authorized. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcdef', 'not authorized.'],
		['secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY seen', 'secret … seen'],
		['token 0123456789abcdef0123456789abcdef01234567', 'token …'],
		['token eyJhbGciOiJub25lIn0.eyJhIjoxfQ. refused', 'token … refused'],
		['key AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE', 'key … and …'],
		['see https://user:pass@x.test/path?X-Amz-Signature=1234&y=z for more', 'see https://x.test/path for more'],
		['see http://x.test/#token=abc', 'see http://x.test/'],
		[
			'User: arn:aws:sts::123456789012:assumed-role/AdministratorAccess/session1234567890 is not authorized',
			'User: arn:aws:sts::123456789012:assumed-role/AdministratorAccess/session1234567890 is not authorized',
		],
		[
			"The keypair 'mel-laptop-2026-production-cluster-eu-west-1' already exists.",
			"The keypair 'mel-laptop-2026-production-cluster-eu-west-1' already exists.",
		],
		['getaddrinfo ENOTFOUND ec2.us-esat-1.amazonaws.com', 'getaddrinfo ENOTFOUND ec2.us-esat-1.amazonaws.com'],
		[' two\n\tlines ', 'two lines'],
		['', undefined],
		['Unknown', undefined],
		['UnknownError', undefined],
		['undefined', undefined],
	];
	for (const [text, expected] of cases) {
		it(`is shown as ${expected}`, () => {
			assert.equal(cleanDetail(text), expected);
		});
	}

	it('has 300 characters at most', () => {
		const cleaned = cleanDetail('ab '.repeat(200)) ?? '';
		assert.equal(cleaned.length, 300);
		assert.ok(cleaned.endsWith('…'));
	});
});
