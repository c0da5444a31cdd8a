import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { commands } from 'vscode';
import type { Account } from '../../emulator/accounts/account';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import type { LoggedRequest } from '../../emulator/requestLog';
import { activated } from './extension';

/** The home of the person in the window: its folders are there from the start. */
export const home = homedir();

/** An emulated AWS and a home with profiles for it. One per group of tests: started in `before`, closed in `after`. */
export class Cloud {
	private constructor(
		readonly emulator: Emulator,
		/** The account of profile `mel`, with ap-east-1 enabled besides the regions that always are. */
		readonly account: Account,
	) {}

	/** Starts it with profile `mel` alone, whose own region is us-east-1. */
	static async start(): Promise<Cloud> {
		// The extension's own views are out of sight, lest they make calls of their own.
		await commands.executeCommand('workbench.view.explorer');
		const emulator = await startEmulator();
		const cloud = new Cloud(emulator, emulator.accounts.add({ optedIn: ['ap-east-1'] }));
		await cloud.setProfiles();
		return cloud;
	}

	/** The lines of a profile's section that hold a new access key for the account, and where the account is. */
	keys(account = this.account, user = 'mel'): string {
		const { id, secret } = account.addAccessKey({ user });
		return `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n${this.endpoint}`;
	}

	get endpoint(): string {
		return `endpoint_url = ${this.emulator.url}\n`;
	}

	/** Writes the configuration file anew, with `mel` and these sections, and has the extension read it. */
	async setProfiles(...sections: readonly string[]): Promise<void> {
		const mel = `[profile mel]\nregion = us-east-1\n${this.keys()}`;
		await writeHome('.aws/config', [mel, ...sections].join('\n'));
		await activated();
		await commands.executeCommand('cloudKeyPairs.refresh');
	}

	/** The imports that were asked for, in order. */
	imports(): readonly LoggedRequest[] {
		return this.emulator.requests.all({ operation: 'ImportKeyPair' });
	}

	/** Stops it and leaves the home empty. */
	async close(): Promise<void> {
		await this.emulator.close();
		for (const folder of ['.aws', '.ssh']) {
			// The folders stay: VS Code does not watch one that was away.
			for (const name of await readdir(path.join(home, folder))) {
				await rm(path.join(home, folder, name), { recursive: true });
			}
		}
		await commands.executeCommand('cloudKeyPairs.refresh');
	}
}

/** Writes a file of the home, with its folders; returns its path. */
export async function writeHome(name: string, text: string): Promise<string> {
	const file = path.join(home, ...name.split('/'));
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text, { mode: 0o600 });
	return file;
}
