import type { KeyPair } from './keyPair';
import { indexOf } from './keyPairIndex';
import { type Held, holdsKey } from './matching';
import type { PublicKey } from './publicKey';
import { type Target, targetId } from './target';

/** What is known of the key pairs of a target. `R` is why nothing can be imported there, `F` why it could not be looked there. */
export type Known<R, F> =
	| { readonly kind: 'listed'; readonly keyPairs: readonly KeyPair[] }
	| { readonly kind: 'impossible'; readonly reason: R }
	/** Absent `failure`: the service has not answered yet. */
	| { readonly kind: 'unknown'; readonly failure?: F };

/** What an import into one target would come to, by what is known of it. */
export type TargetPlan<R, F> = { readonly target: Target } & (
	| { readonly outcome: 'import' }
	/** The key pair of this name holds this key: nothing is left to do. */
	| { readonly outcome: 'alreadyThere'; readonly existing: KeyPair }
	/** An import is possible all the same. */
	| { readonly outcome: 'alreadyThereUnderOtherName'; readonly existing: KeyPair }
	/** Another key has the name, or one of which the service does not say which it is. */
	| { readonly outcome: 'nameTaken'; readonly existing: KeyPair; readonly held: Exclude<Held, 'same'> }
	| { readonly outcome: 'notPossible'; readonly reason: R }
	| { readonly outcome: 'unknown'; readonly failure?: F }
);

/** What an import may come to, in the order in which a plan is shown. */
export type PlannedOutcome = TargetPlan<unknown, unknown>['outcome'];

/** The plan for a key under a name in one target. */
export function planTarget<R, F>(
	target: Target,
	key: PublicKey,
	keyName: string,
	known: Known<R, F>,
): TargetPlan<R, F> {
	if (known.kind === 'impossible') {
		return { target, outcome: 'notPossible', reason: known.reason };
	}
	if (known.kind === 'unknown') {
		return { target, outcome: 'unknown', ...(known.failure !== undefined && { failure: known.failure }) };
	}
	const index = indexOf(known.keyPairs);
	const named = index.named(keyName);
	if (named) {
		const held = holdsKey(named, key);
		return held === 'same'
			? { target, outcome: 'alreadyThere', existing: named }
			: { target, outcome: 'nameTaken', existing: named, held };
	}
	const other = index.firstHolding(key);
	return other ? { target, outcome: 'alreadyThereUnderOtherName', existing: other } : { target, outcome: 'import' };
}

/** What to do where another key has the name: nothing, import under another name, or delete that key pair first. */
export type WhenTaken = 'skip' | 'otherName' | 'replace';

/** What the person decided about a plan. */
export interface PlanDecisions {
	readonly whenTaken: WhenTaken;
	/** For `otherName`. */
	readonly otherName?: string;
	/** For `replace`: which key pair the person agreed to have deleted, by target id, as `keyPairIdentity` tells it. */
	readonly agreed: ReadonlyMap<string, string>;
	/** The ids of targets that are left out. */
	readonly dropped: ReadonlySet<string>;
}

/** What will be done in a target: `change` it, confirm that nothing is left to do (`keep`), or nothing (`leave`). */
export interface PlannedStep {
	readonly target: Target;
	readonly does: 'change' | 'keep' | 'leave';
	/** The name that the key gets there, where it is not the one for all. */
	readonly keyName?: string;
	/** The identity of the key pair that is deleted first. */
	readonly replaces?: string;
}

/** What tells a key pair from another one of the same name: its id, else its fingerprint, else nothing. */
export function keyPairIdentity({ id, fingerprint }: KeyPair): string | undefined {
	return id ?? fingerprint;
}

/** What comes of a plan by the person's decisions. Nothing is replaced that was not agreed to. */
export function decide<R, F>(plan: TargetPlan<R, F>, decisions: PlanDecisions): PlannedStep {
	const { target, outcome } = plan;
	const id = targetId(target);
	if (decisions.dropped.has(id)) {
		return { target, does: 'leave' };
	}
	switch (outcome) {
		case 'import':
		case 'alreadyThereUnderOtherName':
		case 'unknown':
			return { target, does: 'change' };
		case 'alreadyThere':
			return { target, does: 'keep' };
		case 'notPossible':
			return { target, does: 'leave' };
		case 'nameTaken': {
			const { whenTaken, otherName, agreed } = decisions;
			if (whenTaken === 'otherName' && otherName !== undefined) {
				return { target, does: 'change', keyName: otherName };
			}
			const identity = keyPairIdentity(plan.existing);
			return whenTaken === 'replace' && identity !== undefined && agreed.get(id) === identity
				? { target, does: 'change', replaces: identity }
				: { target, does: 'leave' };
		}
	}
}
