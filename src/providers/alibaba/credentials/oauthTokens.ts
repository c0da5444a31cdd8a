import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import type { Environment } from '../../contract';
import { cliConfigFile } from '../configuration/configFile';
import { readConfigurationFile } from '../configuration/configurationError';

/** What a sign-in by OAuth leaves. Secret: never leaves the provider. */
export interface OAuthTokens {
	readonly accessToken: string;
	/** Seconds since 1970. */
	readonly accessTokenExpire: number;
	/** Works once. */
	readonly refreshToken: string;
}

/** Writes renewed tokens into the CLI's configuration, where the CLI looks for them; everything else in the file stays as it is at that moment. The file
 * is replaced at once: nobody ever reads half of it. Rejects with an error of the file system or of JSON, when the file is not there any more, or not
 * the profile. */
export async function writeOAuthTokens(environment: Environment, profile: string, tokens: OAuthTokens): Promise<void> {
	// A link stays a link.
	const file = await realpath(cliConfigFile(environment));
	const { mode } = await stat(file);
	const text = (await readConfigurationFile(file)) ?? '';
	const config: { readonly profiles: Record<string, unknown>[] } = JSON.parse(text);
	const section = config.profiles.find(({ name }) => name === profile);
	if (!section) {
		throw new Error('The profile is not there any more');
	}
	section['oauth_access_token'] = tokens.accessToken;
	section['oauth_access_token_expire'] = tokens.accessTokenExpire;
	section['oauth_refresh_token'] = tokens.refreshToken;
	const indent = /^\{\r?\n([ \t]+)"/.exec(text)?.[1] ?? '\t';
	await replaceFile(file, `${JSON.stringify(config, null, indent)}${text.endsWith('\n') ? '\n' : ''}`, mode);
}

async function replaceFile(file: string, text: string, mode: number): Promise<void> {
	const draft = `${file}.${randomUUID()}.tmp`;
	try {
		const handle = await open(draft, 'wx', 0o600);
		try {
			await handle.writeFile(text);
			await handle.chmod(mode & 0o777);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(draft, file);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}
