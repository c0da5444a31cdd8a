// The settings of the person who uses the VS Code under test.
const fs = require('node:fs');
const path = require('node:path');

/** A window without the distractions of a first start, trusting every folder, its menu bar and layout the same everywhere. */
const TEST_SETTINGS = {
	'workbench.startupEditor': 'none',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.tips.enabled': false,
	'workbench.enableExperiments': false,
	'workbench.colorTheme': 'Default Dark Modern',
	'workbench.iconTheme': 'vs-seti',
	'chat.disableAIFeatures': true,
	'chat.agentHost.enabled': false,
	'security.workspace.trust.enabled': false,
	'extensions.autoUpdate': false,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'update.mode': 'none',
	'telemetry.telemetryLevel': 'off',
	'git.enabled': false,
	'json.schemaDownload.enable': false,
	'remote.autoForwardPorts': false,
	'window.menuBarVisibility': 'compact',
	'editor.minimap.enabled': false,
};

/** Writes a user's settings.json: those above, with overrides. `userDataDir` is what VS Code's --user-data-dir names. */
function writeSettings(userDataDir, overrides = {}) {
	const file = path.join(userDataDir, 'User', 'settings.json');
	fs.mkdirSync(path.dirname(file), { recursive: true });
	fs.writeFileSync(file, `${JSON.stringify({ ...TEST_SETTINGS, ...overrides }, undefined, '\t')}\n`);
}

module.exports = { writeSettings };
