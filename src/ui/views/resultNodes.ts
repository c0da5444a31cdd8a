import type { Target } from '../../domain/target';
import type { TargetOutcome } from '../../services/imports/keyImport';
import type { RunningImport, TargetState } from '../../services/imports/runningImport';
import { isRecord } from '../isRecord';
import type { OutcomeGroup } from '../results/failureGroups';

/** A row of *Import Results*. */
export type ResultNode =
	| { readonly kind: 'running'; readonly running: RunningImport }
	| {
			readonly kind: 'runningTarget';
			readonly run: string;
			readonly target: Target;
			readonly state: TargetState;
			/** The name that the key gets in most targets. */
			readonly usualName: string;
	  }
	| ResultGroup
	| ResultOutcome;

/** The targets with one outcome, and one reason where they failed. */
export interface ResultGroup {
	readonly kind: 'group';
	/** The run of the report that tells of it. */
	readonly run: string;
	/** Different in each run and group, and the same when the run's targets are tried again. */
	readonly id: string;
	readonly status: TargetOutcome['status'] | 'untagged';
	readonly label: string;
	/** Why, where there is a reason. */
	readonly reason?: Pick<OutcomeGroup, 'words' | 'code'>;
	readonly outcomes: readonly TargetOutcome[];
	/** The name that the key was to have in most targets. */
	readonly usualName: string;
}

/** What came of one target; `target` and `keyName` are what commands for key pairs go by. */
export interface ResultOutcome {
	readonly kind: 'outcome';
	readonly run: string;
	readonly target: Target;
	readonly keyName: string;
	readonly outcome: TargetOutcome;
	readonly usualName: string;
}

/** Whether the value is a row of *Import Results*, as menus hand it over. */
export function isResultNode(value: unknown): value is ResultNode {
	return isRecord(value) && ['running', 'runningTarget', 'group', 'outcome'].includes(String(value['kind']));
}
