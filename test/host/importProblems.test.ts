import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { type CodeAction, commands, type Diagnostic, DiagnosticSeverity, Uri, window, workspace } from 'vscode';
import type { ImportOutcome, ImportRequest } from '../../src/api';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { activated } from './support/extension';
import { clearWorkspace, codeOf, problemsIn, retype, writeWorkspace } from './support/files';
import { givenUp } from './support/quickInput';

describe('what a service answered, on the line of the key', () => {
	let cloud: Cloud;
	let uri: Uri;
	let count = 0;
	let keyName: string;
	const at = (region: string, profile = 'mel') => ({ service: 'ec2', profile, region }) as const;

	before(async () => {
		await activated();
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	beforeEach(async () => {
		cloud.emulator.faults.clear();
		cloud.emulator.requests.clear();
		count++;
		keyName = `key-${count}`;
		uri = await writeWorkspace(`# The laptop's key\n\n${keyLines.mel}\n`);
	});
	afterEach(() => clearWorkspace());

	const imported = (request: Partial<ImportRequest> = {}) =>
		commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
			publicKey: uri,
			keyName,
			targets: [at('us-east-1')],
			...request,
		});
	/** Imports in vain and returns the one diagnostic that comes of it. */
	const problemOf = async (request: Partial<ImportRequest> = {}): Promise<Diagnostic> => {
		await imported(request);
		const [problem, ...others] = problemsIn(uri);
		assert.ok(problem);
		assert.deepEqual(others, []);
		return problem;
	};
	const fixesFor = async ({ range }: Diagnostic): Promise<readonly CodeAction[]> => {
		await workspace.openTextDocument(uri);
		const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
		return actions.filter(({ command }) => command?.command.includes('cloudKeyPairs'));
	};
	const run = <T>({ command }: CodeAction): Thenable<T> => {
		assert.ok(command);
		return commands.executeCommand<T>(command.command, ...(command.arguments ?? []));
	};
	const isGone = () => eventually(() => assert.deepEqual(problemsIn(uri), []));

	it('says service, profile, region, cause and request id, and links to the page of the code', async () => {
		holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.ops);
		const [outcome] = await imported();
		const [problem] = problemsIn(uri);
		assert.equal(problem?.source, 'Key Pairs');
		assert.equal(problem?.severity, DiagnosticSeverity.Error);
		assert.deepEqual([problem?.range.start.line, problem?.range.start.character], [2, 0]);
		assert.equal(problem?.range.end.character, keyLines.mel.length);
		assert.match(problem?.message ?? '', /^mel · EC2 · us-east-1: .*taken/);
		assert.ok(outcome?.error?.requestId);
		assert.ok(problem?.message.includes(outcome.error.requestId));
		assert.ok(problem && typeof problem.code === 'object');
		assert.equal(problem.code.value, 'InvalidKeyPair.Duplicate');
		assert.match(problem.code.target.toString(), /^https:\/\/docs\.aws\.amazon\.com\//);
		const [related] = problem.relatedInformation ?? [];
		assert.match(related?.message ?? '', new RegExp(`${keyName}.*2G07\\+RiqU`));
		assert.equal(related?.location.uri.toString(), uri.toString());
	});

	it('has one diagnostic for each target that failed', async () => {
		holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.ops);
		holdKeyPair(cloud.account, 'us-west-2', keyName, keyLines.ops);
		await imported({ targets: [at('us-east-1'), at('eu-west-1'), at('us-west-2')] });
		const messages = problemsIn(uri).map(({ message }) => message);
		assert.equal(messages.length, 2);
		assert.match(messages[0] ?? '', /us-east-1/);
		assert.match(messages[1] ?? '', /us-west-2/);
	});

	describe('is gone', () => {
		beforeEach(() => holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.ops));

		it('for a target where the key is at last', async () => {
			holdKeyPair(cloud.account, 'us-west-2', keyName, keyLines.ops);
			await imported({ targets: [at('us-east-1'), at('us-west-2')] });
			assert.equal(problemsIn(uri).length, 2);
			await imported({ targets: [at('us-east-1')], keyName: `${keyName}-b` });
			const [left, ...others] = problemsIn(uri);
			assert.deepEqual(others, []);
			assert.match(left?.message ?? '', /us-west-2/);
		});

		it('after an edit in the editor', async () => {
			await problemOf();
			const document = await workspace.openTextDocument(uri);
			await window.showTextDocument(document);
			assert.equal(problemsIn(uri).length, 1);
			await retype(document, `${keyLines.deploy}\n`);
			await isGone();
		});

		it('after an edit outside the editor', async () => {
			await problemOf();
			await writeFile(uri.fsPath, `${keyLines.deploy}\n`);
			await isGone();
		});

		it('after an edit of a file outside the workspace', async () => {
			uri = Uri.file(await writeHome('.ssh/laptop.pub', `${keyLines.mel}\n`));
			await problemOf();
			await eventually(async () => {
				// Again, should the watching have begun after the first time.
				await writeHome('.ssh/laptop.pub', `${keyLines.deploy}\n`);
				assert.deepEqual(problemsIn(uri), []);
			});
		});

		it('with the file, deleted in VS Code or outside', async () => {
			await problemOf();
			await workspace.fs.delete(uri);
			await isGone();
			uri = await writeWorkspace(`${keyLines.mel}\n`);
			await problemOf();
			await rm(uri.fsPath);
			await isGone();
		});
	});

	describe('comes with the fix that fits', () => {
		it('another name, when the name is taken; giving its question up changes nothing', async () => {
			holdKeyPair(cloud.account, 'us-east-1', keyName, keyLines.ops);
			const problem = await problemOf();
			const [fix, ...others] = await fixesFor(problem);
			assert.ok(fix);
			assert.deepEqual(others, []);
			assert.match(fix.title, /name/);
			assert.equal(fix.isPreferred, true);
			cloud.emulator.requests.clear();
			assert.equal(await givenUp(run(fix)), undefined);
			assert.deepEqual(cloud.imports(), []);
			assert.equal(problemsIn(uri).length, 1);
		});

		it('another key, when the service does not take this one', async () => {
			await writeFile(uri.fsPath, `${keyLines.ecdsa}\n`);
			const problem = await problemOf();
			assert.equal(codeOf(problem), 'keyTypeRefused');
			assert.deepEqual(cloud.emulator.requests.all(), []);
			const [fix] = await fixesFor(problem);
			assert.match(fix?.title ?? '', /key/);
			assert.ok(fix);
			assert.equal(await givenUp(run(fix)), undefined);
		});

		it('other tags, when they are against the rules', async () => {
			const problem = await problemOf({ tags: { 'aws:Owner': 'mel' } });
			const [fix] = await fixesFor(problem);
			assert.match(fix?.title ?? '', /tags/);
		});

		it('a retry, which imports and clears the problem', async () => {
			cloud.account.deniedActions.add('ec2:ImportKeyPair');
			const problem = await problemOf();
			cloud.account.deniedActions.clear();
			assert.match(problem.message, /ec2:ImportKeyPair/);
			const [fix] = await fixesFor(problem);
			assert.match(fix?.title ?? '', /Retry/);
			assert.ok(fix);
			const [outcome] = await run<ImportOutcome[]>(fix);
			assert.equal(outcome?.status, 'imported');
			assert.deepEqual(problemsIn(uri), []);
			assert.ok(cloud.account.keyPairs('us-east-1').withName(keyName));
		});

		it('the configuration, when the credentials are wrong', async () => {
			const { id } = cloud.account.addAccessKey();
			await cloud.setProfiles(
				`[profile mistyped]\naws_access_key_id = ${id}\naws_secret_access_key = x\n${cloud.endpoint}`,
			);
			const problem = await problemOf({ targets: [at('us-east-1', 'mistyped')] });
			assert.match(problem.message, /mistyped/);
			const [configuration, retry] = await fixesFor(problem);
			assert.match(configuration?.title ?? '', /configuration.*mistyped/);
			assert.match(retry?.title ?? '', /Retry/);
			assert.ok(configuration);
			await run(configuration);
			assert.match(window.activeTextEditor?.document.uri.path ?? '', /\/\.aws\/config$/);
		});

		it('the sign-in, when it has expired', async () => {
			await cloud.setProfiles(
				`[profile sso]\nsso_account_id = ${cloud.account.id}\nsso_role_name = Dev\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n${cloud.endpoint}`,
			);
			const problem = await problemOf({ targets: [at('us-east-1', 'sso')] });
			assert.match(problem.message, /sso.*expired/);
			const [fix] = await fixesFor(problem);
			assert.match(fix?.title ?? '', /Sign in.*sso/);
			assert.equal(fix?.command?.command, 'cloudKeyPairs.signIn');
		});
	});
});
