import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

const ROOT = path.resolve(__dirname, '..', '..', '..', '..');

describe('the extension installed from its VSIX', () => {
	it('lies outside the project and activates', async () => {
		const extension = vscode.extensions.getExtension('cloud-key-pairs.cloud-key-pairs');
		assert.ok(path.relative(ROOT, extension?.extensionPath ?? ROOT).startsWith('..'));
		assert.equal((await extension?.activate())?.version, 1);
	});
});
