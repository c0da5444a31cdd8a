import { homedir } from 'node:os';
import type { CodeActionProvider, HoverProvider, SecretStorage, TreeDataProvider, TreeView } from 'vscode';
import type { CloudKeyPairsApi } from '../api';
import { AgentKeys } from '../services/agentKeys';
import type { Disposable } from '../services/event';
import type { CloudNode } from '../services/keyTree';
import { LocalKeys } from '../services/localKeys';
import { Profiles } from '../services/profiles';
import { RemoteKeys } from '../services/remoteKeys';
import { systemClock } from '../services/systemClock';
import { commandHandlers } from './commands/all';
import type { CommandId } from './commands/ids';
import { ImportCommand } from './commands/importKey';
import { runCommand } from './commands/run';
import { ImportRunner } from './commands/runImport';
import { createApi } from './createApi';
import { askForMfaCode } from './forms/mfaCode';
import { DisposableStore } from './host/disposables';
import { workspaceFiles } from './host/files';
import { OutputLog } from './host/log';
import { registeredProviders } from './host/providers';
import { savedAccessKeys } from './host/savedAccessKeys';
import { agentInUse, onDidChangeAgentUse, vendorSettings } from './host/settings';
import { localKeySources, watchFiles } from './host/watching';
import { ImportActions } from './language/importActions';
import { ImportDiagnostics } from './language/importDiagnostics';
import { KeyActions } from './language/keyActions';
import { KeyDiagnostics } from './language/keyDiagnostics';
import { KeyHover } from './language/keyHover';
import { KeyTexts } from './language/keyTexts';
import { ProblemCollection } from './language/problemCollection';
import type { Services } from './services';
import { SignIn } from './signIn';
import { CloudKeysTree } from './views/cloudKeysTree';
import { KeyPairRows } from './views/keyPairRows';
import { LocalKeysTree } from './views/localKeysTree';
import type { LocalNode } from './views/nodes';

/** What `extension.ts` gives: it registers, and hands over what VS Code made of it. */
export interface AppContext {
	/** The extension's own version. */
	readonly version: string;
	readonly secrets: SecretStorage;
	readonly keyPairsView: TreeView<CloudNode>;
}

/** The features behind what `extension.ts` registers. */
export interface App extends Disposable {
	readonly api: CloudKeyPairsApi;
	readonly localKeys: TreeDataProvider<LocalNode>;
	readonly keyPairs: TreeDataProvider<CloudNode>;
	readonly hover: HoverProvider;
	readonly codeActions: CodeActionProvider;
	/** Runs a command; see `runCommand` for what becomes of its failures. */
	run(command: CommandId, ...args: readonly unknown[]): Promise<unknown>;
}

/** Makes the features and connects them; reads nothing yet. Called once, at the first use of any. */
export function createApp({ version, secrets, keyPairsView }: AppContext): App {
	const store = new DisposableStore();
	const log = store.add(new OutputLog());
	const environment = { variables: process.env, home: homedir(), accessKeys: savedAccessKeys(secrets) };
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
	};
	store.add(services.profiles.onDidChange(() => void services.remoteKeys.forget()));
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
	const importActions = new ImportActions(importDiagnostics, services.profiles, signIn);
	const runner = new ImportRunner(services, rows, importDiagnostics, signIn);
	const importCommand = new ImportCommand(services, runner, signIn, keyDiagnostics);
	const handlers = commandHandlers({ services, rows, signIn, runner, importCommand });
	return {
		api: createApi(services, runner),
		localKeys,
		keyPairs,
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
