import { type LogOutputChannel, window } from 'vscode';
import type { Disposable } from '../../services/event';
import type { Log } from '../../services/ports';

/** The extension's output channel behind the Log port. Log lines stay English. */
export class OutputLog implements Log, Disposable {
	private readonly channel: LogOutputChannel = window.createOutputChannel('Cloud Key Pairs', { log: true });

	info(message: string): void {
		this.channel.info(message);
	}

	debug(message: string): void {
		this.channel.debug(message);
	}

	warn(message: string): void {
		this.channel.warn(message);
	}

	error(message: string, error?: unknown): void {
		this.channel.error(error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message);
	}

	/** Opens the channel without taking the focus. */
	show(): void {
		this.channel.show(true);
	}

	dispose(): void {
		this.channel.dispose();
	}
}
