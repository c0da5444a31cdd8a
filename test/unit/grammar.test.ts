import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { keyLines } from '../fakes/keys';

// Tests run at the root of the project.
const root = process.cwd();
const load = createRequire(join(root, 'package.json'));

interface Manifest {
	readonly contributes: {
		readonly languages: readonly {
			id: string;
			firstLine?: string;
			filenames?: readonly string[];
			configuration?: string;
		}[];
		readonly grammars: readonly { language: string; scopeName: string; path: string }[];
	};
}

const { contributes }: Manifest = load('./package.json');

/** A stretch of text and the last of its scopes, without the suffix that all have. */
type Token = readonly [text: string, scope: string];

describe('the grammar of authorized_keys', () => {
	let authorizedKeys: IGrammar;
	let publicKey: IGrammar;

	before(async () => {
		await loadWASM(await readFile(load.resolve('vscode-oniguruma/release/onig.wasm')));
		const registry = new Registry({
			onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
			async loadGrammar(scopeName) {
				const found = contributes.grammars.find((grammar) => grammar.scopeName === scopeName);
				return found && parseRawGrammar(await readFile(join(root, found.path), 'utf8'), found.path);
			},
		});
		const grammarOf = async (language: string): Promise<IGrammar> => {
			const found = contributes.grammars.find((grammar) => grammar.language === language);
			const grammar = found && (await registry.loadGrammar(found.scopeName));
			assert.ok(grammar, language);
			return grammar;
		};
		authorizedKeys = await grammarOf('ssh-authorized-keys');
		publicKey = await grammarOf('ssh-public-key');
	});

	/** What is coloured in each line; white space and what has no scope of its own is left out. */
	function tokens(text: string, grammar = authorizedKeys): Token[] {
		let state = INITIAL;
		return text.split('\n').flatMap((line) => {
			const result = grammar.tokenizeLine(line, state);
			state = result.ruleStack;
			return result.tokens.flatMap(({ startIndex, endIndex, scopes }): Token[] => {
				const part = line.slice(startIndex, endIndex).trim();
				const scope = scopes.length > 1 ? (scopes.at(-1) ?? '') : '';
				return part === '' || scope === '' ? [] : [[part, scope.replace(/\.ssh$/, '')]];
			});
		});
	}

	const [type, body] = keyLines.mel.split(' ');
	const key: Token[] = [
		[type ?? '', 'storage.type.key'],
		[body ?? '', 'string.unquoted.base64'],
	];

	it('tells type, body and comment of a key apart, in a public key file too', () => {
		for (const grammar of [authorizedKeys, publicKey]) {
			assert.deepEqual(tokens(keyLines.mel, grammar), [...key, ['mel@laptop', 'comment.line.key']]);
		}
		assert.deepEqual(tokens(`  ${type}\t${body}  `), key);
	});

	it('takes a comment with blanks and any characters for one', () => {
		assert.deepEqual(tokens(`${type} ${body} mel's "old" laptop # ä 密钥`).at(-1), [
			`mel's "old" laptop # ä 密钥`,
			'comment.line.key',
		]);
	});

	for (const name of [
		'ssh-rsa',
		'ssh-dss',
		'ecdsa-sha2-nistp521',
		'sk-ssh-ed25519@openssh.com',
		'sk-ecdsa-sha2-nistp256@openssh.com',
		'ssh-ed25519-cert-v01@openssh.com',
		'ecdsa-sha2-nistp256-cert-v01@openssh.com',
		'sk-ssh-ed25519-cert-v01@openssh.com',
		'rsa-sha2-512',
		'webauthn-sk-ecdsa-sha2-nistp256@openssh.com',
	]) {
		it(`knows the type ${name}`, () => {
			const expected: Token[] = [
				[name, 'storage.type.key'],
				['AAAAB3', 'string.unquoted.base64'],
			];
			assert.deepEqual(tokens(`${name} AAAAB3`), expected);
			assert.deepEqual(tokens(`restrict ${name} AAAAB3`).slice(1), expected);
		});
	}

	it('tells options from their values, and keeps escaped quotes, commas and blanks inside', () => {
		assert.deepEqual(tokens(`no-pty,command="say \\"a, b\\" \\n",from="10.0.0.0/8,!10.1.*" ${keyLines.mel}`), [
			['no-pty', 'entity.other.attribute-name.option'],
			[',', 'punctuation.separator.option'],
			['command', 'entity.other.attribute-name.option'],
			['=', 'keyword.operator.assignment'],
			['"', 'punctuation.definition.string.begin'],
			['say', 'string.quoted.double'],
			['\\"', 'constant.character.escape'],
			['a, b', 'string.quoted.double'],
			['\\"', 'constant.character.escape'],
			['\\n', 'string.quoted.double'],
			['"', 'punctuation.definition.string.end'],
			[',', 'punctuation.separator.option'],
			['from', 'entity.other.attribute-name.option'],
			['=', 'keyword.operator.assignment'],
			['"', 'punctuation.definition.string.begin'],
			['10.0.0.0/8,!10.1.*', 'string.quoted.double'],
			['"', 'punctuation.definition.string.end'],
			...key,
			['mel@laptop', 'comment.line.key'],
		]);
	});

	it('does not take a key inside an option for the key', () => {
		const coloured = tokens(`command="${type} AAAA" ${keyLines.mel}`);
		assert.deepEqual(coloured[3], [`${type} AAAA`, 'string.quoted.double']);
		assert.deepEqual(coloured.slice(5, 7), key);
	});

	it('ends with the line, whatever is left open', () => {
		const lines = `command="open ${keyLines.ops}\n${keyLines.mel}`;
		assert.deepEqual(tokens(lines).slice(-3), [...key, ['mel@laptop', 'comment.line.key']]);
	});

	it('knows lines that begin with # for comments', () => {
		assert.deepEqual(tokens(`\t# ${keyLines.mel}`), [
			['#', 'punctuation.definition.comment'],
			[keyLines.mel, 'comment.line.number-sign'],
		]);
	});

	it('marks what is not base64', () => {
		assert.deepEqual(tokens(`${type} AAAA*_B3Nz x`).slice(1), [
			['AAAA', 'string.unquoted.base64'],
			['*_', 'invalid.illegal.base64'],
			['B3Nz', 'string.unquoted.base64'],
			['x', 'comment.line.key'],
		]);
	});

	it('leaves lines alone that are nothing', () => {
		assert.deepEqual(tokens('The Red Lion, open until eleven.\nssh-rsa'), []);
	});

	it('knows the blocks of RFC 4716, with headers that go on in the next line', () => {
		const text = [
			'---- BEGIN SSH2 PUBLIC KEY ----',
			'Comment: "mel at \\',
			'the laptop"',
			'AAAAC3NzaC1lZDI1NTE5',
			'---- END SSH2 PUBLIC KEY ----',
			keyLines.mel,
		];
		assert.deepEqual(tokens(text.join('\n')), [
			['---- BEGIN SSH2 PUBLIC KEY ----', 'keyword.control.begin'],
			['Comment', 'entity.other.attribute-name.header'],
			[':', 'punctuation.separator.key-value'],
			['"mel at', 'comment.line.header'],
			['\\', 'constant.character.escape.line-continuation'],
			['the laptop"', 'comment.line.header'],
			['AAAAC3NzaC1lZDI1NTE5', 'string.unquoted.base64'],
			['---- END SSH2 PUBLIC KEY ----', 'keyword.control.end'],
			...key,
			['mel@laptop', 'comment.line.key'],
		]);
	});

	it('knows PEM blocks', () => {
		assert.deepEqual(tokens('-----BEGIN PUBLIC KEY-----\nMCowBQYDK2Vw\n-----END PUBLIC KEY-----\n'), [
			['-----BEGIN PUBLIC KEY-----', 'keyword.control.begin'],
			['MCowBQYDK2Vw', 'string.unquoted.base64'],
			['-----END PUBLIC KEY-----', 'keyword.control.end'],
		]);
	});

	it('takes no more time than the line is long', () => {
		const start = performance.now();
		for (const line of [`${'a,'.repeat(20_000)} x`, `a="${'\\"'.repeat(20_000)}`, `ssh-rsa ${'A '.repeat(20_000)}`]) {
			tokens(line);
		}
		assert.ok(performance.now() - start < 2_000);
	});
});

