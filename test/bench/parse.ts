import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeyTextCache } from '../../src/domain/keyTextCache';
import { parsePublicKeys } from '../../src/domain/parsePublicKeys';
import { manyKeys } from '../unit/domain/manyKeys';
import { median, ms, type Row } from './row';

/** How much more a key may cost in the text where it costs most than in the one where it costs least. Some is the collector's: the keys of a small text
 * are gone before it copies them, those of a large one stay. */
const FLATNESS = 2.5;

/** Milliseconds within which a text of 10,000 keys is to be checked again after a change. */
const TYPING_MS = 20;

/** Milliseconds for any text of 1 MiB. */
const MEGABYTE_MS = 1000;

/** Reading keys: 10,000 at once against ssh-keygen, from 100 to 100,000, while typing, and texts made to be slow. */
export async function benchParse(): Promise<readonly Row[]> {
	return [benchAgainstSshKeygen(), ...benchSizes(), benchTyping(), benchHostile()];
}

/** One text of RSA-2048 and ED25519 keys, three fingerprints each, and `ssh-keygen -lf`, which gives one, in turn. */
function benchAgainstSshKeygen(): Row {
	const text = manyKeys(10_000);
	const folder = mkdtempSync(path.join(tmpdir(), 'ckp-bench-'));
	const file = path.join(folder, 'keys');
	writeFileSync(file, text);
	try {
		const isInstalled = spawnSync('ssh-keygen', ['-lf', file], { stdio: 'ignore' }).error === undefined;
		const times: { ours: number; theirs: number }[] = [];
		for (let round = 0; round < 7; round += 1) {
			times.push({
				ours: timed(() => parsePublicKeys(text)),
				theirs: isInstalled ? timed(() => spawnSync('ssh-keygen', ['-lf', file], { stdio: 'ignore' })) : Number.NaN,
			});
		}
		const ours = median(times.map((time) => time.ours));
		const theirs = median(times.map((time) => time.theirs));
		return {
			name: '10,000 keys, SHA256 + MD5 + EC2',
			value: ms(ours),
			...(isInstalled
				? { peer: `ssh-keygen -lf ${ms(theirs)}, ratio ${(ours / theirs).toFixed(2)}`, met: ours <= theirs }
				: { peer: 'ssh-keygen is not installed: not compared' }),
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Microseconds a key, in texts of growing size; the last row says whether it stays the same. */
function benchSizes(): readonly Row[] {
	const costs = [100, 1000, 10_000, 100_000].map((count) => {
		const text = manyKeys(count);
		const rounds = count > 10_000 ? 3 : 7;
		const repeats = Math.max(1, Math.round(5000 / count));
		const times = Array.from({ length: rounds }, () =>
			timed(() => {
				for (let repeat = 0; repeat < repeats; repeat += 1) {
					parsePublicKeys(text);
				}
			}),
		);
		// The least disturbed time: what grows with the size is to be seen, not what else the machine does.
		return { count, microseconds: (Math.min(...times) * 1000) / count / repeats };
	});
	const values = costs.map(({ microseconds }) => microseconds);
	const spread = Math.max(...values) / Math.min(...values);
	return costs.map(({ count, microseconds }, index) => ({
		name: `a key in a text of ${count.toLocaleString('en')}`,
		value: `${microseconds.toFixed(1)} µs`,
		...(index === costs.length - 1
			? { peer: `most to least ${spread.toFixed(2)}, goal ${FLATNESS}`, met: spread <= FLATNESS }
			: {}),
	}));
}

/** A character typed into one line of an authorized_keys file of 10,000. */
function benchTyping(): Row {
	const lines = manyKeys(10_000).split('\n');
	const cache = new KeyTextCache();
	cache.parse(lines.join('\n'));
	const times = Array.from({ length: 15 }, (_, round) => {
		lines[5000 + round] += 'x';
		// A string of its own, as an editor hands it out.
		const text = Buffer.from(lines.join('\n')).toString();
		return timed(() => cache.parse(text));
	});
	const time = median(times);
	return { name: 'typing in 10,000 keys', value: ms(time), peer: `goal ${ms(TYPING_MS)}`, met: time < TYPING_MS };
}

function benchHostile(): Row {
	const megabyte = 1 << 20;
	const units = [
		'a\n',
		'ssh-rsa\n',
		`ssh-rsa AAAA\n${'AAAA\n'.repeat(200)}`,
		'MIIB\n',
		'-----BEGIN PUBLIC KEY-----\n',
		'"',
		'é',
	];
	const time = Math.max(
		...units.map((unit) => {
			const text = unit.repeat(Math.ceil(megabyte / unit.length)).slice(0, megabyte);
			return timed(() => parsePublicKeys(`${text}\n`));
		}),
	);
	return {
		name: 'the worst of some texts of 1 MiB',
		value: ms(time),
		peer: `goal ${ms(MEGABYTE_MS)}`,
		met: time < MEGABYTE_MS,
	};
}

function timed(action: () => unknown): number {
	const start = performance.now();
	action();
	return performance.now() - start;
}
