import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { median } from './row';

const run = promisify(execFile);

/** Milliseconds that the AWS CLI takes: one import (the median of three), and a loop over the regions. */
export interface CliMeasures {
	readonly one: number;
	readonly loop: number;
}

/** Measures the AWS CLI with profile `mel` of the environment; undefined when it is not installed. */
export async function measureCli(
	env: NodeJS.ProcessEnv,
	endpoint: string,
	publicKeyFile: string,
	regions: readonly string[],
): Promise<CliMeasures | undefined> {
	try {
		await run('aws', ['--version'], { env });
	} catch {
		return undefined;
	}
	const importInto = (region: string, name: string) => {
		const where = ['--profile', 'mel', '--region', region, '--endpoint-url', endpoint];
		return run(
			'aws',
			['ec2', 'import-key-pair', ...where, '--key-name', name, '--public-key-material', `fileb://${publicKeyFile}`],
			{
				env,
			},
		);
	};
	const times: number[] = [];
	for (let index = 0; index < 3; index++) {
		times.push(await time(() => importInto(regions[0] ?? '', `cli-${index}`)));
	}
	const loop = await time(async () => {
		for (const region of regions) {
			await importInto(region, 'cli-loop');
		}
	});
	return { one: median(times), loop };
}

async function time(action: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await action();
	return performance.now() - start;
}
