import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('a window without a folder', () => {
	it('has nothing open and activates the extension all the same', async () => {
		assert.equal(vscode.workspace.workspaceFolders, undefined);
		const api = await vscode.extensions.getExtension('cloud-key-pairs.cloud-key-pairs')?.activate();
		assert.equal(api?.version, 1);
	});
});
