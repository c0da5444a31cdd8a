import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AlibabaAccount } from '../emulator/alibaba/accounts/account.js';
import { type Emulator, startEmulator } from '../emulator/emulator.js';
import { alibabaEndpointSettings, writeAlibabaProfiles } from '../fakes/alibabaProfiles.js';
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
		await addAlibabaCloud(environment.home, emulator);
		const folder = path.join(guard.folder, 'team-keys');
		await mkdir(folder);
		await writeFile(path.join(folder, 'deploy.pub'), `${publicKeys['deploy_rsa.pub']}\n`);
		vscodeForTests.writeSettings(path.join(guard.folder, 'user'), alibabaEndpointSettings(emulator.url));
		const env = { ...process.env, ...environment.env };
		const args = ['--install-extension', VSIX, '--force'];
		if ((await vscodeForTests.runServerCommand({ guard, env, args })) !== 0) {
			throw new Error(`${VSIX} could not be installed`);
		}
		const server = await vscodeForTests.startServer({ guard, env, isDevelopment: false });
		const address = vscodeForTests.windowAddress(server.port, { folder });
		process.stdout.write(
			`\nOpen ${address}\nAWS and Alibaba Cloud are emulated at ${emulator.url}. Ctrl-C ends all.\n`,
		);
		const ended = server.exit.then(() => {
			throw new Error(`The window's server ended\n${server.log()}`);
		});
		await Promise.race([interrupted, ended]);
	} finally {
		await guard.release();
	}
}

/** Imports a key into the four services through the window by clicks and keys, checks that the emulator holds it and that the window shows it, prints id
 * and fingerprint in EC2 and saves a picture. @throws {Error} naming what was not as it should be */
export async function check(): Promise<void> {
	let alibaba: AlibabaAccount | undefined;
	const scene = await openScene({
		prepare: async (home, emulator) => {
			alibaba = await addAlibabaCloud(home, emulator);
		},
	});
	try {
		await importAndShow(scene, alibaba, 'deploy-key');
	} catch (error) {
		process.stderr.write(`Picture: ${await scene.window.screenshot('demo-failed')}\n`);
		throw error;
	} finally {
		await scene.close();
	}
}

/** Adds profile `hangzhou` of Alibaba Cloud to a home, with an account of two resource groups. */
async function addAlibabaCloud(home: string, { alibaba }: Emulator): Promise<AlibabaAccount> {
	const hangzhou = alibaba.accounts.add({ resourceGroups: [{ name: 'web' }] });
	await writeAlibabaProfiles(home, { hangzhou });
	return hangzhou;
}

async function importAndShow(
	{ window, person, emulator }: Scene,
	alibaba: AlibabaAccount | undefined,
	name: string,
): Promise<void> {
	const region = 'us-east-1';
	const form = new ImportForm(window);
	await form.open();
	await form.at('Public key');
	await window.pick('deploy_rsa.pub').click();
	await form.at('Targets');
	await form.unmarkAll();
	await form.toggleTarget('mel', region, 'EC2');
	await form.toggleTarget('mel', region, 'Lightsail');
	await form.toggleTarget('hangzhou', 'cn-hangzhou', 'ECS');
	await form.toggleTarget('hangzhou', 'ENS', 'ENS');
	await form.accept();
	await form.at('Name');
	await window.quickInputText.fill(name);
	await window.page.keyboard.press('Enter');
	await form.at('Tags');
	await window.page.keyboard.press('Enter');
	await form.at('Resource group');
	await window.page.keyboard.press('Enter');
	await form.run();
	await window.answer(`Import of ${name}: 4 imported.`, 'Show Key Pair');
	await window.row('Cloud Key Pairs', name).and(window.page.locator('.selected')).waitFor();
	const keyPair = person.account.keyPairs(region).withName(name);
	const others = {
		Lightsail: emulator.lightsail.of(person.account).region(region).keyPair(name),
		ECS: alibaba?.keyPairs('ecs', 'cn-hangzhou').withName(name),
		ENS: alibaba?.keyPairs('ens').withName(name),
	};
	const lacking = Object.entries({ EC2: keyPair, ...others }).flatMap(([service, held]) => (held ? [] : [service]));
	if (!keyPair || lacking.length > 0) {
		throw new Error(
			`The window says that the key was imported, but the emulator does not hold it in ${lacking.join(', ')}`,
		);
	}
	for (const { publicKey } of [keyPair, ...Object.values(others)].filter((held) => held !== undefined)) {
		if (!person.publicKeys['deploy_rsa.pub'].startsWith(publicKey)) {
			throw new Error('The emulator holds another key than the one that was chosen');
		}
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
