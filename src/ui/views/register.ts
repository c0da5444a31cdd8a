import { type TreeView, window } from 'vscode';
import type { Target } from '../../domain/target';
import type { CloudNode } from '../../services/keyTree';
import { DisposableStore } from '../host/disposables';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import { CloudKeysTree } from './cloudKeysTree';
import { LocalKeysTree } from './localKeysTree';

/** The two views, and the rows of *Cloud Key Pairs* for those who show one. */
export class Views extends DisposableStore {
	private readonly cloudTree: CloudKeysTree;
	private readonly cloudView: TreeView<CloudNode>;

	constructor(services: Services, signIn: SignIn) {
		super();
		const localTree = this.add(new LocalKeysTree(services.localKeys, services.remoteKeys));
		this.add(window.createTreeView('cloudKeyPairs.localKeys', { treeDataProvider: localTree }));
		this.cloudTree = this.add(new CloudKeysTree(services, signIn));
		this.cloudView = this.add(
			window.createTreeView('cloudKeyPairs.keyPairs', { treeDataProvider: this.cloudTree, showCollapseAll: true }),
		);
	}

	/** Selects a key pair in *Cloud Key Pairs*, opening the view when it is hidden. False when the key pair is not there. */
	async show(target: Target, keyName: string, focus: boolean): Promise<boolean> {
		const node = await this.cloudTree.find(target, keyName);
		if (node) {
			await this.cloudView.reveal(node, { select: true, focus });
		}
		return node !== undefined;
	}

	/** Whether *Cloud Key Pairs* can be seen now. */
	get isCloudViewVisible(): boolean {
		return this.cloudView.visible;
	}
}
