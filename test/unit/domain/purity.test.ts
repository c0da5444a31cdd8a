import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../../../../src/domain');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

describe('src/domain', () => {
	it('is found', () => {
		assert.ok(files.length > 20);
	});

	for (const file of files) {
		it(`imports nothing but itself and digests, and reads neither clock nor environment: ${file}`, () => {
			const source = readFileSync(path.join(root, file), 'utf8');
			const imported = [...source.matchAll(/^import [^;]*?'([^']+)';$|\b(?:import|require)\('([^']+)'\)/gm)].map(
				(match) => match[1] ?? match[2] ?? '',
			);
			for (const name of imported) {
				const inside =
					name.startsWith('.') && !path.relative(root, path.resolve(root, path.dirname(file), name)).startsWith('..');
				assert.ok(inside || name === 'node:crypto' || name === 'sshpk', name);
			}
			assert.doesNotMatch(source, /\b(?:Date\.now|new Date\(\)|performance\.|process\.|setTimeout|Math\.random)/);
		});
	}

	it('loads sshpk only when it is needed', () => {
		for (const file of files) {
			assert.doesNotMatch(readFileSync(path.join(root, file), 'utf8'), /^import (?!type).*'sshpk'/m, file);
		}
	});
});
