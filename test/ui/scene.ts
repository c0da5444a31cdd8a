import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '../emulator/emulator.js';
import { alibabaEndpointSettings } from '../fakes/alibabaProfiles.js';
import { createPerson, type Person } from '../fakes/person.js';
import { VSIX } from './vscode.js';
import { openWindow, type Window, type WindowOptions } from './window.js';

/** A window with the packaged extension, the person who sits before it, and the clouds that the person's profiles lead to. */
export interface Scene {
	readonly window: Window;
	readonly emulator: Emulator;
	readonly person: Person;
	/** How many calls that change something have reached EC2. */
	writes(): number;
	close(): Promise<void>;
}

/** How a scene differs from the common one. */
export interface SceneOptions extends Pick<WindowOptions, 'settings' | 'scale'> {
	/** The files of the folder that is open, by name; left out, the window is empty. */
	readonly files?: Readonly<Record<string, string>>;
	/** Adds to the person's home before VS Code starts. */
	prepare?(home: string, emulator: Emulator, person: Person): Promise<unknown>;
	/** Besides those that lead the SDK's inner clients (STS, SSO) to the emulator. */
	readonly env?: NodeJS.ProcessEnv;
}

/** Opens a scene; close it when done. */
export async function openScene({ prepare, env, files, settings, ...options }: SceneOptions = {}): Promise<Scene> {
	const emulator = await startEmulator();
	const workspace = files && (await makeFolder(files));
	try {
		let person: Person | undefined;
		const window = await openWindow({
			...options,
			settings: { ...alibabaEndpointSettings(emulator.url), ...settings },
			...(workspace && { workspace }),
			extension: { vsix: VSIX },
			env: {
				AWS_ENDPOINT_URL_STS: emulator.url,
				AWS_ENDPOINT_URL_SSO: emulator.url,
				AWS_ENDPOINT_URL_SSO_OIDC: emulator.url,
				...env,
			},
			async prepare(home) {
				person = await createPerson(home, emulator);
				await prepare?.(home, emulator, person);
			},
		});
		if (!person) {
			throw new Error('The window was opened without its person');
		}
		return {
			window,
			emulator,
			person,
			writes: () => emulator.requests.all({ service: 'ec2' }).filter(({ operation }) => !isRead(operation)).length,
			async close() {
				await window.close();
				await emulator.close();
			},
		};
	} catch (error) {
		await emulator.close();
		throw error;
	} finally {
		// The window has a copy.
		if (workspace) {
			await rm(path.dirname(workspace), { recursive: true });
		}
	}
}

async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
	const folder = path.join(await mkdtemp(path.join(tmpdir(), 'scene-')), 'team-keys');
	await mkdir(folder);
	for (const [name, text] of Object.entries(files)) {
		await writeFile(path.join(folder, name), text);
	}
	return folder;
}

function isRead(operation: string): boolean {
	return operation.startsWith('Describe');
}
