// The headless browser that shows the window.
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { CHROMIUM, hasOwnChromium } = require('./paths.js');

/** Starts a headless Chromium that closes with the guard and keeps all its files in the guard's folder. */
async function launchBrowser(guard) {
	const browser = await withTemporaryFolder(guard.folder, () => chromium.launch(launchOptions(guard.folder)));
	guard.defer(() => browser.close());
	return browser;
}

/** CHROMIUM_PATH goes before npm's Chromium; where neither is, Playwright looks for an installed Chrome. */
function launchOptions(folder) {
	const options = {
		headless: true,
		// The callers close the browser with all the rest.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: [
			'--font-render-hinting=none',
			'--disable-gpu',
			// Nothing but this machine can be reached.
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
		],
	};
	if (process.env.CHROMIUM_PATH) {
		return { ...options, executablePath: process.env.CHROMIUM_PATH };
	}
	if (!hasOwnChromium()) {
		return { ...options, channel: 'chrome' };
	}
	return { ...options, executablePath: path.join(CHROMIUM, 'chromium'), env: ownEnvironment(folder) };
}

/** What npm's Chromium needs: our fonts alone, and its libraries where set-up found that the system lacks some. */
function ownEnvironment(folder) {
	const libraries = path.join(CHROMIUM, 'lib');
	return {
		...process.env,
		HOME: folder,
		TMPDIR: folder,
		XDG_CACHE_HOME: path.join(folder, 'cache'),
		XDG_CONFIG_HOME: path.join(folder, 'config'),
		FONTCONFIG_FILE: path.join(CHROMIUM, 'fonts.conf'),
		...(fs.existsSync(libraries) && { LD_LIBRARY_PATH: libraries }),
	};
}

/** Playwright puts its profile and artifacts into the temporary folder of this process. */
async function withTemporaryFolder(folder, action) {
	const names = ['TMPDIR', 'TEMP', 'TMP'];
	const before = names.map((name) => process.env[name]);
	for (const name of names) {
		process.env[name] = folder;
	}
	try {
		return await action();
	} finally {
		names.forEach((name, i) => {
			if (before[i] === undefined) {
				delete process.env[name];
			} else {
				process.env[name] = before[i];
			}
		});
	}
}

/**
 * A page of 1280 x 800 pixels that may use the clipboard. `scale` is in device pixels per pixel. `language`, such as `zh-cn`, is
 * the display language as extensions see it; VS Code's own text stays English, since npm has no language packs.
 */
async function newPage(browser, { language, scale = 1 } = {}) {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		deviceScaleFactor: scale,
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	if (language) {
		await context.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};` });
	}
	return context.newPage();
}

module.exports = { launchBrowser, newPage };
