import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { cleanDetail } from '../../../src/providers/redact';

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
		['null', undefined],
		['POST https://h/?x', undefined],
	];
	for (const [text, expected] of cases) {
		it(`is shown as ${expected}`, () => {
			assert.equal(cleanDetail(text), expected);
		});
	}

	it('has 300 characters at most, and none cut in two', () => {
		const cleaned = cleanDetail('ab '.repeat(200)) ?? '';
		assert.equal(cleaned.length, 300);
		assert.ok(cleaned.endsWith('…'));
		assert.doesNotMatch(cleanDetail(`${'ab '.repeat(99)}a😀😀😀`) ?? '', /[\ud800-\udbff](?![\udc00-\udfff])/);
	});

	for (const [what, text, cleaned] of [
		['is left as it is', 'The key pair already exist.', 'The key pair already exist.'],
		['is one line', 'One.\n  Two.', 'One. Two.'],
		[
			'keeps ids of requests and groups',
			'Request 473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E of rg-bp67acfmxazb4p',
			'Request 473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E of rg-bp67acfmxazb4p',
		],
		[
			'loses the request after it',
			'getaddrinfo ENOTFOUND sts.aliyuncs.comPOST https://h/?SecurityToken=x failed.',
			'getaddrinfo ENOTFOUND sts.aliyuncs.com',
		],
		['loses the request of a timeout', 'ReadTimeout(300). POST https://h/?Signature=x failed.', 'ReadTimeout(300)'],
		['loses the request of a connection', 'ConnectTimeout: Connect http://h/?Signature=x failed.', 'ConnectTimeout'],
		['loses a request without host', 'ReadTimeout: 300. POST /?AccessKeyId=LTAI failed.', 'ReadTimeout: 300'],
		[
			'loses the query of a URL',
			'See https://h.example.com/p?token=x#y for more',
			'See https://h.example.com/p for more',
		],
		['loses the user of a URL', 'At https://me:pw@h.example.com/p', 'At https://h.example.com/p'],
		['loses access keys', 'Key LTAI5tQzExampleExample1 and STS.NTExampleExample1234 failed', 'Key … and … failed'],
		['loses parameters that are secret', 'Sent SecurityToken=CAIS/abc+d== once', 'Sent … once'],
		['loses what is random', 'Secret 3xAmPl3s3cr3tOfTh1rtyChars0000 is wrong', 'Secret … is wrong'],
		['loses keys', 'Key ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZ is bad', 'Key ssh-rsa … is bad'],
		[
			'loses private keys',
			'Got -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- here',
			'Got … here',
		],
		['loses JSON Web Tokens', 'Token eyJhbGciOi.eyJzdWIi.sig', 'Token …'],
		[
			'keeps codes, and names of many words',
			'InvalidParameter.KeypairAlreadyAttachedInstance: Production-Key-Pair-For-The-Web-Servers is in use',
			'InvalidParameter.KeypairAlreadyAttachedInstance: Production-Key-Pair-For-The-Web-Servers is in use',
		],
		['loses values that are called secret', 'Bad {"access_key_secret":"short", "a": "b"}', 'Bad {…, "a": "b"}'],
		['loses settings that are called secret', 'Line 3: aws_secret_access_key = short', 'Line 3: …'],
		['loses bearer tokens', 'Sent Authorization: Bearer abc.def-ghi to it', 'Sent Authorization: … to it'],
		[
			'loses the user of a proxy',
			'tunneling socket //me:pw@proxy.test:3128 failed',
			'tunneling socket //proxy.test:3128 failed',
		],
		[
			'keeps sentences about tokens',
			'Token is expired. The security token: none.',
			'Token is expired. The security token: none.',
		],
	] as const) {
		it(what, () => assert.equal(cleanDetail(text), cleaned));
	}

	it('loses the whole of a key in lines, its short last line too, however the lines end', () => {
		const { privateKey } = generateKeyPairSync('ed25519');
		const der = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
		for (const end of ['\n', '\r\n', '\\n']) {
			const text = `Value (${[der.slice(0, 40), der.slice(40, 60), der.slice(60)].join(end)}) is invalid`;
			assert.equal(cleanDetail(text), 'Value (…) is invalid');
		}
	});

	it('is cleaned quickly, whatever it is', () => {
		const started = performance.now();
		for (const part of ['eyJ-', 'a-', '-----BEGIN', 'http://', ' ', '"', 'token', 'A1b2/', '\n', '…', 'arn:', '//']) {
			cleanDetail(part.repeat(1_000_000 / part.length));
		}
		assert.ok(performance.now() - started < 2_000);
	});
});
