// The address of a window: what it opens, and what is under development or test in it.
const path = require('node:path');

/**
 * The address under which a server shows a window with this folder (none: an empty window), with extensions under development
 * and, in a window that runs tests, the module with the tests. All paths are absolute.
 */
function windowAddress(port, { folder, extensionDevelopmentPaths = [], extensionTestsPath }) {
	const payload = [
		...extensionDevelopmentPaths.map((file) => ['extensionDevelopmentPath', remoteUri(port, file)]),
		...(extensionTestsPath ? [['extensionTestsPath', remoteUri(port, extensionTestsPath)]] : []),
		['skipWelcome', 'true'],
		['skipReleaseNotes', 'true'],
	];
	const address = new URL(`http://127.0.0.1:${port}/`);
	if (folder) {
		address.searchParams.set('folder', uriPath(folder));
	} else {
		address.searchParams.set('ew', 'true');
	}
	address.searchParams.set('payload', JSON.stringify(payload));
	return address.href;
}

function remoteUri(port, file) {
	return `vscode-remote://127.0.0.1:${port}${encodeURI(uriPath(file))}`;
}

/** A path as URIs have it: `/home/me/x`, `/C:/x`. */
function uriPath(file) {
	const forward = path.resolve(file).split(path.sep).join('/');
	return forward.startsWith('/') ? forward : `/${forward}`;
}

module.exports = { windowAddress };
