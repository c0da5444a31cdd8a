import { l10n } from 'vscode';
import type { ServiceManifest } from '../../providers/contract';
import type { Providers } from '../../services/ports';
import type { ImportDraft } from './importDraft';
import type { Step } from './steps';
import { askForTags } from './tagList';

/** Asks for tags: a list to add to, edit and remove from. Not asked when no chosen service has tags; those that have none are named, and the others' rules
 * hold. */
export function tagsStep(providers: Providers): Step<ImportDraft> {
	return {
		id: 'tags',
		title: () => l10n.t('Tags'),
		isNeeded: (draft) => !draft.given.has('tags') && mayHaveTags(services(draft)),
		ask: (draft, frame) => {
			const without = services(draft).filter(({ capabilities }) => !capabilities.tags);
			return askForTags(frame, {
				tags: draft.tags ?? {},
				services: services(draft).filter(({ capabilities }) => capabilities.tags),
				done: describeContinue,
				changed: (tags) => {
					draft.tags = tags;
				},
				...(without.length > 0 && {
					placeholder: l10n.t('Add tags, or continue. {0} has none', without.map(({ label }) => label).join(', ')),
				}),
			});
		},
	};

	function services({ targets, scope }: ImportDraft): readonly ServiceManifest[] {
		const chosen = new Set(targets?.map((target) => target.service) ?? (scope?.service ? [scope.service] : []));
		return [...chosen].map((id) => providers.manifest(id));
	}
}

/** The row of a form that goes on with these tags. */
export function describeContinue(tags: Readonly<Record<string, string>>): string {
	return Object.keys(tags).length > 0 ? l10n.t('Continue') : l10n.t('Continue without tags');
}

/** While no target is chosen, tags are counted on. */
function mayHaveTags(services: readonly ServiceManifest[]): boolean {
	return services.length === 0 || services.some(({ capabilities }) => capabilities.tags);
}