describe('the languages', () => {
	function language(id: string) {
		const found = contributes.languages.find((candidate) => candidate.id === id);
		assert.ok(found, id);
		return found;
	}

	function claims(id: string, firstLine: string): boolean {
		return new RegExp(language(id).firstLine ?? '(?!)').test(firstLine);
	}

	it('have a configuration with # as the sign of comments', async () => {
		for (const id of ['ssh-public-key', 'ssh-authorized-keys']) {
			const text = await readFile(join(root, language(id).configuration ?? ''), 'utf8');
			assert.equal(JSON.parse(text).comments.lineComment, '#');
		}
	});

	it('take a file by its first line, or by its name: authorized_keys and authorized_keys2', () => {
		assert.deepEqual(language('ssh-authorized-keys').filenames, ['authorized_keys', 'authorized_keys2']);
		assert.equal(language('ssh-authorized-keys').firstLine, undefined);
		assert.equal(language('ssh-public-key').filenames, undefined);
	});

	it('take keys and certificates of every type, and RFC 4716', () => {
		for (const line of Object.values(keyLines)) {
			assert.ok(claims('ssh-public-key', line), line);
		}
		for (const type of ['ssh-rsa', 'ssh-ed25519', 'sk-ssh-ed25519', 'ecdsa-sha2-nistp256', 'sk-ecdsa-sha2-nistp256']) {
			assert.ok(claims('ssh-public-key', `${type}-cert-v01@openssh.com AAAA`), type);
		}
		assert.ok(claims('ssh-public-key', '---- BEGIN SSH2 PUBLIC KEY ----'));
	});

	it('leave other .pub files alone', () => {
		for (const line of ['name: demo', '\u00d0\u00cf\u0011\u00e0', 'ssh-rsa', 'The ssh-rsa AAAA', '']) {
			assert.ok(!claims('ssh-public-key', line), line);
		}
		assert.ok(!claims('ssh-private-key', '-----BEGIN PRIVATE KEY-----'), 'which is of TLS more often');
	});
});
