import { type Target, targetId } from '../../domain/target';
import type { ProviderFailure } from '../../providers/failure';
import { type Disposable, Emitter } from '../event';
import type { ImportProgress, TargetOutcome } from './keyImport';

/** How far an import has come in one target. */
export type TargetState =
	/** Not begun yet. */
	| { readonly status: 'queued' }
	/** The service has been asked. */
	| { readonly status: 'sending' }
	/** It is tried again at a time (milliseconds since 1970), because of a failure. */
	| { readonly status: 'waiting'; readonly until: number; readonly failure: ProviderFailure }
	| { readonly status: 'done'; readonly outcome: TargetOutcome };

/** An import while it runs: what is known of each of its targets. */
export class RunningImport implements ImportProgress, Disposable {
	private readonly changed = new Emitter<Target>();
	private readonly states = new Map<string, TargetState>();
	private doneCount = 0;

	/** `run` is that of the report which its outcomes go into. */
	constructor(
		readonly run: string,
		readonly keyName: string,
		readonly targets: readonly Target[],
		/** Only asks whether the import is permitted. */
		readonly dryRun = false,
	) {}

	/** Fires with the target that came further. */
	readonly onDidChange = this.changed.event;

	/** How many targets have their outcome. */
	get finished(): number {
		return this.doneCount;
	}

	state(target: Target): TargetState {
		return this.states.get(targetId(target)) ?? { status: 'queued' };
	}

	done(outcome: TargetOutcome): void {
		this.doneCount++;
		this.set(outcome.target, { status: 'done', outcome });
	}

	started(target: Target): void {
		this.set(target, { status: 'sending' });
	}

	waiting(target: Target, until: number, failure: ProviderFailure): void {
		this.set(target, { status: 'waiting', until, failure });
	}

	dispose(): void {
		this.changed.dispose();
	}

	private set(target: Target, state: TargetState): void {
		this.states.set(targetId(target), state);
		this.changed.fire(target);
	}
}
