import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { mutated } from './arbitraries';
import { differences } from './sshKeygenDifferences';
import { vectors } from './vectors';
import { fieldsOf, uint32 } from './wire';

/** `bits fingerprint` of every key that ssh-keygen -l finds in a text; undefined where there is no ssh-keygen. */
function listed(folder: string, text: string): string[] | undefined {
	const file = path.join(folder, 'keys');
	writeFileSync(file, text, { mode: 0o600 });
	const { stdout, error } = spawnSync('ssh-keygen', ['-lf', file], { encoding: 'latin1', maxBuffer: 1 << 26 });
	// Not by lines: odd comments make ssh-keygen lose the line feed.
	return error === undefined ? (stdout.match(/[0-9]+ SHA256:[A-Za-z0-9+/]{43}(?= )/g) ?? []) : undefined;
}

function ours(text: string): string[] {
	return parsePublicKeys(text).keys.map(({ bits, fingerprints }) => `${bits} ${fingerprints.sha256}`);
}

/** Changes of the blob that keep the line whole. */
function mutatedBlob(line: string): fc.Arbitrary<string> {
	const [type = '', body = '', ...comment] = line.split(' ');
	const bytes = Buffer.from(body, 'base64');
	const spell = (changed: Buffer) => [type, changed.toString('base64'), ...comment].join(' ');
	const flipped = fc.tuple(fc.nat(bytes.length - 1), fc.nat(7)).map(([at, bit]) => {
		const changed = Buffer.from(bytes);
		changed[at] = (changed[at] ?? 0) ^ (1 << bit);
		return spell(changed);
	});
	const cut = fc.nat(bytes.length).map((length) => spell(bytes.subarray(0, length)));
	const grown = fc.uint8Array({ minLength: 1, maxLength: 4 }).map((more) => spell(Buffer.concat([bytes, more])));
	const repadded = fc
		.tuple(
			fc.nat(3),
			fc.constantFrom<(content: Buffer) => Buffer>(
				(content) => Buffer.concat([Buffer.of(0), content]),
				(content) => Buffer.concat([content, Buffer.of(0)]),
				(content) => content.subarray(1),
			),
		)
		.map(([index, change]) => {
			const fields = type.includes('-cert-') ? [bytes] : fieldsOf(bytes);
			const parts = fields.map((content, at) => (at === index ? change(content) : content));
			return spell(Buffer.concat(parts.flatMap((part) => [uint32(part.length), part])));
		});
	return fc.oneof(flipped, cut, grown, repadded);
}

/** Runs only where ssh-keygen is installed, and says so where it is not. */
describe('ssh-keygen', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'ssh-keygen-'));
	after(() => rmSync(folder, { recursive: true }));

	// Types that this ssh-keygen was built without, such as DSA, are left out.
	const known = vectors.filter(({ line }) => listed(folder, `${line}\n`)?.length === 1);
	if (process.platform === 'win32' || listed(folder, '') === undefined) {
		// On Windows it refuses private keys for the rights on their file, and writes comments in the console's encoding.
		console.log('    No ssh-keygen, or Windows: the comparison with it is left out');
		rmSync(folder, { recursive: true });
		return;
	}

	it('knows the keys of the fixtures', () => {
		assert.ok(known.length >= 20, `${known.length} of ${vectors.length}`);
		const text = known.map(({ line }) => `${line}\n`).join('');
		assert.deepEqual(ours(text), listed(folder, text));
	});

	for (const { name, text, sshKeygen } of differences) {
		it(`differs as listed: ${name}`, () => {
			assert.equal(listed(folder, text)?.length, sshKeygen);
		});
	}

	it('accepts and refuses the same of changed lines', () => {
		const names = new Set(known.map(({ line }) => line.split(' ')[0] ?? ''));
		const options = fc.constantFrom(
			'',
			'',
			'',
			'no-pty ',
			'command="a \\" b" ',
			'host,1.2.3.4 ',
			'0 ',
			'12 ',
			'"',
			'x\t',
		);
		const lines = fc
			.tuple(options, fc.constantFrom(...known.map(({ line }) => line)))
			.chain(([option, line]) =>
				fc.oneof(
					mutated(`${option}${line}`),
					mutatedBlob(line).map((changed) => `${option}${changed}`),
					fc.constantFrom(...names).map((name) => `${option}${name} ${line.split(' ').slice(1).join(' ')}`),
				),
			)
			.map((line) => line.replaceAll('\n', '\r'))
			// Of more than one blank after options, see the differences.
			.filter((line) => !/[ \t]{2,}\S+[ \t]+AAAA/.test(line) && !line.includes('PRIVATE KEY'));
		// The same lines in every run; another seed looks further: FUZZ_SEED=n.
		const seed = Number(process.env['FUZZ_SEED'] ?? 1);
		for (let chunk = 0; chunk < 40; chunk += 1) {
			const changed = fc.sample(lines, { numRuns: 100, seed: seed + chunk });
			const text = `# x\n${changed.join('\n')}\n`;
			if (ours(text).join() !== listed(folder, text)?.join()) {
				// One line says more than a hundred.
				for (const line of changed) {
					assert.deepEqual(
						ours(line),
						listed(folder, `# x\n${line}\n`),
						`seed ${seed + chunk}: ${JSON.stringify(line)}`,
					);
				}
				assert.deepEqual(ours(text), listed(folder, text), `seed ${seed + chunk}`);
			}
		}
	}).timeout(30_000);
});
