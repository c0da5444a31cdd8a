import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CodeActionProvider, HoverProvider, Memento, SecretStorage, TreeDataProvider, TreeView } from 'vscode';
import type { CloudKeyPairsApi } from '../api';
import type { CloudNode } from '../services/cloudKeys/keyTree';
import { RemoteKeys } from '../services/cloudKeys/remoteKeys';
import type { Disposable } from '../services/event';
import { ChangeHistory } from '../services/history/changeHistory';
import { LastImport } from '../services/imports/lastImport';
import { AgentKeys } from '../services/localKeys/agentKeys';
import { LocalKeys } from '../services/localKeys/localKeys';
import { Profiles } from '../services/profiles/profiles';
import { systemClock } from '../services/systemClock';
import { commandHandlers } from './commands/all';
import type { CommandId } from './commands/ids';
import { ImportCommand } from './commands/importKey';
import { runCommand } from './commands/run';
import { ImportRunner } from './commands/runImport';
import { createApi } from './createApi';
import { askForMfaCode } from './forms/mfaCode';
import { DisposableStore } from './host/disposables';
import { ReadOnlyDocuments } from './host/documents';
import { workspaceFiles } from './host/files';
import { OutputLog } from './host/log';
import { registeredProviders } from './host/providers';
import { SavedAccessKeys } from './host/savedAccessKeys';
import { agentInUse, onDidChangeAgentUse, onDidChangeVendorSettings, vendorSettings } from './host/settings';
import { TargetMemory } from './host/targetMemory';
import { localKeySources, watchFiles } from './host/watching';
import { ImportActions } from './language/importActions';
import { ImportDiagnostics } from './language/importDiagnostics';
import { KeyActions } from './language/keyActions';
import { KeyDiagnostics } from './language/keyDiagnostics';
import { KeyHover } from './language/keyHover';
import { KeyTexts } from './language/keyTexts';
import { ProblemCollection } from './language/problemCollection';
import { ImportResults } from './results/importResults';
import type { Services } from './services';
import { SignIn } from './signIn';
import { CloudKeysTree } from './views/cloudKeysTree';
import { KeyPairRows } from './views/keyPairRows';
import { LocalKeysTree } from './views/localKeysTree';
import type { LocalNode } from './views/nodes';
import type { ResultNode } from './views/resultNodes';
import { ResultsTree } from './views/resultsTree';

/** What `extension.ts` gives: it registers, and hands over what VS Code made of it. */
export interface AppContext {
	/** The extension's own version. */
	readonly version: string;
	readonly secrets: SecretStorage;
	/** Kept over restarts, for all windows of this machine. */
	readonly globalState: Memento;
	/** The folder for what the extension keeps; absolute path. */
	readonly storageFolder: string;
	readonly keyPairsView: TreeView<CloudNode>;
	readonly importResultsView: TreeView<ResultNode>;
}

/** The features behind what `extension.ts` registers. */
export interface App extends Disposable {
	readonly api: CloudKeyPairsApi;
	readonly localKeys: TreeDataProvider<LocalNode>;
	readonly keyPairs: TreeDataProvider<CloudNode>;
	readonly importResults: TreeDataProvider<ResultNode>;
	readonly hover: HoverProvider;
	readonly codeActions: CodeActionProvider;
	/** Runs a command; see `runCommand` for what becomes of its failures. */
	run(command: CommandId, ...args: readonly unknown[]): Promise<unknown>;
}

/** Makes the features and connects them; reads nothing yet. Called once, at the first use of any. */
export function createApp(context: AppContext): App {
	const { version, secrets, globalState, storageFolder, keyPairsView, importResultsView } = context;
	const store = new DisposableStore();
	const log = store.add(new OutputLog());
	const accessKeys = new SavedAccessKeys(secrets, log);
	const environment = { variables: process.env, home: homedir(), accessKeys };
	const providers = registeredProviders({
		environment,
		log,
		mfaCode: askForMfaCode,
		userAgent: `cloud-key-pairs/${version}`,
		settings: vendorSettings,
	});
	const services: Services = {
		log,
		clock: systemClock,
		files: workspaceFiles,
		providers,
		profiles: store.add(new Profiles(providers, environment, watchFiles)),
		remoteKeys: store.add(new RemoteKeys(providers, systemClock, log)),
		localKeys: store.add(new LocalKeys(workspaceFiles, localKeySources)),
		agentKeys: store.add(new AgentKeys(agentInUse, log)),
		environment,
		accessKeys,
		targetMemory: new TargetMemory(globalState, providers),
	};
	store.add(accessKeys.onDidChange(() => services.profiles.refresh()));
	store.add(services.profiles.onDidChange(() => void services.remoteKeys.forget()));
	const allVendors = providers.vendors.map(({ vendor }) => vendor);
	store.add(onDidChangeVendorSettings(allVendors, () => void services.remoteKeys.forget()));
	store.add(onDidChangeAgentUse(() => services.agentKeys.refresh()));
	const signIn = new SignIn(services);
	const localKeys = store.add(new LocalKeysTree(services.localKeys, services.agentKeys, services.remoteKeys));
	const keyPairs = store.add(new CloudKeysTree(services, signIn));
	const rows = new KeyPairRows(keyPairs, keyPairsView);
	const problems = store.add(new ProblemCollection());
	const texts = new KeyTexts();
	const keyDiagnostics = store.add(new KeyDiagnostics(problems, texts, services.localKeys));
	const importDiagnostics = store.add(new ImportDiagnostics(problems, providers));
	const keyActions = new KeyActions(texts);
	const importActions = new ImportActions(importDiagnostics, providers, services.profiles, signIn);
	const documents = store.add(new ReadOnlyDocuments());
	const history = store.add(new ChangeHistory(join(storageFolder, 'history.jsonl')));
	store.add(history.onDidChange((entries) => importDiagnostics.settle(entries)));
	const lastImport = store.add(new LastImport(join(storageFolder, 'lastImport.json')));
	const results = store.add(new ImportResults(lastImport, history, documents, providers, log));
	const runner = new ImportRunner(services, rows, importDiagnostics, signIn, results);
	const importCommand = new ImportCommand(services, runner, signIn, keyDiagnostics);
	const handlers = commandHandlers({
		...{ services, rows, signIn, runner, importCommand },
		...{ results, history, documents },
	});
	return {
		api: createApi(services, runner),
		localKeys,
		keyPairs,
		importResults: store.add(
			new ResultsTree(results, providers, (text) => {
				importResultsView.description = text;
			}),
		),
		hover: new KeyHover(services, texts),
		codeActions: {
			provideCodeActions: async (document, range, context) => [
				...keyActions.provideCodeActions(document, range, context),
				...(await importActions.provideCodeActions(document, range, context)),
			],
		},
		run: (command, ...args) => runCommand(command, log, () => handlers[command](...args)),
		dispose: () => store.dispose(),
	};
}
