import { Uri, workspace } from 'vscode';
import { ArgumentError } from './run';

/** Saves an open document as UTF-8 without a byte order mark, whatever its encoding was. VS Code then reads it anew.
 * @throws {ArgumentError} when the argument is not the Uri of a document that is open. */
export async function saveAsUtf8(argument: unknown): Promise<void> {
	const uri = argument instanceof Uri ? argument : undefined;
	const document = workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri?.toString());
	if (uri === undefined || document === undefined) {
		throw new ArgumentError('_cloudKeyPairs.saveAsUtf8 takes the Uri of a document that is open');
	}
	// What was typed is in the file first: VS Code would not read over it.
	if (!document.isDirty || (await document.save())) {
		await workspace.fs.writeFile(uri, Buffer.from(document.getText(), 'utf8'));
	}
}
