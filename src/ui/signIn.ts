import { homedir } from 'node:os';
import { l10n, type Terminal, Uri, window } from 'vscode';
import type { Profile } from '../domain/profile';
import { isSignedIn, signInCommand, waitForSignIn } from '../services/profiles/signIn';
import { withCancellableProgress } from './host/progress';
import type { Services } from './services';

interface Run {
	readonly terminal: Terminal;
	readonly signedIn: Promise<boolean>;
	readonly abort: AbortController;
	/** How many wait for it. */
	callers: number;
}

/** Signs profiles in by the vendor's own command line, in a terminal. */
export class SignIn {
	/** Those under way, by their command: profiles that share a sign-in share its run. */
	private readonly runs = new Map<string, Run>();

	constructor(private readonly services: Services) {}

	/** Whether the profile is of a kind that is signed in. */
	isPossible(profile: Profile): boolean {
		return signInCommand(profile, this.services.providers) !== undefined;
	}

	/** Starts the command in a terminal, or joins the one under way, and waits until the profile is signed in. False when that did not happen within
	 * ten minutes, the terminal was closed before or the wait was given up. Without a signal a notification shows the wait and can end it. */
	async run(profile: Profile, signal?: AbortSignal): Promise<boolean> {
		const command = signInCommand(profile, this.services.providers)?.join(' ');
		if (command === undefined) {
			return false;
		}
		return signal
			? this.join(profile, command, signal)
			: withCancellableProgress(describeWait(profile), 1, (_, cancelled) => this.join(profile, command, cancelled));
	}

	private async join(profile: Profile, command: string, signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) {
			return false;
		}
		const run = this.runs.get(command) ?? this.start(profile, command);
		run.callers++;
		run.terminal.show();
		const givenUp = new Promise<false>((resolve) => {
			signal.addEventListener('abort', () => resolve(false), { once: true });
		});
		try {
			return await Promise.race([run.signedIn, givenUp]);
		} finally {
			run.callers--;
			if (run.callers === 0) {
				this.end(command, run);
			}
		}
	}

	private start(profile: Profile, command: string): Run {
		// Not in the workspace: Windows would take a program of that name from there.
		const name = l10n.t('Sign in: {0}', profile.name);
		const terminal = window.createTerminal({ name, cwd: Uri.file(homedir()) });
		const abort = new AbortController();
		const run: Run = { terminal, abort, callers: 0, signedIn: this.wait(profile, terminal, abort.signal) };
		this.runs.set(command, run);
		terminal.sendText(command);
		return run;
	}

	private end(command: string, run: Run): void {
		run.abort.abort();
		if (this.runs.get(command) === run) {
			this.runs.delete(command);
		}
	}

	private async wait(profile: Profile, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
		const { environment, providers } = this.services;
		const check = (): Promise<boolean> => isSignedIn(profile, providers, signal);
		const closed = new AbortController();
		const listener = window.onDidCloseTerminal((candidate) => {
			if (candidate === terminal) {
				closed.abort();
			}
		});
		try {
			const ended = AbortSignal.any([signal, closed.signal]);
			const signedIn =
				(await waitForSignIn(profile, environment, this.services, check, ended)) ||
				(!signal.aborted && (await check()));
			if (signedIn) {
				await this.forgetSignedOut(profile);
			}
			return signedIn;
		} finally {
			listener.dispose();
		}
	}

	/** One sign-in is often that of several profiles: those that lacked it are asked again. */
	private async forgetSignedOut(profile: Profile): Promise<void> {
		const { remoteKeys } = this.services;
		const names = new Set([profile.name, ...remoteKeys.signedOut()]);
		await Promise.all([...names].map((name) => remoteKeys.forget(name)));
	}
}

/** What is shown while the person signs in. */
export function describeWait(profile: Profile): string {
	return l10n.t('Waiting for you to finish signing in to {0} in the terminal and the browser…', profile.name);
}
