import { homedir } from 'node:os';
import { type ExtensionContext, languages } from 'vscode';
import type { CloudKeyPairsApi } from './api';
import { LocalKeys } from './services/localKeys';
import { Profiles } from './services/profiles';
import { RemoteKeys } from './services/remoteKeys';
import { systemClock } from './services/systemClock';
import { registerCommands } from './ui/commands/all';
import { ImportCommand } from './ui/commands/importKey';
import { ImportRunner } from './ui/commands/runImport';
import { createApi } from './ui/createApi';
import { askForMfaCode } from './ui/forms/mfaCode';
import { DisposableStore } from './ui/host/disposables';
import { workspaceFiles } from './ui/host/files';
import { OutputLog } from './ui/host/log';
import { registeredProviders } from './ui/host/providers';
import { localKeySources, watchFiles } from './ui/host/watching';
import { publicKeyDocuments } from './ui/language/documents';
import { ImportActions } from './ui/language/importActions';
import { ImportDiagnostics } from './ui/language/importDiagnostics';
import { KeyDiagnostics } from './ui/language/keyDiagnostics';
import { KeyHover } from './ui/language/keyHover';
import { ProblemCollection } from './ui/language/problemCollection';
import type { Services } from './ui/services';
import { SignIn } from './ui/signIn';
import { Views } from './ui/views/register';

/** Called by VS Code at the first use of a view, a command or a key in an editor. Makes and registers the parts; reads nothing. */
export function activate(context: ExtensionContext): CloudKeyPairsApi {
	const store = new DisposableStore();
	context.subscriptions.push(store);
	const log = store.add(new OutputLog());
	const environment = { variables: process.env, home: homedir() };
	const providers = registeredProviders({
		environment,
		log,
		mfaCode: askForMfaCode,
		userAgent: `cloud-key-pairs/${context.extension.packageJSON.version}`,
	});
	const services: Services = {
		log,
		clock: systemClock,
		files: workspaceFiles,
		providers,
		profiles: store.add(new Profiles(providers, environment, watchFiles)),
		remoteKeys: store.add(new RemoteKeys(providers, systemClock, log)),
		localKeys: store.add(new LocalKeys(workspaceFiles, localKeySources)),
		environment,
	};
	store.add(services.profiles.onDidChange(() => void services.remoteKeys.forget()));
	const signIn = new SignIn(services);
	const views = store.add(new Views(services, signIn));
	const problems = store.add(new ProblemCollection());
	const keyDiagnostics = store.add(new KeyDiagnostics(problems));
	const importDiagnostics = store.add(new ImportDiagnostics(problems, providers));
	const runner = new ImportRunner(services, views, importDiagnostics, signIn);
	const importCommand = new ImportCommand(services, runner, signIn, keyDiagnostics);
	store.add(registerCommands({ services, log, views, signIn, runner, importCommand }));
	store.add(languages.registerHoverProvider(publicKeyDocuments, new KeyHover(services.remoteKeys, providers)));
	store.add(
		languages.registerCodeActionsProvider(publicKeyDocuments, new ImportActions(importDiagnostics), {
			providedCodeActionKinds: ImportActions.kinds,
		}),
	);
	return createApi(services, runner);
}
