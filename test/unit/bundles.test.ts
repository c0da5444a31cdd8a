import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type OutputFile } from 'esbuild';
import type { createProviders as CreateProviders } from '../../src/providers/aws/bundle';
import { startEcs, startEns } from './providers/alibaba/alibabaSubject';
import { describeCredentialModes } from './providers/alibaba/credentialModesSuite';
import { startLoopback } from './providers/alibaba/loopback';
import { describeCredentials } from './providers/aws/credentialsSuite';
import { startEc2 } from './providers/aws/ec2Subject';
import { describeExternalCredentials } from './providers/aws/externalCredentialsSuite';
import { startLightsail } from './providers/aws/lightsailSubject';
import { describeSignIn } from './providers/aws/signInSuite';
import { contractKeys, describeProviderContract } from './providers/contract';
import { failureOf } from './providers/failing';

// Tests run at the root of the project.
const root = process.cwd();
const load = createRequire(join(root, 'package.json'));
const { builds }: { builds(mode: { production: boolean }): (BuildOptions & { outfile: string })[] } =
	load('./esbuild.js');

interface Built {
	readonly metafile: Metafile;
	readonly text: string;
}

async function bundle(outfile: string): Promise<Built> {
	const options = builds({ production: true }).find((candidate) => candidate.outfile === outfile);
	assert.ok(options, `no build of ${outfile}`);
	const { metafile, outputFiles } = await build({ ...options, metafile: true, write: false });
	const [file]: OutputFile[] = outputFiles;
	assert.ok(file && metafile);
	return { metafile, text: file.text };
}

/** The packages that have a part in the bundle. */
function packagesIn({ outputs }: Metafile): readonly string[] {
	const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
	const names = inputs.flatMap(([path, { bytesInOutput }]) => {
		const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
		return name !== undefined && bytesInOutput > 0 ? [name] : [];
	});
	return [...new Set(names)];
}

/** What is loaded with VS Code's activation, and what with the first use: neither waits for an SDK. */
for (const { outfile, maxBytes, siblings } of [
	{ outfile: 'dist/extension.js', maxBytes: 15_000, siblings: ['./app.js'] },
	{
		outfile: 'dist/app.js',
		maxBytes: 320_000,
		siblings: ['./providers/alibaba.js', './providers/aws.js', './sshpk.js'],
	},
]) {
	describe(outfile, () => {
		let built: Built;
		before(async function () {
			this.timeout(60_000);
			built = await bundle(outfile);
		});

		it('holds no package, and so no SDK', () => {
			assert.deepEqual(packagesIn(built.metafile), []);
			assert.ok(Object.keys(built.metafile.inputs).every((path) => !path.includes('node_modules')));
		});

		it('loads the next bundle by require, which takes half the time of import()', () => {
			const external = Object.values(built.metafile.outputs).flatMap(({ imports }) => imports);
			const own = external.filter(({ path }) => path.startsWith('.'));
			assert.deepEqual(
				own.sort((a, b) => a.path.localeCompare(b.path)),
				siblings.map((path) => ({ path, kind: 'require-call', external: true })),
			);
		});

		it(`is small: ${maxBytes} bytes at most`, () => {
			assert.ok(built.text.length < maxBytes, `${built.text.length} bytes`);
		});
	});
}

