// VS Code's own command line, as far as it is understood here.
const path = require('node:path');

const LISTS = { extensionDevelopmentPath: 'extensionDevelopmentPaths', 'install-extension': 'installExtensions' };
const PATHS = {
	extensionTestsPath: 'extensionTestsPath',
	'user-data-dir': 'userDataDir',
	'extensions-dir': 'extensionsDir',
};

/**
 * Reads `--name=value`, `--name value` and a folder. Paths come back absolute; other switches are ignored, also
 * `--disable-workspace-trust`, which test-electron always adds: here the settings decide.
 * `extensionTestsPath`, `userDataDir`, `extensionsDir`, `locale` and `folder` are undefined when they are not given.
 */
function parseArguments(args) {
	const options = { extensionDevelopmentPaths: [], installExtensions: [] };
	for (let i = 0; i < args.length; i++) {
		const [, name, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(args[i]) ?? [];
		const value = () => inline ?? args[++i] ?? '';
		if (name in LISTS) {
			options[LISTS[name]].push(path.resolve(value()));
		} else if (name in PATHS) {
			options[PATHS[name]] = path.resolve(value());
		} else if (name === 'locale') {
			options.locale = value();
		} else if (!args[i].startsWith('-')) {
			options.folder = path.resolve(args[i]);
		}
	}
	return options;
}

module.exports = { parseArguments };
