import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { extensions } from 'vscode';
import type { CloudKeyPairsApi, Target } from '../../src/api';
import { median } from './row';

/** What one extension host measured, in milliseconds. */
export interface HostMeasures {
	readonly activation: number;
	readonly emptyActivation: number;
	/** One import with everything loaded; the median of several. */
	readonly oneImport: number;
	/** One key into `regions` regions at once; the median of several. */
	readonly manyImports: number;
}

/** What the probe is told: how to measure, and where the answer goes. */
export interface ProbeRequest {
	readonly report: string;
	readonly ownFirst: boolean;
	readonly publicKey: string;
	readonly targets: readonly Target[];
}

/** A window that has just come up is busy for some seconds; activation by a person comes later. */
const idleMs = 4000;

const importRuns = 9;

/** Run by VS Code as the module of --extensionTestsPath. */
export async function run(): Promise<void> {
	const request: ProbeRequest = JSON.parse(process.env['BENCH_REQUEST'] ?? '{}');
	await delay(idleMs);
	const own = extensions.getExtension<CloudKeyPairsApi>('cloud-key-pairs.cloud-key-pairs');
	const empty = extensions.getExtension('bench.empty');
	if (!own || !empty) {
		throw new Error('An extension is missing');
	}
	const order = request.ownFirst ? [own, empty] : [empty, own];
	const times = new Map<unknown, number>();
	for (const extension of order) {
		times.set(extension, await time(() => extension.activate()));
		await delay(500);
	}
	const api = own.exports;
	const [first] = request.targets;
	if (!first) {
		throw new Error('No target');
	}
	const measures: HostMeasures = {
		activation: times.get(own) ?? Number.NaN,
		emptyActivation: times.get(empty) ?? Number.NaN,
		oneImport: await importTime(api, 'one', request.publicKey, [first]),
		manyImports: await importTime(api, 'many', request.publicKey, request.targets),
	};
	await writeFile(request.report, JSON.stringify(measures));
}

async function importTime(api: CloudKeyPairsApi, name: string, publicKey: string, targets: readonly Target[]) {
	const times: number[] = [];
	for (let index = 0; index <= importRuns; index++) {
		const elapsed = await time(async () => {
			const keyName = `${name}-${process.pid}-${index}`;
			const outcomes = await api.import({ publicKey, keyName, targets });
			const failed = outcomes.find(({ status }) => status !== 'imported');
			if (failed) {
				throw new Error(`${failed.status}: ${failed.error?.message}`);
			}
		});
		// The first one loads the SDK and opens the connections.
		if (index > 0) {
			times.push(elapsed);
		}
	}
	return median(times);
}

async function time(action: () => PromiseLike<unknown>): Promise<number> {
	const start = performance.now();
	await action();
	return performance.now() - start;
}
