// A window that runs extension tests.
const util = require('node:util');
const { launchBrowser, newPage } = require('./browser.js');
const { isChatter } = require('./chatter.js');

const CONNECTION_LOST = /^\[remote-connection\]\[ExtensionHost\].*received socket close event/;
const FIRST_SIGN_LIMIT_MS = 120_000;

/**
 * Opens the address, whose payload names the tests, prints what the tests write to their console, and resolves to their exit code.
 * @throws {Error} when the window crashes, or when no extension host has reported anything within two minutes
 */
async function runTestsInWindow({ guard, address, server, language }) {
	const browser = await launchBrowser(guard);
	const page = await newPage(browser, { language });
	return new Promise((resolve, reject) => {
		const fail = (reason) => reject(new Error(`${reason}\n${server.log()}`));
		const timer = setTimeout(() => fail('The window did not come up'), FIRST_SIGN_LIMIT_MS);
		page.once('crash', () => fail('The window crashed'));
		browser.once('disconnected', () => fail('The browser ended'));
		let lost = false;
		const open = async () => {
			// When the extension host dies before the tests are through, VS Code calls that exit code 0.
			await page.exposeFunction('codeAutomationExit', (code) => resolve(lost ? code || 1 : code));
			await page.exposeFunction('codeAutomationLog', (type, args) => {
				clearTimeout(timer);
				const text = util.format(...args);
				lost ||= CONNECTION_LOST.test(text);
				print(type, text);
			});
			await page.goto(address);
		};
		open().catch(reject);
	});
}

function print(type, text) {
	if (!isChatter(text)) {
		(type === 'error' || type === 'warn' ? console.error : console.log)(text);
	}
}

module.exports = { runTestsInWindow };
