import { setTimeout as delay } from 'node:timers/promises';
import { commands } from 'vscode';

/** What an action returns that asks something when each of its questions is answered by Escape. */
export async function givenUp<T>(asking: PromiseLike<T>): Promise<T> {
	let isDone = false;
	const done = Promise.resolve(asking).finally(() => {
		isDone = true;
	});
	while (!isDone) {
		await commands.executeCommand('workbench.action.closeQuickOpen');
		await Promise.race([done.catch(() => {}), delay(25)]);
	}
	return done;
}
