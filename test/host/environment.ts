import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** The machine as a VS Code under test sees it. */
export interface TestEnvironment {
	/** Its home folder, with an empty `.ssh` and `.aws`. */
	readonly home: string;
	/** Variables to lay over this process's; undefined takes one away. */
	readonly env: NodeJS.ProcessEnv;
	/** Ends what was started for it. The folder is its maker's to delete. */
	dispose(): Promise<void>;
}

/** Variables by which the credentials, keys or settings of whoever runs the tests would get in. */
const OUTER = /^(AWS_|ALIBABA_CLOUD_|ALIBABACLOUD_|ALICLOUD_|SSH_AUTH_SOCK$|SSH_AGENT_PID$|XDG_|TEST_)/;

/** Prepares a home in the folder, and variables that lead there and nowhere else. */
export async function createEnvironment(folder: string): Promise<TestEnvironment> {
	const home = path.join(folder, 'home');
	await mkdir(path.join(home, '.ssh'), { recursive: true, mode: 0o700 });
	await mkdir(path.join(home, '.aws'), { recursive: true });
	const outer = Object.keys(process.env).filter((name) => OUTER.test(name));
	return {
		home,
		env: {
			...Object.fromEntries(outer.map((name) => [name, undefined])),
			HOME: home,
			USERPROFILE: home,
			AWS_CONFIG_FILE: path.join(home, '.aws', 'config'),
			AWS_SHARED_CREDENTIALS_FILE: path.join(home, '.aws', 'credentials'),
			AWS_EC2_METADATA_DISABLED: 'true',
		},
		dispose: async () => {},
	};
}
