import assert from 'node:assert/strict';
import { ThemeIcon, type TreeDataProvider } from 'vscode';

/** A row as the view shows it. */
export interface Row {
	readonly label: string;
	readonly description: string;
	/** The name of its codicon. */
	readonly icon: string;
	/** What menus ask for. */
	readonly flags: readonly string[];
	/** What the mouse finds, where that is there from the start. */
	readonly tooltip: string;
	/** What a screen reader says. */
	readonly spoken: string;
	/** To be handed back, as menus do. */
	readonly node: unknown;
}

/** The rows below one, or the first ones. */
export async function rowsOf(tree: TreeDataProvider<unknown>, parent?: Row): Promise<readonly Row[]> {
	const nodes = (await tree.getChildren(parent?.node)) ?? [];
	return Promise.all(
		nodes.map(async (node) => {
			const item = await tree.getTreeItem(node);
			const { label, description, iconPath, contextValue, tooltip, accessibilityInformation } = item;
			return {
				label: typeof label === 'object' ? label.label : (label ?? ''),
				description: typeof description === 'string' ? description : '',
				icon: iconPath instanceof ThemeIcon ? iconPath.id : '',
				flags: (contextValue ?? '').split(' '),
				tooltip: typeof tooltip === 'string' ? tooltip : '',
				spoken: accessibilityInformation?.label ?? '',
				node,
			};
		}),
	);
}

/** The row at the end of a path of labels. */
export async function rowAt(tree: TreeDataProvider<unknown>, ...labels: readonly (string | RegExp)[]): Promise<Row> {
	let row: Row | undefined;
	for (const label of labels) {
		const rows = await rowsOf(tree, row);
		row = rows.find((candidate) =>
			typeof label === 'string' ? candidate.label === label : label.test(candidate.label),
		);
		assert.ok(row, `${label} is not among: ${rows.map((candidate) => candidate.label).join(', ')}`);
	}
	assert.ok(row);
	return row;
}
