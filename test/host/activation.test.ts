import assert from 'node:assert/strict';
import path from 'node:path';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/commands/ids';
import { Cloud, home } from './support/cloud';
import { type Activated, activated, modulesOf } from './support/extension';
import { MachineWatch } from './support/watching';

/** Where keys and profiles are. */
function isOurs(file: string): boolean {
	return ['.aws', '.ssh'].some((folder) => file.includes(path.join(home, folder))) || /\.pub$/.test(file);
}

describe('the start of the extension', () => {
	let extension: Activated;
	let cloud: Cloud;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
	});
	after(() => cloud.close());

	it('comes not before somebody asks for it', () => {
		assert.equal(extension.start.wasActive, false);
	});

	it('reads no file, loads no SDK and makes no connection', () => {
		const { paths, connections, modules } = extension.start;
		assert.deepEqual(paths.filter(isOurs), []);
		assert.deepEqual(connections, []);
		assert.ok(modules.includes('dist/extension.js'));
		assert.ok(!modules.some((name) => name.includes('providers')), modules.join());
	});

	it('leaves all that to the first use', async () => {
		const machine = new MachineWatch();
		try {
			await extension.api.list({ service: 'ec2', profile: 'mel', region: 'us-east-1' });
			assert.ok(machine.paths.includes(path.join(home, '.aws', 'config')));
			assert.deepEqual(machine.connections, [new URL(cloud.emulator.url).host]);
		} finally {
			machine.stop();
		}
		assert.ok(modulesOf(extension.extension).includes('dist/providers/aws.js'));
	});

	it('registers every command that the manifest names, and every command of its own', async () => {
		const registered = new Set(await commands.getCommands(false));
		const contributed: { command: string }[] = extension.extension.packageJSON.contributes.commands;
		assert.ok(contributed.length > 0);
		for (const id of [...contributed.map(({ command }) => command), ...Object.values(commandIds)]) {
			assert.ok(registered.has(id), id);
		}
	});

	it('makes the rows of every view', () => {
		const views: { id: string }[] = extension.extension.packageJSON.contributes.views.cloudKeyPairs;
		assert.ok(views.length > 0);
		for (const { id } of views) {
			assert.equal(typeof extension.ui.view(id).rows.getChildren, 'function');
		}
	});

	it('returns an API of version 1', () => {
		const { api } = extension;
		assert.equal(api.version, 1);
		assert.equal(api, extension.extension.exports);
		assert.deepEqual(Object.keys(api).sort(), ['import', 'list', 'parsePublicKeys', 'profiles', 'regions', 'version']);
	});
});
