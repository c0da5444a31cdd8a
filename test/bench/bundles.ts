import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';

/** What one bundle weighs. */
export interface BundleMeasure {
	/** As in `dist/`: `providers/aws.js`. */
	readonly name: string;
	/** Bytes, minified. */
	readonly bytes: number;
	/** Median milliseconds of `require` in a fresh Node process; absent for the main bundle, which needs VS Code. */
	readonly requireMs?: number;
}

const script = 'const t = performance.now(); require(process.argv[1]); console.log(performance.now() - t);';

/** Builds each bundle for production into a folder of its own, and measures its size and the time that `require` takes
 * in `runs` fresh processes. Runs at the root of the project. */
export async function measureBundles(runs = 15): Promise<readonly BundleMeasure[]> {
	const { builds }: { builds(mode: { production: boolean }): (BuildOptions & { outfile: string })[] } = createRequire(
		join(process.cwd(), 'package.json'),
	)('./esbuild.js');
	const folder = await mkdtemp(join(tmpdir(), 'bundles-'));
	try {
		const measures: BundleMeasure[] = [];
		for (const options of builds({ production: true })) {
			const outfile = join(folder, basename(options.outfile));
			await build({ ...options, outfile });
			const { size: bytes } = await stat(outfile);
			const name = options.outfile.replace(/^dist\//, '');
			const needsVsCode = /require\(["']vscode["']\)/.test(await readFile(outfile, 'utf8'));
			measures.push(needsVsCode ? { name, bytes } : { name, bytes, requireMs: await medianRequire(outfile, runs) });
		}
		return measures;
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function medianRequire(file: string, runs: number): Promise<number> {
	const times: number[] = [];
	// One after the other: processes at the same time would slow each other down. The first one warms the file cache.
	for (let run = 0; run <= runs; run++) {
		const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, file]);
		if (run > 0) {
			times.push(Number(stdout));
		}
	}
	times.sort((a, b) => a - b);
	return times[Math.floor(times.length / 2)] ?? Number.NaN;
}
