import assert from 'node:assert/strict';
import { DescribeKeyPairsCommand } from '@aws-sdk/client-ec2';
import { alterRequests, refuses, useEmulator } from './support';

describe('emulated EC2: the Query protocol', () => {
	const fixture = useEmulator();

	/** Sends DescribeKeyPairs with its form changed before signing. */
	const sendForm = (alter: (body: string) => string) => {
		const client = alterRequests(fixture().client(), (request) => {
			request.body = alter(request.body);
			request.headers['content-length'] = String(Buffer.byteLength(request.body));
		});
		return client.send(new DescribeKeyPairsCommand({}));
	};

	const cases: readonly (readonly [string, (body: string) => string, string, number, RegExp])[] = [
		[
			'a parameter that the action has not',
			(body) => `${body}&MaxResults=5`,
			'UnknownParameter',
			400,
			/^The parameter MaxResults is not recognized$/,
		],
		[
			'a list parameter without a number',
			(body) => `${body}&KeyName=a`,
			'UnknownParameter',
			400,
			/^The parameter KeyName is not recognized$/,
		],
		[
			'an action that there is not',
			(body) => body.replace('DescribeKeyPairs', 'DescribeKeyRings'),
			'InvalidAction',
			400,
			/^The action DescribeKeyRings is not valid for this web service\.$/,
		],
		['no action', (body) => body.replace('Action=DescribeKeyPairs', ''), 'MissingAction', 400, /missing an action/],
		[
			'another version',
			(body) => body.replace('2016-11-15', '2006-10-01'),
			'NoSuchVersion',
			400,
			/^The requested version \(2006-10-01\) of service AmazonEC2 does not exist$/,
		],
		['no version', (body) => body.replace('Version=2016-11-15', ''), 'MissingParameter', 400, /parameter Version$/],
		['a boolean that is none', (body) => `${body}&DryRun=maybe`, 'InvalidParameterValue', 400, /DryRun/],
		['a broken percent-encoding', (body) => `${body}&KeyName.1=%zz`, 'MalformedQueryString', 404, /syntax error/],
	];
	for (const [what, alter, code, status, text] of cases) {
		it(`refuses ${what} with ${code}`, async () => {
			assert.match(await refuses(sendForm(alter), code, status), text);
		});
	}

	it('gives the request id in the header, from where the SDK takes it', async () => {
		const { $metadata } = await sendForm((body) => body);
		assert.match($metadata.requestId ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	});

	it('escapes what it quotes', async () => {
		const message = await refuses(
			sendForm((body) => `${body}&KeyName.1=${encodeURIComponent('<a&"b">\r\n')}`),
			'InvalidKeyPair.NotFound',
		);
		assert.equal(message, 'The key pair \'<a&"b">\r\n\' does not exist');
	});

	it('answers everything else on its port with EC2 errors too', async () => {
		const response = await fetch(`${fixture().emulator.url}/index.html`);
		assert.equal(response.status, 400);
		assert.match(await response.text(), /<Code>MissingAction<\/Code>/);
	});
});
