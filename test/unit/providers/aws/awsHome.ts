import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment, ProviderDependencies } from '../../../../src/providers/contract';
import { noAccessKeys } from '../../../fakes/vendors';

/** Variables that would let the machine's own configuration into a test. */
const isForeign = (name: string) => /^(AWS_|HOME$|USERPROFILE$|HOMEPATH$|HOMEDRIVE$)/.test(name);

/** A home directory of its own with AWS's files, and the process's environment turned to it: the SDK reads
 * `process.env`. */
export class AwsHome {
	private constructor(
		readonly folder: string,
		private readonly saved: Readonly<Record<string, string | undefined>>,
	) {}

	/** Takes over the process's environment until `remove`. */
	static async create(variables: Readonly<Record<string, string>> = {}): Promise<AwsHome> {
		const folder = await mkdtemp(join(tmpdir(), 'aws-home-'));
		const saved = Object.fromEntries(Object.entries(process.env).filter(([name]) => isForeign(name)));
		const home = new AwsHome(folder, saved);
		home.clear();
		home.set({
			HOME: folder,
			USERPROFILE: folder,
			AWS_EC2_METADATA_DISABLED: 'true',
			AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
			...variables,
		});
		return home;
	}

	get environment(): Environment {
		return { variables: process.env, home: this.folder, accessKeys: noAccessKeys };
	}

	set(variables: Readonly<Record<string, string>>): void {
		Object.assign(process.env, variables);
	}

	unset(...names: readonly string[]): void {
		for (const name of names) {
			delete process.env[name];
		}
	}

	/** Writes a file under the home directory, with its folders; returns its path. */
	async write(name: string, text: string): Promise<string> {
		const path = join(this.folder, ...name.split('/'));
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, text);
		return path;
	}

	config(text: string): Promise<string> {
		return this.write('.aws/config', text);
	}

	credentials(text: string): Promise<string> {
		return this.write('.aws/credentials', text);
	}

	async remove(): Promise<void> {
		this.clear();
		Object.assign(process.env, this.saved);
		await rm(this.folder, { recursive: true, force: true });
	}

	private clear(): void {
		this.unset(...Object.keys(process.env).filter(isForeign));
	}
}

/** What a bundle is given in tests: every line of the log is kept, and nobody is there to read an MFA device. */
export function testDependencies(
	environment: Environment,
	more: Partial<ProviderDependencies> = {},
): ProviderDependencies & { readonly lines: string[] } {
	const lines: string[] = [];
	return {
		environment,
		log: { debug: (message) => lines.push(message) },
		mfaCode: () => Promise.reject(new Error('No MFA code was to be asked for')),
		userAgent: 'cloud-key-pairs/1.2.3',
		settings: () => ({}),
		...more,
		lines,
	};
}
