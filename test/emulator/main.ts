import { parseArgs } from 'node:util';
import { alibabaInstructions } from './alibaba/instructions';
import { demoAccessKey, openDemoAccount } from './demoAccount';
import { startEmulator } from './emulator';

// Starts the emulator alone, with a demo account, until it is interrupted: node out/test/emulator/main.js [--port n]

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '4599' } } });
	const emulator = await startEmulator({ port: Number(values.port) });
	const { roleArn, alibabaRoleArn } = openDemoAccount(emulator);
	const singapore = await emulator.listenAs('ens.ap-southeast-1.aliyuncs.com');
	process.stdout.write(`${alibabaInstructions(emulator.url, singapore, alibabaRoleArn)}\n\n`);
	process.stdout.write(`${instructions(emulator.url, roleArn)}\n`);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void emulator.close());
}

function instructions(url: string, roleArn: string): string {
	const variables = {
		AWS_ACCESS_KEY_ID: demoAccessKey.id,
		AWS_SECRET_ACCESS_KEY: demoAccessKey.secret,
		AWS_DEFAULT_REGION: 'us-east-1',
		AWS_ENDPOINT_URL: url,
	};
	const lines = (format: (name: string, value: string) => string) =>
		Object.entries(variables).map(([name, value]) => `    ${format(name, value)}`);
	return [
		`AWS is emulated at ${url} (key pairs and regions of EC2 and Lightsail, STS, IAM Identity Center's portal). Ctrl-C ends it, and all is forgotten.`,
		'',
		'In a POSIX shell:',
		...lines((name, value) => `export ${name}=${value}`),
		'In PowerShell:',
		...lines((name, value) => `$env:${name} = '${value}'`),
		'',
		'Then, or each with --endpoint-url instead of AWS_ENDPOINT_URL:',
		`    aws ec2 describe-regions --all-regions --output table --endpoint-url ${url}`,
		'    aws ec2 import-key-pair --key-name demo --public-key-material fileb://~/.ssh/id_ed25519.pub',
		'    aws ec2 describe-key-pairs --include-public-key',
		'    aws ec2 create-key-pair --key-name made --key-type ed25519',
		'    aws ec2 delete-key-pair --key-name demo',
		'    aws lightsail import-key-pair --key-pair-name demo --public-key-base64 "$(cat ~/.ssh/id_ed25519.pub)"',
		'    aws lightsail get-key-pairs --include-default-key-pair',
		`    aws sts assume-role --role-arn ${roleArn} --role-session-name me`,
		'',
		'As a profile in ~/.aws/config:',
		'    [profile emulator]',
		'    region = us-east-1',
		`    aws_access_key_id = ${demoAccessKey.id}`,
		`    aws_secret_access_key = ${demoAccessKey.secret}`,
		`    endpoint_url = ${url}`,
		'',
		'Faults are set with a POST, read with a GET and cleared with a DELETE; /_emulator/requests lists what was asked:',
		`    curl ${url}/_emulator/faults -d '[{"operation":"ImportKeyPair","calls":[1],"effect":{"kind":"throttle"}}]'`,
	].join('\n');
}

main().catch((error: unknown) => {
	process.stderr.write(`The emulator did not start: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
