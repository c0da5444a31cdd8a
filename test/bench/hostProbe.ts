import { writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { commands, extensions } from 'vscode';
import type { CloudKeyPairsApi, ImportOutcome, Target } from '../../src/api';
import { manyPairsTime } from './manyPairs';
import { median } from './row';

/** What one extension host measured, in milliseconds. */
export interface HostMeasures {
	readonly activation: number;
	readonly emptyActivation: number;
	/** One import with everything loaded; the median of several. */
	readonly oneImport: number;
	/** One key into all `targets` at once; the median of several. */
	readonly manyImports: number;
	/** The same into the fleet, by the command, with its progress and its outcome shown; the median of several. */
	readonly fleetImport: number;
	/** For each of these runs, how long the extension host's event loop stood still at the longest. */
	readonly fleetStalls: readonly number[];
	/** The same while nothing is done: what the machine's other work costs. */
	readonly idleStall: number;
	/** See `manyPairsTime`. */
	readonly manyPairs: number;
}

/** What the probe is told: how to measure, and where the answer goes. */
export interface ProbeRequest {
	readonly report: string;
	readonly ownFirst: boolean;
	readonly publicKey: string;
	readonly targets: readonly Target[];
	readonly fleet: { readonly publicKey: string; readonly targets: readonly Target[] };
}

/** A window that has just come up is busy for some seconds; activation by a person comes later. */
const idleMs = 4000;

const importRuns = 9;
const fleetRuns = 4;

/** How often the event loop is looked at, in milliseconds. */
const resolutionMs = 5;

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
		...(await fleetMeasures(request.fleet)),
		manyPairs: await manyPairsTime(),
	};
	await writeFile(request.report, JSON.stringify(measures));
}

async function importTime(api: CloudKeyPairsApi, name: string, publicKey: string, targets: readonly Target[]) {
	const times: number[] = [];
	for (let index = 0; index <= importRuns; index++) {
		const elapsed = await time(async () => {
			const keyName = `${name}-${process.pid}-${index}`;
			checkOutcomes(await api.import({ publicKey, keyName, targets }));
		});
		// The first one loads the SDK and opens the connections.
		if (index > 0) {
			times.push(elapsed);
		}
	}
	return median(times);
}

async function fleetMeasures({ publicKey, targets }: ProbeRequest['fleet']) {
	const times: number[] = [];
	const stalls: number[] = [];
	for (let index = 0; index <= fleetRuns; index++) {
		const keyName = `fleet-${process.pid}-${index}`;
		let elapsed = 0;
		const stall = await longestStall(async () => {
			elapsed = await time(async () => {
				checkOutcomes(await commands.executeCommand('cloudKeyPairs.import', { publicKey, keyName, targets }));
			});
		});
		if (index > 0) {
			times.push(elapsed);
			stalls.push(stall);
		}
		await delay(500);
	}
	return { fleetImport: median(times), fleetStalls: stalls, idleStall: await longestStall(() => delay(1000)) };
}

/** Milliseconds by which the event loop was late at the longest. */
async function longestStall(action: () => Promise<unknown>): Promise<number> {
	const loop = monitorEventLoopDelay({ resolution: resolutionMs });
	loop.enable();
	await action();
	loop.disable();
	// Nanoseconds between two looks, of which one is due every so often.
	return loop.max / 1e6 - resolutionMs;
}

function checkOutcomes(outcomes: readonly ImportOutcome[]): void {
	const failed = outcomes.find(({ status }) => status !== 'imported');
	if (failed) {
		throw new Error(`${JSON.stringify(failed.target)} ${failed.status}: ${failed.error?.message}`);
	}
}

async function time(action: () => PromiseLike<unknown>): Promise<number> {
	const start = performance.now();
	await action();
	return performance.now() - start;
}
