import assert from 'node:assert/strict';
import { cleanDetail } from '../../../../src/providers/alibaba/redact';

describe('A sentence of Alibaba Cloud', () => {
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
	] as const) {
		it(what, () => assert.equal(cleanDetail(text), cleaned));
	}

	it('is nothing where the library wrote the word for nothing', () => {
		for (const text of ['', ' ', 'undefined', 'null', 'POST https://h/?x']) {
			assert.equal(cleanDetail(text), undefined);
		}
	});

	it('has 300 characters at most', () => {
		assert.equal(cleanDetail('word '.repeat(100))?.length, 300);
	});
});
