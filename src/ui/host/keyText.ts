import { type Uri, window, workspace } from 'vscode';
import { maxKeyFileBytes } from '../../services/localKeys/localKeys';
import { FileError, type Files } from '../../services/ports';
import { describeFileError } from '../messages/keyFiles';

/** The text of a key file as it stands in the editor, or in the file; undefined when it can't be read, which the person was told. */
export async function readKeyText(uri: Uri, files: Files): Promise<string | undefined> {
	const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
	if (open) {
		return open.getText();
	}
	try {
		const bytes = Buffer.from(await files.read(uri.toString(), maxKeyFileBytes));
		const text = bytes.toString('utf8');
		bytes.fill(0);
		return text;
	} catch (error) {
		if (!(error instanceof FileError)) {
			throw error;
		}
		void window.showErrorMessage(describeFileError(error.code));
		return undefined;
	}
}
