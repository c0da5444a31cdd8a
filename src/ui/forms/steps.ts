import type { Frame } from './input';

/** What a step asks the form to do next. `to` names the step to go on with. */
export type StepResult = 'next' | 'back' | 'cancel' | { readonly to: string };

/** One question of a form. It keeps its answer in the draft, so that it stands there when the person comes back. */
export interface Step<Draft> {
	readonly id: string;
	title(draft: Draft): string;
	/** Whether there is anything to ask; looked at again whenever the form moves. */
	isNeeded(draft: Draft): boolean;
	ask(draft: Draft, frame: Frame): Promise<StepResult>;
}

/** Leads through the steps that are needed, back and forth. `title` says what the form does, by what is known. True when the last one is done; false
 * when the person gave up. */
export async function runSteps<Draft>(
	title: (draft: Draft) => string,
	steps: readonly Step<Draft>[],
	draft: Draft,
): Promise<boolean> {
	let current = nextNeeded(steps, draft, 0);
	for (;;) {
		const step = current === undefined ? undefined : steps[current];
		if (current === undefined || !step) {
			return true;
		}
		const needed = steps.filter((candidate) => candidate === step || candidate.isNeeded(draft));
		const before = previousNeeded(steps, draft, current);
		const titleNow = (): string => `${title(draft)} · ${step.title(draft)}`;
		const result = await step.ask(draft, {
			title: titleNow(),
			titleNow,
			step: needed.indexOf(step) + 1,
			totalSteps: needed.length,
			canGoBack: before !== undefined,
		});
		if (result === 'cancel') {
			return false;
		}
		if (result === 'next') {
			current = nextNeeded(steps, draft, current + 1);
		} else if (result === 'back') {
			current = before ?? current;
		} else {
			current = steps.findIndex(({ id }) => id === result.to);
		}
	}
}

function nextNeeded<Draft>(steps: readonly Step<Draft>[], draft: Draft, from: number): number | undefined {
	const index = steps.findIndex((step, position) => position >= from && step.isNeeded(draft));
	return index < 0 ? undefined : index;
}

function previousNeeded<Draft>(steps: readonly Step<Draft>[], draft: Draft, before: number): number | undefined {
	for (let index = before - 1; index >= 0; index--) {
		if (steps[index]?.isNeeded(draft)) {
			return index;
		}
	}
	return undefined;
}
