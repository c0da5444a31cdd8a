import { type FileHandle, open, unlink } from 'node:fs/promises';

/** Writes a file that did not exist, and has its content on the disk before it resolves with what `check` makes of the open file. Anything of that name, be it
 * a link to nowhere, is left as it is; of what can't be written as a whole nothing stays behind. `mode`: who may read it, less what the umask forbids. Rejects
 * with the system's error: EEXIST when there is something of that name. */
export async function writeNewFile<T>(
	file: string,
	content: Uint8Array,
	mode: number,
	check: (handle: FileHandle) => Promise<T>,
): Promise<T> {
	const handle = await open(file, 'wx', mode);
	return removeIfFails(file, async () => {
		try {
			await handle.writeFile(content);
			await handle.sync();
			return await check(handle);
		} finally {
			await handle.close();
		}
	});
}

/** What the task resolves with. When it rejects, the file is removed before that is told. */
export async function removeIfFails<T>(file: string, task: () => Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		await unlink(file).catch(() => {});
		throw error;
	}
}
