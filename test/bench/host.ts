import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Target } from '../../src/api';
import { startEmulator } from '../emulator/emulator';
import { createPerson } from '../fakes/person';
import { createEnvironment } from '../host/environment';
import { ROOT, vscodeForTests } from '../ui/vscode';
import { measureCli } from './cli';
import { createFleet, type Fleet } from './fleet';
import type { HostMeasures, ProbeRequest } from './hostProbe';
import { median, ms, type Row } from './row';

const run = promisify(execFile);

const code = path.join(ROOT, 'test', 'vscode', 'code');

/** Each start of an extension host activates an extension once: so many starts make a median. */
const starts = 7;

/** Every request to the emulator takes at least that long, in milliseconds: as far away as another continent. */
const latencyMs = 100;

/** Goals, in milliseconds; for the CLI, how many times as long it takes. */
const fleetMs = 2000;
const stallMs = 50;
const timesCli = 50;
const manyPairsMs = 300;

/** Activation against an empty extension, and imports in a warm extension host against the AWS CLI, all against one emulator, which runs in this process. */
export async function benchHost(): Promise<readonly Row[]> {
	const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
	const emulator = await startEmulator();
	try {
		const environment = await createEnvironment(folder);
		const { publicKeys, account } = await createPerson(environment.home, emulator);
		const publicKey = publicKeys['id_ed25519.pub'];
		const regions = account.regions().filter(({ optInStatus }) => optInStatus === 'opt-in-not-required');
		const targets = regions.map(({ name }): Target => ({ service: 'ec2', profile: 'mel', region: name }));
		const fleet = await createFleet(environment.home, emulator);
		const directories = [`--user-data-dir=${folder}/user`, `--extensions-dir=${folder}/extensions`];
		vscodeForTests.writeSettings(path.join(folder, 'user'), fleet.settings);
		await install(folder, directories);
		emulator.faults.set([{ delayMs: latencyMs }]);
		const many = { publicKey: publicKeys['deploy_rsa.pub'], targets: fleet.targets };
		const measures: HostMeasures[] = [];
		for (let index = 0; index < starts; index++) {
			const request = { ownFirst: index % 2 === 0, publicKey, targets, fleet: many };
			measures.push(
				await probe({ ...request, report: path.join(folder, `${index}.json`) }, directories, environment.env),
			);
		}
		const keyFile = path.join(environment.home, '.ssh', 'id_ed25519.pub');
		const names = targets.map(({ region = '' }) => region);
		const cli = await measureCli({ ...process.env, ...environment.env }, emulator.url, keyFile, names);
		return [...activationRows(measures), ...importRows(measures, cli, targets.length), ...fleetRows(measures, fleet)];
	} finally {
		await emulator.close();
		await rm(folder, { recursive: true });
	}
}

/** Packages and installs both extensions, so that they are measured as people have them. */
async function install(folder: string, directories: readonly string[]): Promise<void> {
	const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
	for (const [name, source] of [
		['own', ROOT],
		['empty', path.join(ROOT, 'test', 'bench', 'emptyExtension')],
	] as const) {
		const vsix = path.join(folder, `${name}.vsix`);
		const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', vsix];
		await run(process.execPath, [vsce, ...args], { cwd: source });
		await run(process.execPath, [code, ...directories, `--install-extension=${vsix}`]);
	}
}

async function probe(
	request: ProbeRequest,
	directories: readonly string[],
	environment: NodeJS.ProcessEnv,
): Promise<HostMeasures> {
	const tests = [
		`--extensionDevelopmentPath=${path.join(ROOT, 'test', 'vscode', 'blank')}`,
		`--extensionTestsPath=${path.join(__dirname, 'hostProbe.js')}`,
	];
	const env = { ...process.env, ...environment, BENCH_REQUEST: JSON.stringify(request) };
	await run(process.execPath, [code, ...directories, ...tests], { env });
	return JSON.parse(await readFile(request.report, 'utf8'));
}

function activationRows(measures: readonly HostMeasures[]): readonly Row[] {
	const own = median(measures.map(({ activation }) => activation));
	const empty = median(measures.map(({ emptyActivation }) => emptyActivation));
	return [
		{ name: `Activation, median of ${starts}`, value: ms(own), peer: 'goal: under 10 ms', met: own < 10 },
		{
			name: 'Activation against an empty extension',
			value: `${(own / empty).toFixed(2)} times`,
			peer: `${ms(empty)}; goal: at most 1.5 times`,
			met: own / empty <= 1.5,
		},
	];
}

function importRows(
	measures: readonly HostMeasures[],
	cli: Awaited<ReturnType<typeof measureCli>>,
	regions: number,
): readonly Row[] {
	const one = median(measures.map(({ oneImport }) => oneImport));
	const many = median(measures.map(({ manyImports }) => manyImports));
	const against = (own: number, peer: number | undefined): string =>
		peer === undefined
			? 'aws is not installed: left out'
			: `AWS CLI ${ms(peer)}, ${Math.round(peer / own)} times as long`;
	return [
		{ name: 'One import, warm host', value: ms(one), peer: against(one, cli?.one) },
		{
			name: `${regions} regions at once, warm host`,
			value: ms(many),
			peer: `${against(many, cli?.loop)}; goal: ${timesCli} times`,
			...(cli && { met: cli.loop / many >= timesCli }),
		},
	];
}

function fleetRows(measures: readonly HostMeasures[], { targets }: Fleet): readonly Row[] {
	const time = median(measures.map(({ fleetImport }) => fleetImport));
	const stalls = measures.flatMap(({ fleetStalls }) => fleetStalls);
	const stall = median(stalls);
	const idle = median(measures.map(({ idleStall }) => idleStall));
	const pairs = median(measures.map(({ manyPairs }) => manyPairs));
	return [
		{
			name: `${targets.length} targets at once, warm host`,
			value: ms(time),
			peer: `goal: under ${ms(fleetMs)}`,
			met: time < fleetMs,
		},
		{
			name: 'Longest stall of the event loop meanwhile',
			value: ms(stall),
			peer: `median of ${stalls.length} runs, the worst ${ms(Math.max(...stalls))}, idle ${ms(idle)}; goal: under ${ms(stallMs)}`,
			met: stall < stallMs,
		},
		{
			name: '5,000 key pairs: rows and plan',
			value: ms(pairs),
			peer: `goal: under ${ms(manyPairsMs)}`,
			met: pairs < manyPairsMs,
		},
	];
}
