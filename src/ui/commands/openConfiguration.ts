import { access } from 'node:fs/promises';
import { commands, Range, Uri, window } from 'vscode';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';
import { commandIds } from './ids';
import { profileOf } from './targets';

/** Opens the file that defines a profile, or the file and line that a failure names; without either the vendor's first configuration file, new if
 * there is none yet. For an access key that was entered by hand it opens the form. */
export async function openConfiguration(argument: unknown, services: Services): Promise<void> {
	const failed = isCloudNode(argument) && 'failure' in argument ? argument.failure : undefined;
	const path = failed?.file ?? (await configurationPath(argument, services));
	if (path !== undefined) {
		const line = failed?.line;
		const exists = await access(path).then(
			() => true,
			() => false,
		);
		await window.showTextDocument(
			exists ? Uri.file(path) : Uri.file(path).with({ scheme: 'untitled' }),
			line === undefined ? {} : { selection: new Range(line, 0, line, 0) },
		);
	}
}

async function configurationPath(argument: unknown, services: Services): Promise<string | undefined> {
	const [first] = services.profiles.files();
	if (argument === undefined || (isCloudNode(argument) && argument.kind === 'vendorFailure')) {
		return first;
	}
	const { vendor, name, source, kind } = await profileOf(argument, services);
	if (kind === 'saved') {
		// It stands in no file: entering it again replaces it.
		await commands.executeCommand(commandIds.addAccessKey, { name });
		return undefined;
	}
	const manifest = services.providers.vendors.find((candidate) => candidate.vendor === vendor);
	return source === 'environment' ? manifest?.profileFiles(services.environment)[0] : source;
}
