import { type Diagnostic, l10n, languages, type Uri } from 'vscode';
import type { Disposable } from '../../services/event';

/** Who put a diagnostic there: each has its own set per file. */
export type ProblemOwner = 'keys' | 'imports';

/** The source that Problems shows for every diagnostic of the extension. */
export function diagnosticSource(): string {
	return l10n.t('Key Pairs');
}

/** The one collection of the extension; keeps the diagnostics of its owners apart. */
export class ProblemCollection implements Disposable {
	private readonly collection = languages.createDiagnosticCollection('cloudKeyPairs');
	private readonly byUri = new Map<string, Map<ProblemOwner, readonly Diagnostic[]>>();

	/** Replaces what this owner has in the file. */
	set(owner: ProblemOwner, uri: Uri, diagnostics: readonly Diagnostic[]): void {
		const id = uri.toString();
		const owners = this.byUri.get(id) ?? new Map<ProblemOwner, readonly Diagnostic[]>();
		this.byUri.set(id, owners.set(owner, diagnostics));
		const all = [...owners.values()].flat();
		if (all.length === 0) {
			this.byUri.delete(id);
		}
		this.collection.set(uri, all);
	}

	dispose(): void {
		this.collection.dispose();
	}
}