describe('dist/providers/aws.js', () => {
	let built: Built;
	let folder: string;
	let createProviders: typeof CreateProviders;

	before(async function () {
		this.timeout(60_000);
		built = await bundle('dist/providers/aws.js');
		folder = await mkdtemp(join(tmpdir(), 'bundles-'));
		// Without a node_modules folder above it.
		const file = join(folder, 'aws.js');
		await writeFile(file, built.text);
		({ createProviders } = load(file));
	});
	after(() => rm(folder, { recursive: true }));

	it('has of EC2 and Lightsail only the operations that are used', () => {
		const ec2 = ['DescribeKeyPairs', 'DescribeRegions', 'CreateTags', 'DeleteTags'];
		const lightsail = ['GetKeyPairs', 'GetKeyPair', 'GetOperation', 'GetRegions', 'TagResource', 'UntagResource'];
		for (const operation of ['ImportKeyPair', 'CreateKeyPair', 'DeleteKeyPair', ...ec2, ...lightsail]) {
			assert.ok(built.text.includes(`"${operation}"`), operation);
		}
		assert.doesNotMatch(built.text, /RunInstances|DescribeInstances|CreateVpc/);
		assert.doesNotMatch(built.text, /DownloadDefaultKeyPair|CreateInstances|GetDisks|CreateBucket/);
	});

	it('has no chain of credentials that could end at the role of the machine', () => {
		assert.ok(!packagesIn(built.metafile).includes('@aws-sdk/credential-provider-node'));
	});

	it('is 325 kB at most, minified', () => {
		assert.ok(built.text.length <= 325_000, `${built.text.length} bytes`);
	});

	it('makes errors that the rest of the extension knows for its own', async () => {
		const subject = await startEc2(createProviders);
		try {
			const target = { service: 'ec2', profile: 'absent', region: 'eu-west-1' } as const;
			const request = { keyName: 'x', publicKey: contractKeys.rsa, tags: {}, dryRun: false };
			const error: unknown = await subject.provider
				.import(target, request, new AbortController().signal)
				.catch((reason: unknown) => reason);
			const { isProviderError, ProviderError } = await import('../../src/providers/failure.js');
			assert.ok(isProviderError(error));
			assert.ok(!(error instanceof ProviderError));
		} finally {
			await subject.close();
		}
	});

	// What was left out may be missed anywhere.
	describeProviderContract('EC2', () => startEc2(createProviders));
	describeProviderContract('Lightsail', () => startLightsail(createProviders));
	describeCredentials('Credentials of a profile', () => createProviders);
	describeSignIn('Credentials of a profile that is signed in to', () => createProviders);
	describeExternalCredentials('Credentials from elsewhere', () => createProviders);
});

describe('dist/providers/alibaba.js', () => {
	let built: Built;
	let folder: string;
	let createProviders: typeof CreateProviders;

	before(async function () {
		this.timeout(60_000);
		built = await bundle('dist/providers/alibaba.js');
		folder = await mkdtemp(join(tmpdir(), 'bundles-'));
		// Without a node_modules folder above it.
		const file = join(folder, 'alibaba.js');
		await writeFile(file, built.text);
		({ createProviders } = load(file));
	});
	after(() => rm(folder, { recursive: true }));

	it("has nothing of what the library's calls never reach", () => {
		const packages = packagesIn(built.metafile);
		for (const name of ['ws', 'xmlbuilder', 'socks', 'ip-address', 'agent-base', 'moment', 'lodash', 'debug']) {
			assert.ok(!packages.includes(name), name);
		}
		assert.ok(packages.includes('@alicloud/openapi-core'));
		assert.ok(packages.every((name) => !name.startsWith('@aws-sdk/') && !name.includes('ecs20140526')));
	});

	it('is 205 kB at most, minified, and 57 kB packed', () => {
		assert.ok(built.text.length <= 205_000, `${built.text.length} bytes`);
		const packed = gzipSync(built.text, { level: 9 }).length;
		assert.ok(packed <= 57_000, `${packed} bytes packed`);
	});

	it('understands errors in XML, whose parser is part of it', async () => {
		const subject = await startEcs(createProviders);
		const server = await startLoopback((response) => {
			response.writeHead(400, { 'content-type': 'text/xml;charset=utf-8' });
			response.end('<?xml version="1.0"?><Error><Code>IncompleteSignature</Code><Message>No.</Message></Error>');
		});
		try {
			subject.settings['endpoints'] = { ecs: server.url };
			const target = { service: 'ecs', profile: 'able', region: 'cn-hangzhou' } as const;
			const failure = await failureOf(subject.provider.list(target, new AbortController().signal));
			assert.deepEqual(
				[failure.kind, failure.code, failure.detail],
				['credentialsRejected', 'IncompleteSignature', 'No.'],
			);
		} finally {
			await server.close();
			await subject.close();
		}
	});

	// What was left out may be missed anywhere.
	describeProviderContract('ECS', () => startEcs(createProviders));
	describeProviderContract('ENS', () => startEns(createProviders));
	describeCredentialModes('Credentials of every mode', () => createProviders);
});
