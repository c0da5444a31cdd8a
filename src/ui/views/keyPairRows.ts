import { setTimeout as delay } from 'node:timers/promises';
import type { TreeView } from 'vscode';
import type { Target } from '../../domain/target';
import type { CloudNode } from '../../services/cloudKeys/keyTree';
import type { CloudKeysTree } from './cloudKeysTree';

/** A row is looked for so many times at most. */
const maxAttempts = 4;

/** VS Code gathers changes of a tree for so long before it draws them, in milliseconds. */
const redrawMs = 250;

/** The rows of *Cloud Key Pairs*, for those who show one. */
export class KeyPairRows {
	constructor(
		private readonly tree: CloudKeysTree,
		private readonly view: TreeView<CloudNode>,
	) {}

	/** Selects a key pair in *Cloud Key Pairs*, opening the view when it is hidden. False when the key pair is not there. */
	async show(target: Target, keyName: string, focus: boolean): Promise<boolean> {
		for (let attempt = 1; ; attempt++) {
			const node = await this.tree.find(target, keyName);
			if (!node) {
				return false;
			}
			try {
				await this.view.reveal(node, { select: true, focus });
				return true;
			} catch (error) {
				// VS Code does not find a row whose parents are being drawn anew, for instance because profiles have changed.
				if (attempt === maxAttempts) {
					throw error;
				}
				await delay(redrawMs);
			}
		}
	}

	/** Whether the view can be seen now. */
	get areVisible(): boolean {
		return this.view.visible;
	}
}
