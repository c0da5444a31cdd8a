import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator } from '../emulator/emulator';
import { createPerson } from '../fakes/person';
import { createEnvironment } from '../host/environment';
import { ROOT, vscodeForTests } from '../ui/vscode';
import { openWindow } from '../ui/window';
import { importThroughWindow } from './importThroughWindow';

const vsix = path.join(ROOT, 'cloud-key-pairs.vsix');

/** Serves the window and prints its address; resolves when the process is interrupted. */
export async function serve(): Promise<void> {
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
		await vscodeForTests.runServerCommand({ guard, env, args: ['--install-extension', vsix, '--force'] });
		const server = await vscodeForTests.startServer({ guard, env, isDevelopment: false });
		const address = vscodeForTests.windowAddress(server.port, { folder });
		process.stdout.write(`\nOpen ${address}\nThe emulated AWS is at ${emulator.url}. Ctrl-C ends both.\n`);
		await Promise.race([interrupted(), server.exit]);
	} finally {
		await guard.release();
	}
}

/** Imports a key through the window, and checks that the emulator holds it and that the window says so.
 * @throws {Error} naming what was not as it should be. */
export async function check(): Promise<void> {
	const emulator = await startEmulator();
	let person: Awaited<ReturnType<typeof createPerson>> | undefined;
	const window = await openWindow({
		extension: { vsix },
		prepare: async (home) => {
			person = await createPerson(home, emulator);
		},
	});
	try {
		await importThroughWindow(window, { key: 'id_ed25519.pub', profile: 'mel', region: 'eu-central-1', name: 'laptop' });
		const keyPair = person?.account.keyPairs('eu-central-1').withName('laptop');
		if (!keyPair) {
			throw new Error('The window said that the key was imported, but the emulator does not hold it');
		}
		// The row's selection is drawn a moment after it is made.
		await delay(500);
		const picture = await window.screenshot('demo');
		process.stdout.write(`Key pair: ${keyPair.id}\nFingerprint: ${keyPair.fingerprint}\nPicture: ${picture}\n`);
	} finally {
		await window.close();
		await emulator.close();
	}
}

function interrupted(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.once(signal, () => resolve());
		}
	});
}
