import { l10n, Uri, window } from 'vscode';
import type { ImportOutcome } from '../../api';
import type { Target } from '../../domain/target';
import type { CloudNode } from '../../services/cloudKeys/keyTree';
import type { ImportOptions } from '../../services/imports/keyImport';
import type { LocalKeyFile } from '../../services/localKeys/localKeys';
import type { ImportDraft } from '../forms/importDraft';
import { askForImport, completed, newDraft } from '../forms/importForm';
import { checkImportRequest, refusedOutcomes, resolveKey, toDraft, toImportOutcome, toOptions } from '../importRequest';
import { isRecord } from '../isRecord';
import type { KeyDiagnostics } from '../language/keyDiagnostics';
import { showProblems } from '../language/showProblems';
import { describeKeyFile } from '../messages/keyFiles';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import { isCloudNode, isLocalNode, type LocalNode } from '../views/nodes';
import { derivePublicKeyFile } from './derivePublicKey';
import type { ImportRunner } from './runImport';

const defaultOptions: ImportOptions = { dryRun: false, ifExists: 'keep' };

/** *Import Key Pair*: asks for what its argument does not say, imports, and returns what came of each target; undefined when given up. */
export class ImportCommand {
	constructor(
		private readonly services: Services,
		private readonly runner: ImportRunner,
		private readonly signIn: SignIn,
		private readonly keyDiagnostics: KeyDiagnostics,
	) {}

	/** Takes nothing (palette), a file (menus), a row of a view, a draft (quick fixes), or an ImportRequest or a part of one (keybindings, tasks,
	 * other extensions). A complete request is run without any question. */
	async run(argument: unknown): Promise<readonly ImportOutcome[] | undefined> {
		if (argument instanceof Uri) {
			return this.askForFile(argument);
		}
		if (isLocalNode(argument)) {
			return this.askForNode(argument);
		}
		if (isCloudNode(argument)) {
			return this.ask(this.draftFor(argument));
		}
		if (isDraft(argument)) {
			return this.ask(argument);
		}
		return isRecord(argument) ? this.runRequest(argument) : this.askForActiveFile();
	}

	private async askForNode(node: LocalNode) {
		const file = node.kind === 'localKey' ? node.file : undefined;
		if (node.key) {
			return this.ask(newDraft({ key: node.key, ...(file && { origin: Uri.parse(file.uri) }) }));
		}
		return file && this.refuse(file);
	}

	private draftFor(node: CloudNode): ImportDraft {
		if (node.kind === 'vendorFailure') {
			return newDraft();
		}
		const { profile } = node;
		if ('target' in node && this.isWhole(node.target)) {
			return { targets: [node.target], given: new Set(['targets']) };
		}
		const service = 'service' in node ? node.service : 'target' in node ? node.target.service : undefined;
		if (service !== undefined && !this.services.providers.manifest(service).capabilities.regions) {
			return { targets: [{ service, profile: profile.name }], given: new Set(['targets']) };
		}
		return { scope: { profile, ...(service !== undefined && { service }) }, given: new Set() };
	}

	/** Whether an import can go there; without its region it may stand for all regions of a service. */
	private isWhole({ service, region }: Target): boolean {
		return region !== undefined || !this.services.providers.manifest(service).capabilities.regions;
	}

	private async askForActiveFile() {
		const active = window.activeTextEditor?.document;
		return active?.uri.path.endsWith('.pub') ? this.askForFile(active.uri, true) : this.ask(newDraft());
	}

	/** `isGuess`: the file was not pointed at, so that the key is asked for all the same. */
	private async askForFile(uri: Uri, isGuess = false) {
		const file = await this.services.localKeys.read(uri.toString());
		const [key, ...others] = file.keys;
		if (isGuess) {
			return this.ask({ ...(key && { key: { key, origin: uri } }), given: new Set() });
		}
		if (!key) {
			return this.refuse(file);
		}
		return this.ask(others.length > 0 ? { keyList: file, given: new Set() } : newDraft({ key, origin: uri }));
	}

	private async runRequest(argument: Readonly<Record<string, unknown>>) {
		const request = checkImportRequest(argument, this.services);
		const options = toOptions(request);
		if (request.publicKey === undefined) {
			return this.ask(toDraft(request, undefined));
		}
		const resolved = await resolveKey(request.publicKey, this.services);
		if (!('key' in resolved)) {
			if (resolved.file) {
				this.showKeyProblems(resolved.file);
			}
			void window.showErrorMessage(resolved.error.message);
			return refusedOutcomes(request.targets ?? [], resolved.error);
		}
		const draft = toDraft(request, resolved.key);
		const attempt = completed(draft);
		return attempt ? this.report(await this.runner.run(attempt, options)) : this.ask(draft);
	}

	private async ask(draft: ImportDraft) {
		const attempt = await askForImport(draft, this.services, this.signIn, (file) => {
			this.refuse(file).catch((error: unknown) => this.services.log.error('After a key was refused', error));
		});
		return attempt && this.report(await this.runner.run(attempt, draft.options ?? defaultOptions));
	}

	private report(outcomes: Awaited<ReturnType<ImportRunner['run']>>): readonly ImportOutcome[] {
		return outcomes.map((outcome) => toImportOutcome(outcome, this.services));
	}

	/** A file without a usable key: its problems are shown where they are, before any call. */
	private async refuse(file: LocalKeyFile): Promise<readonly ImportOutcome[] | undefined> {
		this.showKeyProblems(file);
		const derive = l10n.t('Write Public Key');
		const show = l10n.t('Show Problems');
		const another = l10n.t('Choose Another Key');
		const text = l10n.t(
			'{0} cannot be imported: {1}',
			file.name,
			describeKeyFile(file) || l10n.t('It contains no public key.'),
		);
		const canDerive = file.isPrivateKey || file.problems.some(({ code }) => code === 'privateKey');
		const hasProblems = file.problems.length > 0;
		const ways = [...(canDerive ? [derive] : []), ...(hasProblems ? [show] : []), another];
		const chosen = await window.showErrorMessage(text, ...ways);
		if (chosen === derive) {
			const written = await derivePublicKeyFile(Uri.parse(file.uri), this.services);
			return written === undefined ? undefined : this.askForFile(Uri.parse(written));
		}
		if (chosen === show) {
			const range = file.problems[0]?.range;
			await showProblems(Uri.parse(file.uri), range);
		} else if (chosen === another) {
			return this.ask(newDraft());
		}
		return undefined;
	}

	private showKeyProblems(file: LocalKeyFile): void {
		this.keyDiagnostics.show(Uri.parse(file.uri), file.problems);
	}
}

function isDraft(value: unknown): value is ImportDraft {
	return isRecord(value) && value['given'] instanceof Set;
}
