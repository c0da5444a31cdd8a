import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The AWS CLI is a client that nobody here wrote. It is optional: where it is not installed, what needs it is left out, and says so.

const installed = (process.env['PATH'] ?? '')
	.split(delimiter)
	.flatMap((folder) => [join(folder, 'aws'), join(folder, 'aws.exe')])
	.find((file) => existsSync(file));

/** Defines tests with the AWS CLI, where it is installed. */
export function describeWithAwsCli(title: string, define: (aws: string) => void): void {
	if (installed === undefined) {
		process.stdout.write(`Left out, because aws is not installed: ${title}\n`);
		return;
	}
	const aws = installed;
	describe(title, function () {
		this.timeout(30_000);
		define(aws);
	});
}

/** Where and as whom the AWS CLI calls. */
export interface CliSettings {
	/** The program. */
	readonly aws: string;
	/** The folder in which it runs and looks for its configuration. */
	readonly home: string;
	readonly endpoint: string;
	readonly key: { readonly id: string; readonly secret: string };
}

/** What the CLI prints, parsed; an empty object when it prints nothing. */
export async function runAwsCli(settings: CliSettings, args: readonly string[]): Promise<Record<string, unknown>> {
	const { failed, stdout, stderr } = await spawn(settings, args);
	assert.equal(failed, false, stderr);
	return stdout.trim() === '' ? {} : JSON.parse(stdout);
}

/** The CLI's complaint about a call that fails. */
export async function failAwsCli(settings: CliSettings, args: readonly string[]): Promise<string> {
	const { failed, stderr } = await spawn(settings, args);
	assert.ok(failed, 'the CLI should have failed');
	return stderr;
}

function spawn(
	{ aws, home, endpoint, key }: CliSettings,
	args: readonly string[],
): Promise<{ failed: boolean; stdout: string; stderr: string }> {
	const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
	const env = {
		...Object.fromEntries(inherited),
		AWS_CONFIG_FILE: join(home, 'config'),
		AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
		AWS_ACCESS_KEY_ID: key.id,
		AWS_SECRET_ACCESS_KEY: key.secret,
		AWS_DEFAULT_REGION: 'us-east-1',
		AWS_MAX_ATTEMPTS: '1',
		AWS_PAGER: '',
		AWS_EC2_METADATA_DISABLED: 'true',
	};
	return new Promise((resolve) => {
		const all = [...args, '--endpoint-url', endpoint, '--output', 'json'];
		execFile(aws, all, { env, cwd: home }, (error, stdout, stderr) =>
			resolve({ failed: error !== null, stdout, stderr }),
		);
	});
}
