import { execFile } from 'node:child_process';
import { splitProcessCommand } from '@alicloud/credentials/dist/src/utils/command';
import type { Environment } from '../../contract';
import { credentialError } from './credentialFailures';
import { type Obtained, toObtained } from './obtained';
import { jsonObject } from './post';

/** So long a process_command may take, in milliseconds; as in Alibaba Cloud's own SDKs. */
const timeoutMs = 60_000;

/** More than this no key is, in bytes. */
const maxOutput = 256 * 1024;

/** What a process_command prints (mode External of the CLI): a JSON object of `mode` (AK or StsToken), `access_key_id`, `access_key_secret`, `sts_token`
 * and `expiration`. It is run without a shell. Alibaba Cloud's own library would write what it prints into config.json.
 * @throws {ProviderError} kind processFailed; neither the command nor what it printed is in it. */
export async function runCredentialProcess(command: string, environment: Environment): Promise<Obtained> {
	const printed = jsonObject(await run(split(command), environment));
	const text = (key: string): string | undefined => {
		const value = printed?.[key];
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const [accessKeyId, accessKeySecret] = [text('access_key_id'), text('access_key_secret')];
	const securityToken = text('sts_token');
	const mode = text('mode');
	if (!printed) {
		throw failed('process_command did not print JSON');
	}
	if (!accessKeyId || !accessKeySecret || (mode === 'StsToken' && !securityToken)) {
		throw failed('process_command did not print an access key');
	}
	if (mode !== undefined && mode !== 'AK' && mode !== 'StsToken') {
		throw failed('process_command printed neither mode AK nor mode StsToken');
	}
	return securityToken === undefined || mode === 'AK'
		? { credentials: { accessKeyId, accessKeySecret } }
		: toObtained({ accessKeyId, accessKeySecret, securityToken, expiration: text('expiration') });
}

function split(command: string): readonly string[] {
	try {
		return splitProcessCommand(command);
	} catch {
		throw failed('process_command is not a command line: a quote is not closed');
	}
}

function run([file = '', ...args]: readonly string[], { variables, home }: Environment): Promise<string> {
	return new Promise((resolve, reject) => {
		// Not in the workspace: Windows would take a program of that name from there.
		const options = { cwd: home, env: variables, timeout: timeoutMs, maxBuffer: maxOutput, windowsHide: true };
		execFile(file, args, options, (error, stdout) => (error ? reject(failed(sentence(error))) : resolve(stdout)));
	});
}

function sentence({ code, killed }: { readonly code?: unknown; readonly killed?: boolean }): string {
	if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
		return 'process_command printed too much';
	}
	if (killed) {
		return 'process_command did not end in time';
	}
	return typeof code === 'number'
		? `process_command ended with exit code ${code}`
		: `process_command could not be run (${String(code)})`;
}

function failed(detail: string) {
	return credentialError('processFailed', { detail });
}
