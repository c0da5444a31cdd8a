import { l10n, QuickInputButtons, type QuickPick, ThemeIcon, window } from 'vscode';
import type { Target } from '../../domain/target';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import type { TargetCatalog, TargetGroup } from '../../services/imports/targetCatalog';
import type { TargetSelection } from '../../services/imports/targetSelection';
import { openConfigurationOf } from '../configuration';
import { DisposableStore } from '../host/disposables';
import type { TargetSet } from '../host/targetSets';
import type { SignIn } from '../signIn';
import { type Answer, applyFrame, type Frame, waitFor } from './input';
import { onGivenUp } from './interruption';
import { fitsFilter, isSame, keysAt } from './rowMarks';
import { isMarked, type TargetRow, type TargetRowContext, targetRows } from './targetRows';

export interface TargetPickOptions {
	readonly catalog: TargetCatalog;
	readonly selection: TargetSelection;
	readonly remoteKeys: RemoteKeys;
	readonly signIn: SignIn;
	/** The saved sets, as they are now. */
	sets(): readonly TargetSet[];
	/** Asks for a name and saves what is chosen as a set. */
	save(): Promise<void>;
	/** The choice is another now. */
	changed(): void;
}

/** Answers come in bursts: rows are made anew at most this often. Milliseconds. */
const renewAfterMs = 200;

/** Rows are not made anew while somebody marks one after the other. Milliseconds. */
const restAfterMs = 500;

/** VS Code has told of marks that were given it within this time. Milliseconds. */
const echoWithinMs = 2000;

/** Marks that were given to VS Code, which tells of them as if a person had made them. */
interface Echo {
	/** The keys of the marked rows. */
	readonly marked: ReadonlySet<string>;
	/** What was shown before: a click that comes until then was meant for that. */
	readonly before: { readonly rows: readonly TargetRow[]; readonly marked: ReadonlySet<string> };
	readonly at: number;
}

/** Lets the person choose any number of targets, at least one, in one list that is filled while it is open. */
export async function pickTargets(frame: Frame, options: TargetPickOptions): Promise<Answer<readonly Target[]>> {
	const { catalog, selection } = options;
	for (;;) {
		const picked = await new TargetPick(frame, options).answer;
		if (picked.kind !== 'value') {
			return picked;
		}
		const awaited = selection.awaits;
		const [first] = awaited;
		if (first) {
			const lists = Promise.all(awaited.map(({ id }) => catalog.list(id)));
			const waited = await waitFor(frame, l10n.t('Listing the regions of {0}…', first.profile.name), lists);
			if (waited.kind === 'cancel') {
				return waited;
			}
			selection.settle();
			options.changed();
		}
		if (selection.awaits.length === 0 && selection.count > 0) {
			return { kind: 'value', value: selection.targets() };
		}
	}
}

/** One showing of the list. */
class TargetPick {
	readonly answer: Promise<Answer<void>>;
	private readonly pick: QuickPick<TargetRow>;
	private readonly store = new DisposableStore();
	private readonly givenUp = new AbortController();
	private readonly signingIn = new Set<string>();
	/** The groups as their rows show them. */
	private shown: readonly TargetGroup[];
	private rows: readonly TargetRow[] = [];
	/** The keys of the rows that have their mark. */
	private marked: ReadonlySet<string> = new Set();
	private timer: NodeJS.Timeout | undefined;
	/** Those that VS Code has not told of yet, the oldest first. */
	private echoes: Echo[] = [];
	/** Ends the showing with an answer; a second call does nothing. */
	private finish: (answer: Answer<void>) => void = () => {};
	/** When a person marked a row, in milliseconds since the process began. */
	private markedAt = 0;

	constructor(
		private readonly frame: Frame,
		private readonly options: TargetPickOptions,
	) {
		const { catalog } = options;
		this.shown = [...catalog.groups];
		this.pick = this.store.add(window.createQuickPick<TargetRow>());
		const { pick } = this;
		applyFrame(pick, frame);
		const save = { iconPath: new ThemeIcon('save'), tooltip: l10n.t('Save as Target Set…') };
		pick.buttons = [...pick.buttons, save];
		pick.canSelectMany = true;
		pick.matchOnDescription = true;
		pick.keepScrollPosition = true;
		this.render();
		this.answer = new Promise<Answer<void>>((resolve) => {
			this.finish = resolve;
			pick.onDidChangeSelection((items) => this.marksChanged(items));
			pick.onDidChangeActive(() => this.renewSoon());
			pick.onDidChangeValue(() => this.renewHeldBack());
			pick.onDidAccept(() => this.accept());
			pick.onDidTriggerButton((button) => {
				if (button === QuickInputButtons.Back) {
					resolve({ kind: 'back' });
				} else if (button === save) {
					void this.save();
				}
			});
			onGivenUp(pick, () => resolve({ kind: 'cancel' }));
			pick.show();
		}).finally(() => {
			clearTimeout(this.timer);
			this.givenUp.abort();
			this.store.dispose();
		});
		this.store.add(
			catalog.onDidChange(() => {
				options.selection.settle();
				this.renewSoon();
			}),
		);
	}

