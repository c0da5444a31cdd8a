import assert from 'node:assert/strict';
import type { Authorization } from '../../emulator/sigv4/authorization';
import { isSignedWith } from '../../emulator/sigv4/signature';

// From AWS's Signature Version 4 test suite (aws-sig-v4-test-suite), and the example request to IAM in the AWS General Reference.
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const timestamp = '20150830T123600Z';

interface Vector {
	readonly name: string;
	readonly signature: string;
	readonly method?: string;
	readonly path?: string;
	readonly query?: string;
	readonly headers?: Readonly<Record<string, readonly string[]>>;
	readonly body?: string;
	readonly service?: string;
}

const vectors: readonly Vector[] = [
	{ name: 'get-vanilla', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
	{
		name: 'get-relative',
		path: '/example/..',
		signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
	},
	{
		name: 'get-slashes',
		path: '//example//',
		signature: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
	},
	{
		name: 'get-utf8',
		path: '/\u1234',
		signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
	},
	{
		name: 'get-vanilla-query-order-key-case',
		query: 'Param2=value2&Param1=value1',
		signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
	},
	{
		name: 'get-header-key-duplicate',
		headers: { 'my-header1': ['value2', 'value2', 'value1'] },
		signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
	},
	{
		name: 'get-header-value-trim',
		headers: { 'my-header1': [' value1'], 'my-header2': [' "a   b   c"'] },
		signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
	},
	{
		name: 'post-vanilla',
		method: 'POST',
		signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
	},
	{
		name: 'post-x-www-form-urlencoded',
		method: 'POST',
		headers: { 'content-type': ['application/x-www-form-urlencoded'] },
		body: 'Param1=value1',
		signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
	},
	{
		name: 'ListUsers of the General Reference',
		query: 'Action=ListUsers&Version=2010-05-08',
		headers: {
			'content-type': ['application/x-www-form-urlencoded; charset=utf-8'],
			host: ['iam.amazonaws.com'],
		},
		service: 'iam',
		signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
	},
];

function check(vector: Vector, changes: { secret?: string; body?: string; signedHeaders?: readonly string[] } = {}) {
	const headers = new Map<string, readonly string[]>(
		Object.entries({ host: ['example.amazonaws.com'], 'x-amz-date': [timestamp], ...vector.headers }),
	);
	const authorization: Authorization = {
		accessKeyId: 'AKIDEXAMPLE',
		date: '20150830',
		region: 'us-east-1',
		service: vector.service ?? 'service',
		signedHeaders: changes.signedHeaders ?? [...headers.keys()].sort(),
		signature: vector.signature,
		timestamp,
		sessionToken: undefined,
		expires: undefined,
	};
	const { method = 'GET', path = '/', query = '', body = '' } = vector;
	const request = { method, path, query, headers, body: Buffer.from(changes.body ?? body) };
	return isSignedWith(changes.secret ?? secret, request, authorization);
}

describe('Signature Version 4', () => {
	for (const vector of vectors) {
		it(`verifies ${vector.name}`, () => {
			assert.equal(check(vector), true);
		});
	}

	it('takes the path as it was sent, so that what is encoded there is encoded twice', () => {
		// Signed by botocore 1.43.11 (SigV4Auth) with this secret's sibling from the IAM User Guide.
		const request = {
			method: 'GET',
			path: '/keys/a%20b/../c%3Ad//e/',
			query: 'b=2&a=%2F&a=1&c',
			headers: new Map([
				['host', ['rest.eu-west-1.amazonaws.com']],
				['x-amz-date', ['20260102T030405Z']],
			]),
			body: Buffer.alloc(0),
		};
		const authorization: Authorization = {
			accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
			date: '20260102',
			region: 'eu-west-1',
			service: 'rest',
			signedHeaders: ['host', 'x-amz-date'],
			signature: 'b41357da0f35fb7987b42427520940aa1c559addb5fc846701ac239b41b70795',
			timestamp: '20260102T030405Z',
			sessionToken: undefined,
			expires: undefined,
		};
		assert.equal(isSignedWith('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', request, authorization), true);
	});

	for (const vector of vectors) {
		it(`refuses ${vector.name} with another secret, another body or an unsigned host`, () => {
			assert.equal(check(vector, { secret: `${secret}x` }), false);
			assert.equal(check(vector, { body: 'Param1=value2' }), false);
			assert.equal(check(vector, { signedHeaders: ['x-amz-date'] }), false);
		});
	}
});
