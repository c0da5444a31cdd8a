import { l10n, window } from 'vscode';
import { isProviderError } from '../../providers/failure';
import type { OutputLog } from '../host/log';
import { isCancellation } from '../host/progress';
import { describeFailure } from '../messages/failures';
import type { CommandId } from './ids';

/** A mistake of the caller, told as it stands. */
export class ArgumentError extends TypeError {}

/** Runs a command's handler so that every call is logged and no failure is silent: a cancel ends quietly, a failure is told in words, and a
 * mistake of the caller is thrown to it. Resolves to what the handler returns, undefined when it did not come to that. */
export async function runCommand(id: CommandId, log: OutputLog, handler: () => unknown): Promise<unknown> {
	const start = performance.now();
	try {
		const result = await handler();
		log.info(`${id} in ${Math.round(performance.now() - start)} ms`);
		return result;
	} catch (error) {
		if (isCancellation(error)) {
			log.info(`${id} cancelled`);
			return undefined;
		}
		if (error instanceof ArgumentError) {
			throw error;
		}
		log.error(`${id} failed`, error);
		void tell(error, log);
		return undefined;
	}
}

async function tell(error: unknown, log: OutputLog): Promise<void> {
	const showLog = l10n.t('Show Log');
	const text = isProviderError(error)
		? Object.values(describeFailure(error.failure, 'Cloud Key Pairs')).join(' ')
		: l10n.t('Something went wrong. See the log for details.');
	if ((await window.showErrorMessage(text, showLog)) === showLog) {
		log.show();
	}
}
