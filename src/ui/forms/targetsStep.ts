import { InputBoxValidationSeverity, l10n, window } from 'vscode';
import { checkKey } from '../../domain/rules';
import type { TargetPattern } from '../../domain/targetSets';
import { TargetCatalog } from '../../services/imports/targetCatalog';
import { TargetSelection } from '../../services/imports/targetSelection';
import { saveTargetSet, type TargetSet, targetSets } from '../host/targetSets';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { ImportDraft } from './importDraft';
import { type Answer, enterText, type Frame, type TextOptions, waitFor } from './input';
import { askInBetween } from './interruption';
import type { Step } from './steps';
import { pickTargets } from './targetPick';

/** So long the list waits for regions before it is shown; those that come later are added to it. Milliseconds. */
const showAfterMs = 500;

/** Asks for the targets: any number of profile × service × region. */
export function targetsStep(services: Services, signIn: SignIn): Step<ImportDraft> {
	return {
		id: 'targets',
		title: () => l10n.t('Targets'),
		isNeeded: ({ given }) => !given.has('targets'),
		async ask(draft, frame) {
			const patterns = draft.patterns ?? draft.targets ?? (await suggested(draft, services));
			const answer = await chooseTargets(frame, draft, patterns, services, signIn, (selection) => {
				draft.targets = selection.targets();
				draft.patterns = selection.patterns();
			});
			return answer.kind === 'value' ? 'next' : answer.kind;
		},
	};
}

/** Has targets chosen, beginning with those of the patterns. `changed` is told of the choice at each change. */
export async function chooseTargets(
	frame: Frame,
	{ key, scope }: Pick<ImportDraft, 'key' | 'scope'>,
	patterns: readonly TargetPattern[],
	services: Services,
	signIn: SignIn,
	changed: (selection: TargetSelection) => void,
): Promise<Answer<TargetSelection>> {
	const { providers, remoteKeys } = services;
	const sets = () => targetSets(providers);
	const opening = TargetCatalog.open(services, {
		...(key && { key: key.key }),
		...(scope && { scope }),
		wanted: patterns,
		expected: sets().flatMap((set) => set.patterns),
	});
	const opened = await waitFor(frame, l10n.t('Reading your profiles…'), opening.then(withFirstLists));
	if (opened.kind !== 'value') {
		void opening.then((catalog) => catalog.dispose());
		return opened;
	}
	const catalog = opened.value;
	const selection = new TargetSelection(() => catalog.groups);
	selection.setPatterns(patterns, true);
	changed(selection);
	try {
		const picked = await pickTargets(frame, {
			catalog,
			selection,
			remoteKeys,
			signIn,
			sets,
			save: () => saveAsSet(selection, sets()),
			changed: () => changed(selection),
		});
		changed(selection);
		return picked.kind === 'value' ? { kind: 'value', value: selection } : picked;
	} finally {
		catalog.dispose();
	}
}

/** What is chosen as long as the person has chosen nothing: what they chose last, else the own region of the only profile there is. */
async function suggested({ key, scope }: ImportDraft, services: Services): Promise<readonly TargetPattern[]> {
	const { profiles, providers, targetMemory } = services;
	const last = scope ? [] : targetMemory.last;
	if (last.length > 0) {
		return last;
	}
	const usable = (await profiles.all()).flatMap((listing) =>
		'profiles' in listing ? listing.profiles.filter(({ kind }) => kind !== 'broken') : [],
	);
	const profile = scope?.profile ?? (usable.length === 1 ? usable[0] : undefined);
	const offered = providers.vendors
		.flatMap(({ vendor, services: manifests }) => (vendor === profile?.vendor ? manifests : []))
		.filter(({ service }) => scope?.service === undefined || service === scope.service)
		.filter(({ rules }) => !key || checkKey(key.key, rules).every(({ severity }) => severity !== 'error'));
	const [manifest] = offered;
	if (!profile || !manifest) {
		return [];
	}
	const target = { service: manifest.service, profile: profile.name };
	if (!manifest.capabilities.regions) {
		return [target];
	}
	return profile.region === undefined ? [] : [{ ...target, region: profile.region }];
}

async function withFirstLists(catalog: TargetCatalog): Promise<TargetCatalog> {
	let timer: NodeJS.Timeout | undefined;
	const enough = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, showAfterMs);
	});
	await Promise.race([catalog.listQuietly(), enough]);
	clearTimeout(timer);
	return catalog;
}

/** Asks for a name, in front of the list, and saves what is chosen. */
async function saveAsSet(selection: TargetSelection, sets: readonly TargetSet[]): Promise<void> {
	const patterns = selection.patterns();
	const name = await askInBetween(() => enterSetName(sets));
	if (name !== undefined) {
		await keepSet({ name, patterns, unread: [] });
	}
}

/** The name of a new target set, trimmed; undefined when given up. Warns of a name that one of `sets` has. */
export async function enterSetName(sets: readonly TargetSet[]): Promise<string | undefined> {
	const answer = await enterText(
		{ title: l10n.t('Save as Target Set'), canGoBack: false },
		{
			prompt: l10n.t('Name of the target set'),
			placeholder: l10n.t('For example, production'),
			value: '',
			validate: (text) => checkSetName(text.trim(), sets),
		},
	);
	return answer.kind === 'value' ? answer.value.trim() : undefined;
}

function checkSetName(name: string, sets: readonly TargetSet[]): ReturnType<TextOptions['validate']> {
	if (name === '') {
		return { message: l10n.t('A target set needs a name.'), severity: InputBoxValidationSeverity.Error };
	}
	return sets.some((set) => set.name === name)
		? {
				message: l10n.t('The target set of this name will be replaced.'),
				severity: InputBoxValidationSeverity.Warning,
			}
		: undefined;
}

/** Saves a set; says so when the settings can't be written. */
export async function keepSet(set: TargetSet): Promise<boolean> {
	try {
		await saveTargetSet(set);
		return true;
	} catch {
		void window.showErrorMessage(
			l10n.t("Couldn't save the target set: the settings file cannot be written. Save or mend it, then try again."),
		);
		return false;
	}
}
