import { measureBundles } from './bundles';
import { benchHost } from './host';
import { benchParse } from './parse';
import { ms, type Row } from './row';

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
	parse: benchParse,
	bundles: benchBundles,
	host: benchHost,
};

/** Measures all parts, or one, and prints a line for each figure. Ratios are against a peer in the same run.
 * @throws {Error} when there is no such part. */
export async function main(part?: string): Promise<void> {
	const chosen = part === undefined ? Object.values(parts) : [parts[part]];
	for (const measure of chosen) {
		if (!measure) {
			throw new Error(`The parts are: ${Object.keys(parts).join(', ')}`);
		}
		for (const { name, value, peer, met } of await measure()) {
			const verdict = met === undefined ? '' : met ? '  met' : '  MISSED';
			process.stdout.write(`${name.padEnd(48)} ${value.padStart(12)}  ${peer ?? ''}${verdict}\n`);
		}
	}
}

async function benchBundles(): Promise<readonly Row[]> {
	return (await measureBundles()).flatMap(({ name, bytes, requireMs }): readonly Row[] => [
		{ name: `dist/${name}`, value: `${Math.round(bytes / 1000)} kB` },
		...(requireMs === undefined ? [] : [{ name: `dist/${name}, require in a fresh Node`, value: ms(requireMs) }]),
	]);
}
