import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator } from '../emulator/emulator.js';
import { createPerson } from '../fakes/person.js';
import { createEnvironment } from '../host/environment.js';
import { ImportForm } from '../ui/importForm.js';
import { openScene, type Scene } from '../ui/scene.js';
import { VSIX, vscodeForTests } from '../ui/vscode.js';

/** Serves a window with the packaged extension and prints its address; resolves when the process is interrupted.
 * @throws {Error} when the window's server ends by itself */
export async function serve(): Promise<void> {
	const interrupted = interruption();
	const guard = vscodeForTests.createGuard();
	try {
		const emulator = await startEmulator();
		guard.defer(() => emulator.close());
		const environment = await createEnvironment(guard.folder);
		const { publicKeys } = await createPerson(environment.home, emulator);
		const folder = path.join(guard.folder, 'team-keys');
		await mkdir(folder);
		await writeFile(path.join(folder, 'deploy.pub'), `${publicKeys['deploy_rsa.pub']}\n`);
		vscodeForTests.writeSettings(path.join(guard.folder, 'user'));
		const env = { ...process.env, ...environment.env };
		const args = ['--install-extension', VSIX, '--force'];
		if ((await vscodeForTests.runServerCommand({ guard, env, args })) !== 0) {
			throw new Error(`${VSIX} could not be installed`);
		}
		const server = await vscodeForTests.startServer({ guard, env, isDevelopment: false });
		const address = vscodeForTests.windowAddress(server.port, { folder });
		process.stdout.write(`\nOpen ${address}\nThe emulated AWS is at ${emulator.url}. Ctrl-C ends both.\n`);
		const ended = server.exit.then(() => {
			throw new Error(`The window's server ended\n${server.log()}`);
		});
		await Promise.race([interrupted, ended]);
	} finally {
		await guard.release();
	}
}

/** Imports a key through the window by clicks and keys, checks that the emulator holds it and that the window shows it, prints its id and
 * fingerprint and saves a picture. @throws {Error} naming what was not as it should be */
export async function check(): Promise<void> {
	const scene = await openScene();
	try {
		await importAndShow(scene, { region: 'eu-central-1', name: 'laptop' });
	} catch (error) {
		process.stderr.write(`Picture: ${await scene.window.screenshot('demo-failed')}\n`);
		throw error;
	} finally {
		await scene.close();
	}
}

async function importAndShow(
	{ window, person }: Scene,
	{ region, name }: { readonly region: string; readonly name: string },
): Promise<void> {
	const form = new ImportForm(window);
	await form.openAndFill({ key: 'id_ed25519.pub', profile: 'mel', regions: [region], name });
	await form.run();
	await window.answer(`Imported ${name} into mel · EC2 · ${region}.`, 'Show Key Pair');
	await window.row('Cloud Key Pairs', name).and(window.page.locator('.selected')).waitFor();
	const keyPair = person.account.keyPairs(region).withName(name);
	if (!keyPair) {
		throw new Error('The window says that the key was imported, but the emulated AWS does not hold it');
	}
	if (!person.publicKeys['id_ed25519.pub'].startsWith(keyPair.publicKey)) {
		throw new Error('The emulated AWS holds another key than the one that was chosen');
	}
	// The notification fades out.
	await delay(500);
	const picture = await window.screenshot('demo');
	process.stdout.write(`Key pair: ${keyPair.id}\nFingerprint: ${keyPair.fingerprint}\nPicture: ${picture}\n`);
}

function interruption(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.once(signal, () => resolve());
		}
	});
}
