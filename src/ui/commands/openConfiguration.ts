import { access } from 'node:fs/promises';
import { Uri, window } from 'vscode';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';
import { profileOf } from './targets';

/** Opens the file that defines a profile; without a profile the vendor's first configuration file, new if there is none yet. */
export async function openConfiguration(argument: unknown, services: Services): Promise<void> {
	const path = await configurationPath(argument, services);
	if (path !== undefined) {
		const exists = await access(path).then(
			() => true,
			() => false,
		);
		await window.showTextDocument(exists ? Uri.file(path) : Uri.file(path).with({ scheme: 'untitled' }));
	}
}

async function configurationPath(argument: unknown, services: Services): Promise<string | undefined> {
	const [first] = services.profiles.files();
	if (argument === undefined || (isCloudNode(argument) && argument.kind === 'vendorFailure')) {
		return first;
	}
	const { source, kind } = await profileOf(argument, services);
	return kind === 'environment' ? first : source;
}
