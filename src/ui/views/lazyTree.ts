import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';

/** A tree that is made when its first row is asked for. */
export class LazyTree<T> implements TreeDataProvider<T>, Disposable {
	private readonly changed = new EventEmitter<T | T[] | undefined>();
	readonly onDidChangeTreeData = this.changed.event;
	private tree: TreeDataProvider<T> | undefined;

	constructor(private readonly make: () => TreeDataProvider<T>) {}

	getTreeItem(node: T) {
		return this.made.getTreeItem(node);
	}

	getChildren(node?: T) {
		return this.made.getChildren(node);
	}

	getParent(node: T) {
		return this.made.getParent?.(node);
	}

	resolveTreeItem(...[item, node, token]: Parameters<NonNullable<TreeDataProvider<T>['resolveTreeItem']>>) {
		return this.made.resolveTreeItem?.(item, node, token) ?? (item satisfies TreeItem);
	}

	dispose(): void {
		this.changed.dispose();
	}

	private get made(): TreeDataProvider<T> {
		if (!this.tree) {
			this.tree = this.make();
			this.tree.onDidChangeTreeData?.((node) => this.changed.fire(node ?? undefined));
		}
		return this.tree;
	}
}
