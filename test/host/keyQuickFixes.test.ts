import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	type CodeAction,
	commands,
	DiagnosticSeverity,
	Range,
	type TextDocument,
	Uri,
	window,
	workspace,
} from 'vscode';
import { commandIds } from '../../src/ui/commands/ids';
import { privateKeyLanguage } from '../../src/ui/language/documents';
import { publicKeyOf } from '../emulator/keys/publicKey';
import { keyLines } from '../fakes/keys';
import { openSshPrivateKey } from '../unit/domain/openSshPrivateKey';
import { Cloud, home, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { clearWorkspace, codeOf, problemsIn, writeWorkspace } from './support/files';
import { answerWith } from './support/questions';
import { rowAt } from './support/rows';

const [type = '', body = ''] = keyLines.mel.split(' ');

/** Made anew for each run: an RSA key, and its public half as an OpenSSH line without a comment. */
function newKey(passphrase?: string): { readonly privateKey: string; readonly line: string } {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = privateKey.export({
		format: 'pem',
		type: 'pkcs8',
		...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }),
	});
	return { privateKey: String(pem), line: `ssh-rsa ${publicKeyOf(publicKey).blob.toString('base64')}` };
}

describe('quick fixes of a key', () => {
	let extension: Activated;

	before(async () => {
		extension = await activated();
	});
	afterEach(() => clearWorkspace());

	const open = async (uri: Uri): Promise<TextDocument> => {
		const document = await workspace.openTextDocument(uri);
		await window.showTextDocument(document);
		return document;
	};

	/** The fixes at the only problem of the file with this code. */
	const fixesOf = (uri: Uri, code: string): Promise<{ fixes: readonly CodeAction[]; severity: DiagnosticSeverity }> =>
		eventually(async () => {
			const [problem, ...others] = problemsIn(uri).filter((candidate) => codeOf(candidate) === code);
			assert.ok(problem && others.length === 0, problemsIn(uri).map(codeOf).join());
			const actions = await commands.executeCommand<CodeAction[]>(
				'vscode.executeCodeActionProvider',
				uri,
				problem.range,
				'quickfix',
			);
			// VS Code's own suggestions are not preferred.
			const fixes = actions.filter(({ isPreferred }) => isPreferred);
			assert.ok(fixes.length > 0, `no fix for ${code}`);
			return { fixes, severity: problem.severity };
		});

	const apply = async ({ edit, command }: CodeAction): Promise<void> => {
		if (edit) {
			assert.ok(await workspace.applyEdit(edit));
		}
		if (command) {
			await commands.executeCommand(command.command, ...(command.arguments ?? []));
		}
	};

	const pieces = body.match(/.{1,30}/g) ?? [];
	const spki = createPublicKey({
		key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(body, 'base64').subarray(-32).toString('base64url') },
		format: 'jwk',
	}).export({ format: 'pem', type: 'spki' });

	for (const [what, { code, text, mended, title, name }] of Object.entries({
		'removes the options': {
			code: 'badOptions',
			title: 'Remove the options',
			text: `no-pty,command="a b" ${keyLines.mel}\n`,
			mended: `${keyLines.mel}\n`,
		},
		'removes wrong options of authorized_keys': {
			code: 'badOptions',
			title: 'Remove the options',
			name: 'authorized_keys',
			text: `# us\nno-such ${keyLines.mel}\nrestrict ${keyLines.ops}\n`,
			mended: `# us\n${keyLines.mel}\nrestrict ${keyLines.ops}\n`,
		},
		'joins wrapped lines': {
			code: 'bodyWrapped',
			title: 'Join the lines of the key',
			text: `${type}\n${pieces.join('\n')} mel@laptop\n`,
			mended: `${keyLines.mel}\n`,
		},
		'converts RFC 4716': {
			code: 'foreignFormat',
			title: 'Convert to OpenSSH format',
			text: `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "mel@laptop"\n${body}\n---- END SSH2 PUBLIC KEY ----\n`,
			mended: `${keyLines.mel}\n`,
		},
		'converts PEM': {
			code: 'foreignFormat',
			title: 'Convert to OpenSSH format',
			text: String(spki),
			mended: `${type} ${body}\n`,
		},
		"converts the public part of PuTTY's format": {
			code: 'foreignFormat',
			title: 'Convert to OpenSSH format',
			text: `PuTTY-User-Key-File-3: ${type}\nEncryption: none\nComment: mel@laptop\nPublic-Lines: 2\n${body.slice(0, 64)}\n${body.slice(64)}\n`,
			mended: `${keyLines.mel}\n`,
		},
		'takes what is not ASCII out of the comment': {
			code: 'nonAsciiComment',
			title: 'Remove the non-ASCII characters from the comment',
			text: `${type} ${body} mel's Schlüssel\n`,
			mended: `${type} ${body} mel's Schlssel\n`,
		},
	})) {
		it(what, async () => {
			const document = await open(await writeWorkspace(text, name));
			const { fixes } = await fixesOf(document.uri, code);
			assert.deepEqual(
				fixes.map((fix) => [fix.title, fix.isPreferred]),
				[[title, true]],
			);
			for (const fix of fixes) {
				await apply(fix);
			}
			assert.equal(document.getText(), mended);
			await eventually(() => assert.deepEqual(problemsIn(document.uri), []));
		});
	}

	it('are for the text as it is now, not as it was when it was checked', async () => {
		const document = await open(await writeWorkspace(`no-pty ${keyLines.mel}\n`));
		const editor = window.activeTextEditor;
		await fixesOf(document.uri, 'badOptions');
		await editor?.edit((edit) => edit.insert(document.positionAt(0), '# mine\n'));
		const actions = await commands.executeCommand<CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			new Range(1, 0, 1, 3),
			'quickfix',
		);
		const fix = actions.find(({ title }) => title === 'Remove the options');
		assert.ok(fix);
		await apply(fix);
		assert.equal(document.getText(), `# mine\n${keyLines.mel}\n`);
	});

	for (const [encoding, title, bytes] of [
		['a byte order mark', 'Remove the byte order mark', Buffer.from(`\ufeff${keyLines.mel}\n`)],
		['UTF-16', 'Save the file as UTF-8', Buffer.from(`\ufeff${keyLines.mel}\n`, 'utf16le')],
	] as const) {
		it(`saves a file with ${encoding} as OpenSSH reads it`, async () => {
			const uri = await writeWorkspace('');
			await writeFile(uri.fsPath, bytes);
			const document = await open(uri);
			assert.equal(document.getText(), `${keyLines.mel}\n`);
			const {
				fixes: [fix],
				severity,
			} = await fixesOf(uri, 'byteOrderMark');
			assert.equal(severity, DiagnosticSeverity.Error);
			assert.equal(fix?.title, title);
			await apply(fix);
			assert.equal(await readFile(uri.fsPath, 'utf8'), `${keyLines.mel}\n`);
			await eventually(() => {
				assert.equal(document.encoding, 'utf8');
				assert.deepEqual(problemsIn(uri), []);
			});
			assert.equal(document.isDirty, false);
		});
	}

	it('does not save what is not open', async () => {
		await assert.rejects(
			async () => commands.executeCommand(commandIds.saveAsUtf8, Uri.file('/nowhere')),
			/takes the Uri/,
		);
	});

	describe('that derive a public key', () => {
		const folder = (): Uri => {
			const [first] = workspace.workspaceFolders ?? [];
			assert.ok(first);
			return first.uri;
		};
		const fileNamed = (name: string): Uri => Uri.joinPath(folder(), name);
		const derive = async (argument: unknown) =>
			commands.executeCommand<string | undefined>(commandIds.derivePublicKey, argument);

		/** Nothing of a secret may have been logged or told. */
		function assertKept(...secrets: readonly string[]): void {
			const { logLines, messages } = extension.ui;
			const told = [...logLines, ...messages.map(({ text }) => text)].join('\n');
			for (const secret of secrets.flatMap((text) => text.split('\n')).filter((line) => line.length > 8)) {
				assert.ok(!told.includes(secret));
			}
		}

		it('write it beside the private key that is open, and open it', async () => {
			const { privateKey, line } = newKey();
			const { uri } = await open(await writeWorkspace(privateKey, 'id_new'));
			const {
				fixes: [fix],
				severity,
			} = await fixesOf(uri, 'privateKey');
			assert.equal(severity, DiagnosticSeverity.Information);
			assert.ok(fix);
			await apply(fix);
			assert.equal(await readFile(fileNamed('id_new.pub').fsPath, 'utf8'), `${line}\n`);
			assert.equal(window.activeTextEditor?.document.uri.toString(), fileNamed('id_new.pub').toString());
			assert.equal(await readFile(uri.fsPath, 'utf8'), privateKey);
			await eventually(() => assert.deepEqual(problemsIn(uri), []));
			assertKept(privateKey);
		});

		it('ask for the passphrase until it is the right one, and show or keep none', async () => {
			const { privateKey, line } = newKey('correct horse');
			const uri = await writeWorkspace(privateKey, 'id_locked');
			const questions = answerWith('wrong passphrase', 'correct horse');
			try {
				assert.equal(await derive(uri), fileNamed('id_locked.pub').toString());
			} finally {
				questions.stop();
			}
			assert.deepEqual(
				questions.asked.map(({ password }) => password),
				[true, true],
			);
			assert.match(questions.asked[0]?.title ?? '', /id_locked/);
			assert.match(questions.asked[1]?.prompt ?? '', /does not open/);
			assert.equal(await readFile(fileNamed('id_locked.pub').fsPath, 'utf8'), `${line}\n`);
			assertKept(privateKey, 'wrong passphrase', 'correct horse');
		});

		it('do nothing when the passphrase is not given', async () => {
			const uri = await writeWorkspace(newKey('correct horse').privateKey, 'id_kept');
			const questions = answerWith(undefined);
			try {
				assert.equal(await derive(uri), undefined);
			} finally {
				questions.stop();
			}
			await assert.rejects(readFile(fileNamed('id_kept.pub').fsPath), { code: 'ENOENT' });
		});

		it('never write over a file: they ask for another name, which must be free', async () => {
			const { privateKey, line } = newKey();
			const uri = await writeWorkspace(privateKey, 'id_taken');
			await writeWorkspace(`${keyLines.mel}\n`, 'id_taken.pub');
			await writeWorkspace('x', 'id_taken-public.pub');
			const questions = answerWith((question) => question.value ?? '');
			try {
				assert.equal(await derive(uri), fileNamed('id_taken-public-2.pub').toString());
			} finally {
				questions.stop();
			}
			const [question] = questions.asked;
			assert.match(question?.prompt ?? '', /id_taken\.pub already exists/);
			for (const [name, isFine] of [
				['id_taken.pub', false],
				['id_taken', false],
				['../id.pub', false],
				['', false],
				['free.pub', true],
			] as const) {
				assert.equal((await question?.validateInput?.(name)) === undefined, isFine, name);
			}
			assert.equal(await readFile(fileNamed('id_taken.pub').fsPath, 'utf8'), `${keyLines.mel}\n`);
			assert.equal(await readFile(fileNamed('id_taken-public.pub').fsPath, 'utf8'), 'x');
			assert.equal(await readFile(fileNamed('id_taken-public-2.pub').fsPath, 'utf8'), `${line}\n`);
		});

		it('open the file that holds this very key already', async () => {
			const { privateKey, line } = newKey();
			const uri = await writeWorkspace(privateKey, 'id_both');
			const publicHalf = await writeWorkspace(`${line} mine\n`, 'id_both.pub');
			assert.equal(await derive(uri), publicHalf.toString());
			assert.equal(await readFile(publicHalf.fsPath, 'utf8'), `${line} mine\n`);
		});

		it('are offered in a .pub file that holds a private key, which stays as it is', async () => {
			const { privateKey, line } = newKey();
			const { uri } = await open(await writeWorkspace(privateKey, 'mistake.pub'));
			const {
				fixes: [fix],
				severity,
			} = await fixesOf(uri, 'privateKey');
			assert.equal(severity, DiagnosticSeverity.Error);
			assert.ok(fix);
			const questions = answerWith((question) => question.value ?? '');
			try {
				await apply(fix);
			} finally {
				questions.stop();
			}
			assert.equal(await readFile(uri.fsPath, 'utf8'), privateKey);
			assert.equal(await readFile(fileNamed('mistake-public.pub').fsPath, 'utf8'), `${line}\n`);
		});

		it('take keys as ssh-keygen writes them, even locked ones, without a question', async () => {
			const { privateKey } = generateKeyPairSync('ed25519');
			const locked = openSshPrivateKey(privateKey, 'mel@laptop', 'aes256-ctr');
			const { languageId, uri } = await open(await writeWorkspace(locked, 'id_openssh'));
			assert.equal(languageId, privateKeyLanguage);
			const written = await derive(uri);
			assert.equal(written, fileNamed('id_openssh.pub').toString());
			const { blob } = publicKeyOf(createPublicKey(privateKey));
			assert.equal(
				await readFile(fileNamed('id_openssh.pub').fsPath, 'utf8'),
				`ssh-ed25519 ${blob.toString('base64')}\n`,
			);
		});

		it('say what can not be derived, and that there is no file', async () => {
			const { messages } = extension.ui;
			const damaged = await writeWorkspace('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', 'id_bad');
			assert.equal(await derive(damaged), undefined);
			assert.match(messages.at(-1)?.text ?? '', /id_bad/);
			assert.equal(await derive(fileNamed('id_gone')), undefined);
			assert.match(messages.at(-1)?.text ?? '', /no longer exists/);
			await assert.rejects(derive('id_rsa'), /takes the Uri/);
		});

		it('are offered when an import is refused, which then goes on', async () => {
			const cloud = await Cloud.start();
			const { privateKey, line } = newKey();
			const file = await writeHome('.ssh/mistake.pub', privateKey);
			const questions = answerWith((question) => question.value ?? '');
			// Instead of a person who clicks the notification's button.
			const show = window.showErrorMessage;
			Reflect.set(window, 'showErrorMessage', async (_: string, ...actions: string[]) => {
				Reflect.set(window, 'showErrorMessage', show);
				return actions.find((action) => action === 'Write Public Key');
			});
			try {
				const importing = commands.executeCommand(commandIds.import, Uri.file(file));
				const written = path.join(home, '.ssh', 'mistake-public.pub');
				await eventually(async () => assert.equal(await readFile(written, 'utf8'), `${line}\n`));
				let isDone = false;
				void importing.then(() => {
					isDone = true;
				});
				await eventually(async () => {
					await commands.executeCommand('workbench.action.closeQuickOpen');
					assert.ok(isDone);
				});
				assert.deepEqual(cloud.imports(), []);
			} finally {
				Reflect.set(window, 'showErrorMessage', show);
				questions.stop();
				await cloud.close();
			}
		});

		it('are offered on the row of a private key without a public key file', async () => {
			const cloud = await Cloud.start();
			try {
				const { privateKey, line } = newKey();
				await writeHome('.ssh/id_alone', privateKey);
				await writeHome('.ssh/id_pair', privateKey);
				await writeHome('.ssh/id_pair.pub', `${line}\n`);
				await commands.executeCommand(commandIds.refresh);
				const { rows } = extension.ui.view('cloudKeyPairs.localKeys');
				const row = await rowAt(rows, 'id_alone');
				assert.equal(row.icon, 'warning');
				assert.deepEqual(row.flags, ['privateKey', 'canDerive']);
				assert.match(row.spoken, /id_alone.*[Pp]rivate key/);
				await assert.rejects(rowAt(rows, 'id_pair'));
				assert.equal(await derive(row.node), Uri.file(path.join(home, '.ssh', 'id_alone.pub')).toString());
				await eventually(() => rowAt(rows, 'id_alone.pub'));
				await assert.rejects(rowAt(rows, 'id_alone'));
				await rm(path.join(home, '.ssh', 'id_alone.pub'));
				await eventually(() => rowAt(rows, 'id_alone'));
				await writeHome('.ssh/id_later', privateKey);
				await eventually(() => rowAt(rows, 'id_later'));
			} finally {
				await cloud.close();
			}
		});
	});
});