	private get context(): TargetRowContext {
		const { catalog, remoteKeys, selection, signIn } = this.options;
		return {
			catalog,
			groups: this.shown,
			selection,
			sets: this.options.sets(),
			signingIn: this.signingIn,
			canSignIn: ({ profile }) => signIn.isPossible(profile),
			countOf: (target) => {
				const known = remoteKeys.known(target);
				return known?.status === 'listed' ? known.keyPairs.length : undefined;
			},
		};
	}

	/** Makes the rows anew; marks, filter text, focus and scroll position stay. */
	private render(): void {
		const { context, pick } = this;
		const active = pick.activeItems[0]?.key;
		const before = { rows: this.rows, marked: this.marked };
		this.rows = targetRows(context);
		pick.items = this.rows;
		// New rows have no marks.
		this.give(context, before);
		const again = this.rows.filter(({ key }) => key === active);
		if (again.length > 0) {
			pick.activeItems = again;
		}
		pick.busy = this.options.catalog.groups.some(({ state }) => state === 'asking');
		const isEmpty = this.rows.length === 0;
		pick.placeholder = isEmpty
			? l10n.t('No profiles were found. Run "aws configure" or "aliyun configure" in a terminal, then try again')
			: l10n.t('Choose one or more targets, or type to filter');
	}

	/** Gives the rows the marks that are due, where they have others. */
	private mark(context: TargetRowContext): void {
		const marked = this.rows.filter((row) => isMarked(row, context));
		if (marked.length !== this.marked.size || marked.some(({ key }) => !this.marked.has(key))) {
			this.give(context, { rows: this.rows, marked: this.marked });
		}
	}

	private give(context: TargetRowContext, before: Echo['before']): void {
		const marked = this.rows.filter((row) => isMarked(row, context));
		this.marked = new Set(marked.map(({ key }) => key));
		this.pick.selectedItems = marked;
		if (marked.length > 0) {
			this.echoes.push({ marked: this.marked, before, at: performance.now() });
		}
	}

	private marksChanged(items: readonly TargetRow[]): void {
		const told = performance.now();
		this.echoes = this.echoes.filter(({ at }) => told - at < echoWithinMs);
		const [echo] = this.echoes;
		const before = echo?.before ?? { rows: this.rows, marked: this.marked };
		const now = keysAt(items, this.rows, before.rows);
		if (echo && isSame(keysAt(items, this.rows, this.rows), echo.marked)) {
			this.echoes.shift();
			return;
		}
		if (items.length === 0 && this.echoes.some(({ before: { rows } }) => rows !== this.rows)) {
			// New rows come without marks at first.
			return;
		}
		const toggled = before.rows.filter(({ key }) => now.has(key) !== before.marked.has(key));
		if (toggled.length === 0) {
			return;
		}
		this.markedAt = told;
		const isAlone = toggled.length === 1;
		if (!isAlone && toggled.every(({ key, subject }) => now.has(key) && !this.isMeantByAll(subject))) {
			// The box above the list was to mark everything, and all that can be chosen was marked: it is to be let go.
			this.unmarkVisible();
		}
		for (const row of toggled) {
			this.toggle(row, now.has(row.key), isAlone);
		}
		const { context } = this;
		if (echo) {
			// What is on its way to VS Code does without this click.
			this.give(context, { rows: this.rows, marked: this.marked });
		} else {
			this.marked = now;
			this.mark(context);
		}
		this.options.changed();
		this.pick.title = this.frame.titleNow?.() ?? this.frame.title;
		this.renewSoon();
	}

	/** `isAlone`: the row itself was meant, and not everything that can be seen. */
	private toggle({ subject }: TargetRow, isMarkedNow: boolean, isAlone: boolean): void {
		const { catalog, selection } = this.options;
		switch (subject.kind) {
			case 'target':
				selection.setTarget(subject.target, isMarkedNow);
				break;
			case 'group': {
				const group = catalog.groups.find(({ id }) => id === subject.group);
				if (group && (isAlone || !isMarkedNow || this.isMeantByAll(subject))) {
					selection.setGroup(group, isMarkedNow);
				}
				break;
			}
			case 'set':
				if (isAlone) {
					selection.setPatterns(subject.patterns, isMarkedNow);
				}
				break;
			case 'act':
				if (isAlone && isMarkedNow) {
					this.act(subject);
				}
				break;
		}
	}

