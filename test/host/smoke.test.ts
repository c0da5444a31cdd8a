import assert from 'node:assert/strict';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated } from './support/extension';

const ROOT = path.resolve(__dirname, '..', '..', '..');

describe('the VS Code under test', () => {
	it('has the extension under development and activates it', async () => {
		const { extension, api } = await activated();
		assert.equal(extension.extensionPath, ROOT);
		assert.equal(api.version, 1);
	});

	it('has a folder of its own open and trusts it', () => {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		assert.equal(folder?.uri.scheme, 'file');
		assert.ok(path.relative(ROOT, folder?.uri.fsPath ?? ROOT).startsWith('..'));
		assert.equal(vscode.workspace.isTrusted, true);
	});

	it('has a home of its own, and no credentials of the outer machine', () => {
		assert.ok(process.env['AWS_CONFIG_FILE']?.startsWith(homedir()));
		assert.equal(process.env['AWS_ACCESS_KEY_ID'], undefined);
		assert.equal(process.env['SSH_AUTH_SOCK'], undefined);
		assert.ok(path.relative(ROOT, tmpdir()).startsWith('..'));
	});
});
