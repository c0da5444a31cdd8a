import fs from 'node:fs';
import net from 'node:net';
import { type TreeDataProvider, type TreeView, window } from 'vscode';

/** Replaces a function of an object by one that calls it and then tells `called` what it was given and returned. Returns how to take that back. */
function tap(
	owner: object,
	name: string,
	called: (parameters: readonly unknown[], result: unknown) => void,
): () => void {
	const original: unknown = Reflect.get(owner, name);
	if (typeof original !== 'function') {
		throw new Error(`Not a function: ${name}`);
	}
	const tapped = function (this: unknown, ...parameters: unknown[]): unknown {
		const result: unknown = Reflect.apply(original, this, parameters);
		called(parameters, result);
		return result;
	};
	// Some have properties of their own, such as fs.realpath.native.
	if (!Reflect.set(owner, name, Object.assign(tapped, original))) {
		throw new Error(`Can't be replaced: ${name}`);
	}
	return () => Reflect.set(owner, name, original);
}

/** What this process asks of the machine, until `stop`. */
export class MachineWatch {
	/** Paths given to any function of `fs` and `fs/promises`; VS Code's own `workspace.fs` ends there too. */
	readonly paths: string[] = [];
	/** Where connections were made to: `host:port`. */
	readonly connections: string[] = [];
	private readonly undo: (() => void)[] = [];

	constructor() {
		for (const owner of [fs, fs.promises]) {
			// Classes and constants are no functions of the file system; some are deprecated to look at.
			const names = Object.keys(owner).filter((name) => /^[a-z]/.test(name));
			for (const name of names.filter((candidate) => typeof Reflect.get(owner, candidate) === 'function')) {
				this.undo.push(tap(owner, name, ([path]) => this.paths.push(String(path))));
			}
		}
		this.undo.push(
			tap(net.Socket.prototype, 'connect', (parameters) => {
				// Node passes its own normalized arguments as one list.
				const [options]: unknown[] = Array.isArray(parameters[0]) ? parameters[0] : [...parameters];
				if (typeof options === 'object' && options !== null && 'port' in options) {
					this.connections.push(`${'host' in options ? options.host : ''}:${options.port}`);
				}
			}),
		);
	}

	stop(): void {
		for (const undo of this.undo.splice(0)) {
			undo();
		}
	}
}

/** A message as it was handed to VS Code. */
export interface ToldMessage {
	readonly severity: 'Information' | 'Warning' | 'Error';
	readonly text: string;
	readonly actions: readonly string[];
}

/** What the extension hands to VS Code from now on, on its way there. The tests lie in the extension's folder, so that VS Code gives both the same API. */
export class UiWatch {
	readonly messages: ToldMessage[] = [];
	/** Lines for the log, whatever its level. */
	readonly logLines: string[] = [];
	private readonly views = new Map<string, View>();

	constructor() {
		for (const severity of ['Information', 'Warning', 'Error'] as const) {
			tap(window, `show${severity}Message`, ([text, ...more]) => {
				const actions = more.filter((part) => typeof part === 'string');
				this.messages.push({ severity, text: String(text), actions });
			});
		}
		tap(window, 'createTreeView', ([id, options], view) => {
			if (typeof options === 'object' && options !== null && 'treeDataProvider' in options) {
				const rows = options.treeDataProvider as View['rows'];
				this.views.set(String(id), { rows, view: view as View['view'] });
			}
		});
		tap(window, 'createOutputChannel', (_, channel) => {
			for (const level of ['trace', 'debug', 'info', 'warn', 'error']) {
				tap(channel as object, level, (parts) => this.logLines.push([level, ...parts].join(' ')));
			}
		});
	}

	/** A view and what fills it.
	 * @throws {Error} when the extension has made no such view */
	view(id: string): View {
		const view = this.views.get(id);
		if (!view) {
			throw new Error(`No view: ${id}`);
		}
		return view;
	}
}

/** A view of the extension as VS Code was given it. */
export interface View {
	readonly rows: TreeDataProvider<unknown>;
	readonly view: TreeView<unknown>;
}