	/** Whether the box above the list marks the row: who presses it does not mean to be asked for codes. */
	private isMeantByAll(subject: TargetRow['subject']): boolean {
		const { groups } = this.options.catalog;
		return (
			subject.kind === 'target' ||
			(subject.kind === 'group' && groups.some(({ id, state }) => id === subject.group && state !== 'notAsked'))
		);
	}

	private unmarkVisible(): void {
		const filter = this.pick.value.trim().toLowerCase();
		for (const row of this.rows) {
			const isVisible = [row.label, row.description ?? ''].some((text) => fitsFilter(text.toLowerCase(), filter));
			if (isVisible && (row.subject.kind === 'target' || row.subject.kind === 'group')) {
				this.toggle(row, false, false);
			}
		}
	}

	private act({ act, group: id }: Extract<TargetRow['subject'], { kind: 'act' }>): void {
		const { catalog } = this.options;
		const group = catalog.groups.find((candidate) => candidate.id === id);
		if (act === 'configure') {
			const [failed] = catalog.failures;
			openConfigurationOf(
				group
					? { service: group.manifest.service, profile: group.profile.name }
					: failed && { kind: 'vendorFailure', ...failed },
			);
			// The profiles are others once the file has been changed.
			this.finish({ kind: 'cancel' });
		} else if (group && act === 'list') {
			void this.listAgain(group);
		} else if (group) {
			void this.signIn(group);
		}
	}

	/** Once a profile's credentials are there, its other regions are listed too. */
	private async listAgain(group: TargetGroup): Promise<void> {
		const { catalog, remoteKeys } = this.options;
		if (group.state === 'failed') {
			await remoteKeys.forget(group.profile.name);
		}
		await catalog.list(group.id);
		const isListed = catalog.groups.some(({ id, state }) => id === group.id && state === 'whole');
		const others = catalog.groups.filter(({ profile, state }) => profile === group.profile && state !== 'whole');
		if (isListed) {
			await Promise.all(others.map(({ id }) => catalog.list(id)));
		}
	}

	private async signIn(group: TargetGroup): Promise<void> {
		const { catalog, signIn } = this.options;
		const waiting = catalog.groups.filter(({ profile }) => profile === group.profile);
		for (const { id } of waiting) {
			this.signingIn.add(id);
		}
		this.renewSoon();
		const isSignedIn = await signIn.run(group.profile, this.givenUp.signal);
		for (const { id } of waiting) {
			this.signingIn.delete(id);
		}
		if (isSignedIn) {
			// One sign-in is often that of several profiles.
			const expired = catalog.groups.filter(({ failure }) => failure?.kind === 'signInExpired');
			await Promise.all(expired.map(({ id }) => catalog.list(id)));
		}
		this.renewSoon();
	}

	private async save(): Promise<void> {
		if (this.options.selection.count > 0) {
			await this.options.save();
			this.renewSoon();
		} else {
			this.askForOne();
		}
	}

	private accept(): void {
		const { selection } = this.options;
		if (selection.count > 0 || selection.awaits.length > 0) {
			this.finish({ kind: 'value', value: undefined });
		} else {
			this.askForOne();
		}
	}

	private askForOne(): void {
		this.pick.placeholder = l10n.t('Choose at least one target');
	}

	private renewSoon(): void {
		if (this.givenUp.signal.aborted) {
			return;
		}
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			if (performance.now() - this.markedAt < restAfterMs) {
				this.renewSoon();
			} else {
				this.renew();
			}
		}, renewAfterMs);
	}

	/** Rows that come above the focused one would push it away: they wait until the focus or the filter is another. */
	private renew(): void {
		const active = this.pick.activeItems[0];
		const at = active ? this.rows.findIndex(({ key }) => key === active.key) : -1;
		const above = new Set(this.rows.slice(0, Math.max(at, 0)).map(({ key }) => key));
		const { groups } = this.options.catalog;
		this.show(
			groups.map((group, index) => {
				const shown = this.shown[index] ?? group;
				const isAbove = above.has(`separator/${group.id}`);
				return isAbove && shown.targets.length !== group.targets.length ? shown : group;
			}),
		);
	}

	/** A list that is filtered anew is another anyway. */
	private renewHeldBack(): void {
		const { groups } = this.options.catalog;
		if (this.shown.some((group, index) => group !== groups[index])) {
			this.show(groups);
		}
	}

	private show(groups: readonly TargetGroup[]): void {
		this.shown = [...groups];
		const before = this.rows;
		const { context } = this;
		const rows = targetRows(context);
		const areSame =
			rows.length === before.length &&
			rows.every((row, index) => {
				const old = before[index];
				return old?.key === row.key && old.label === row.label && old.description === row.description;
			});
		if (areSame) {
			this.mark(context);
		} else {
			this.render();
		}
		this.pick.busy = groups.some(({ state }) => state === 'asking');
	}
}
