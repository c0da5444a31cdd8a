import { l10n, window } from 'vscode';
import type { Profile } from '../domain/profile';
import { signInCommand, waitForSignIn } from '../services/signIn';
import type { Services } from './services';

/** Signs profiles in by the vendor's own command line, in a terminal. */
export class SignIn {
	constructor(private readonly services: Services) {}

	/** Whether the profile is of a kind that is signed in. */
	isPossible(profile: Profile): boolean {
		return signInCommand(profile, this.services.providers) !== undefined;
	}

	/** Starts the command in a terminal and waits until the profile is signed in. False when that did not happen within ten minutes,
	 * or the terminal was closed before. */
	async run(profile: Profile): Promise<boolean> {
		const command = signInCommand(profile, this.services.providers);
		if (!command) {
			return false;
		}
		const terminal = window.createTerminal({ name: l10n.t('Sign in: {0}', profile.name) });
		const abort = new AbortController();
		const closed = window.onDidCloseTerminal((candidate) => {
			if (candidate === terminal) {
				abort.abort();
			}
		});
		try {
			const signedIn = waitForSignIn(
				profile,
				this.services.environment,
				this.services,
				() => this.isSignedIn(profile),
				abort.signal,
			);
			terminal.show();
			terminal.sendText(command.join(' '));
			return (await signedIn) || (await this.isSignedIn(profile));
		} finally {
			closed.dispose();
		}
	}

	/** Asks the service anew; what was known of the profile is forgotten. */
	private async isSignedIn(profile: Profile): Promise<boolean> {
		const { remoteKeys, providers } = this.services;
		const service = providers.vendors.find(({ vendor }) => vendor === profile.vendor)?.services[0]?.service;
		if (!service) {
			return false;
		}
		await remoteKeys.forget(profile.name);
		const { failure } = await remoteKeys.regions(profile, service);
		return failure?.kind !== 'signInExpired' && failure?.kind !== 'credentialsMissing';
	}
}
