import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { commands, DiagnosticSeverity, languages, type TextDocument, window, workspace } from 'vscode';
import type { ImportOutcome } from '../../src/api';
import { keyLines } from '../fakes/keys';
import { Cloud } from './support/cloud';
import { eventually } from './support/eventually';
import { activated } from './support/extension';
import { clearWorkspace, closeEditors, codeOf, problemsIn, retype, writeWorkspace } from './support/files';

const broken = keyLines.mel.replace('AAAAC3', 'AAAA*3');

describe('problems of a key, found without a call', () => {
	let cloud: Cloud;

	before(async () => {
		await activated();
		cloud = await Cloud.start();
	});
	afterEach(() => clearWorkspace());
	after(async () => {
		const imports = cloud.imports();
		await cloud.close();
		assert.deepEqual(imports, []);
	});

	const open = async (text: string, name?: string): Promise<TextDocument> => {
		const document = await workspace.openTextDocument(await writeWorkspace(text, name));
		await window.showTextDocument(document);
		return document;
	};
	const codesIn = (document: TextDocument) => problemsIn(document.uri).map(codeOf);

	it('stand at the very character of broken base64', async () => {
		const { uri } = await open(`# mine\n${broken}\n`);
		const [problem] = await eventually(() => {
			const problems = problemsIn(uri);
			assert.deepEqual(problems.map(codeOf), ['base64Character']);
			return problems;
		});
		assert.equal(problem?.severity, DiagnosticSeverity.Error);
		assert.equal(problem?.range.start.line, 1);
		assert.equal(problem?.range.start.character, broken.indexOf('*'));
	});

	it('name a private key, without a word of it', async () => {
		const { privateKey } = generateKeyPairSync('ed25519', {
			privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
			publicKeyEncoding: { format: 'pem', type: 'spki' },
		});
		const { uri } = await open(privateKey);
		const [problem] = await eventually(() => {
			const problems = problemsIn(uri);
			assert.deepEqual(problems.map(codeOf), ['privateKey']);
			return problems;
		});
		assert.equal(problem?.severity, DiagnosticSeverity.Error);
		assert.ok(!problem?.message.includes(privateKey.split('\n')[1] ?? privateKey));
	});

	it('come and go while the text is typed, and with the editor', async () => {
		const document = await open(`${keyLines.mel}\n`);
		assert.equal(document.languageId, 'ssh-public-key');
		await retype(document, `${broken}\n`);
		await eventually(() => assert.deepEqual(codesIn(document), ['base64Character']));
		await retype(document, `${keyLines.mel}\n`);
		await eventually(() => assert.deepEqual(codesIn(document), []));
		await retype(document, `${broken}\n`);
		await eventually(() => assert.deepEqual(codesIn(document), ['base64Character']));
		await closeEditors();
		await eventually(() => assert.deepEqual(codesIn(document), []));
	});

	it('are looked for in a file without that ending, too, when it begins as a key', async () => {
		const document = await open(`${keyLines.mel}\n${broken}\n`, 'team-keys');
		assert.equal(document.languageId, 'ssh-public-key');
		await eventually(() => assert.deepEqual(codesIn(document), ['base64Character']));
	});

	it('are not looked for in documents of another kind whose names end in .pub', async () => {
		const prose = await open('Dear colleagues,\n\nthe June issue is in print.\n');
		const other = await open(`{ "key": "${broken}" }\n`);
		await languages.setTextDocumentLanguage(other, 'json');
		// Once the later one is through, the earlier ones were looked at.
		const later = await open(broken);
		await eventually(() => assert.deepEqual(codesIn(later), ['base64Character']));
		assert.equal(prose.languageId, 'plaintext');
		assert.deepEqual(codesIn(prose), []);
		await eventually(() => assert.deepEqual(codesIn(other), []));
	});

	describe('of a file that was to be imported', () => {
		const target = { service: 'ec2', profile: 'mel', region: 'us-east-1' } as const;
		const imported = (publicKey: unknown) =>
			commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', { publicKey, keyName: 'x', targets: [target] });

		it('are shown there although it is not open, until it is mended', async () => {
			const uri = await writeWorkspace(`${broken}\n`);
			const [outcome] = await imported(uri);
			assert.equal(outcome?.status, 'failed');
			assert.equal(outcome?.error?.code, 'base64Character');
			assert.deepEqual(problemsIn(uri).map(codeOf), ['base64Character']);
			await writeFile(uri.fsPath, `${keyLines.mel}\n`);
			await eventually(() => assert.deepEqual(problemsIn(uri), []));
		});

		it('go with the file', async () => {
			const uri = await writeWorkspace('Dear colleagues\n');
			const [outcome] = await imported(uri);
			assert.equal(outcome?.error?.code, 'noKey');
			assert.deepEqual(problemsIn(uri).map(codeOf), ['noKey']);
			await rm(uri.fsPath);
			await eventually(() => assert.deepEqual(problemsIn(uri), []));
		});
	});
});
