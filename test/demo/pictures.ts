import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { AlibabaAccount } from '../emulator/alibaba/accounts/account.js';
import { writeAlibabaProfiles } from '../fakes/alibabaProfiles.js';
import { keyLines } from '../fakes/keys.js';
import { holdKeyPair } from '../fakes/person.js';
import { ImportForm } from '../ui/importForm.js';
import { openScene, type Scene } from '../ui/scene.js';
import { ROOT } from '../ui/vscode.js';
import type { Window } from '../ui/window.js';

type Point = { readonly x: number; readonly y: number };
type Clip = Point & { readonly width: number; readonly height: number };

const maxBytes = 200_000;
const width = 1000;

/** Takes the pictures of the README, `media/readme/*.png`, twice as sharp as they are shown.
 * @throws {Error} when one is larger than 200 kB */
export async function takePictures(): Promise<void> {
	let alibaba: AlibabaAccount | undefined;
	const scene = await openScene({
		scale: 2,
		settings: { 'breadcrumbs.enabled': false, 'workbench.layoutControl.enabled': false },
		files: { 'ops.pub': `${keyLines.ops}\n` },
		prepare: async (home, emulator, { account, publicKeys }) => {
			holdKeyPair(account, 'us-east-1', 'deploy', publicKeys['deploy_rsa.pub']);
			holdKeyPair(account, 'us-east-1', 'legacy', keyLines.deploy);
			// Another key under the same name.
			holdKeyPair(account, 'us-west-2', 'deploy', keyLines.deploy);
			alibaba = emulator.alibaba.accounts.add();
			await writeAlibabaProfiles(home, { hangzhou: alibaba });
		},
	});
	const { window } = scene;
	try {
		// A list takes less than half of the height.
		await window.page.setViewportSize({ width, height: 1000 });
		await targets(window);
		await review(window);
		await window.page.setViewportSize({ width, height: 640 });
		alibaba?.deniedActions.add('ens:ImportKeyPair');
		await results(window);
		alibaba?.deniedActions.clear();
		await retry(window);
		await window.page.setViewportSize({ width, height: 800 });
		await views(window);
		await window.page.setViewportSize({ width, height: 640 });
		await hover(window);
		await problems(scene);
	} catch (error) {
		process.stderr.write(`Picture: ${await window.screenshot('pictures-failed')}\n`);
		throw error;
	} finally {
		await scene.close();
	}
}

/** Stops in the list of targets, across vendors. */
async function targets(window: Window): Promise<void> {
	const form = new ImportForm(window);
	await form.open();
	await window.pick('deploy_rsa.pub').click();
	await form.at('Targets');
	await form.unmarkAll();
	await form.toggleTarget('mel', 'us-west-2', 'EC2');
	await form.toggleTarget('hangzhou', 'ENS', 'ENS');
	await form.toggleTarget('hangzhou', 'cn-hangzhou', 'ECS');
	await form.toggleTarget('ops', 'us-east-1', 'EC2');
	await form.toggleTarget('mel', 'us-east-1', 'EC2');
	await form.toggleTarget('mel', 'us-east-1', 'Lightsail');
	await form.counts(6);
	await window.quickInputText.fill('us-east');
	await form.target('hangzhou', 'us-east-1', 'ECS').waitFor();
	await restMouse(window);
	await save(window, 'targets', window.quickInput);
	await window.quickInputText.fill('');
	await form.accept();
}

/** Goes on to the review. */
async function review(window: Window): Promise<void> {
	const form = new ImportForm(window);
	await form.at('Name');
	await window.quickInputText.fill('deploy');
	await window.page.keyboard.press('Enter');
	await form.at('Tags');
	await addTag(window, 'team', 'platform');
	await window.pick('Continue').click();
	await form.at('Review');
	await restMouse(window);
	await save(window, 'review', window.quickInput);
}

/** Runs the import, which one target refuses. */
async function results(window: Window): Promise<void> {
	const view = 'Import Results';
	await new ImportForm(window).run();
	await window.notification(/Import of deploy: .*1 failed/).waitFor();
	await window.clearNotifications();
	await window.command('View: Show Cloud Key Pairs');
	await widenSideBar(window, 700);
	await window.toggleView('Local Public Keys');
	await window.toggleView('Cloud Key Pairs');
	await window.toggleView(view);
	await window.expand(view, '2 imported');
	await window.expand(view, '2 already there');
	await window.row(view, 'hangzhou · ENS').click();
	await save(window, 'results', { x: 45, y: 30, width: 660, height: 312 });
}

async function retry(window: Window): Promise<void> {
	const view = 'Import Results';
	await window.press(window.row(view, '1 failed'), 'Retry Failed Imports');
	await window.row(view, '3 imported').waitFor();
	await window.clearNotifications();
	await window.toggleView(view);
	await window.toggleView('Cloud Key Pairs');
	await window.toggleView('Local Public Keys');
	await widenSideBar(window, 620);
}

async function views(window: Window): Promise<void> {
	const view = 'Cloud Key Pairs';
	// The first edge is the one between the first two views.
	const edge = await placeOf(window.page.locator('.part.sidebar .monaco-pane-view .monaco-sash.horizontal').first());
	await drag(window, { x: edge.x + 100, y: edge.y + edge.height / 2 }, { x: edge.x + 100, y: 235 });
	await window.collapseAll(view);
	await window.expand(view, 'hangzhou');
	await window.expand(view, 'ENS');
	await window.expand(view, 'ECS');
	await window.expand(view, 'cn-hangzhou');
	await window.row(view, 'deploy').first().waitFor();
	await window.expand(view, 'mel');
	await window.expand(view, 'EC2');
	await window.expand(view, 'us-east-1');
	await window.row(view, 'legacy').first().click();
	await save(window, 'views', { x: 0, y: 30, width: 620, height: 620 });
}

async function hover(window: Window): Promise<void> {
	await window.row('Local Public Keys', 'deploy_rsa.pub').click();
	await window.page.locator('.tab.active[data-resource-name="deploy_rsa.pub"]').waitFor();
	await window.command('View: Toggle Primary Side Bar Visibility');
	// The key is selected.
	await window.page.locator('.editor-instance .view-line').first().click();
	await window.page.keyboard.press('Home');
	await window.hover('ssh-rsa');
	await save(window, 'hover', { x: 45, y: 30, width: 810, height: 330 });
	await window.page.keyboard.press('Escape');
	await window.command('View: Close Editor');
}

async function problems({ window, person }: Scene): Promise<void> {
	const form = new ImportForm(window);
	await window.openFile('ops.pub');
	await window.contextMenu(window.page.locator('.tab.active'), 'Import Key Pair…');
	await form.fill({ profile: 'ops', regions: ['eu-west-1'], name: 'ops@laptop' });
	// Somebody else is quicker.
	holdKeyPair(person.opsAccount, 'eu-west-1', 'ops@laptop', keyLines.mel);
	await form.run();
	await window.answer(/was not imported/, 'Show Problems');
	await window.page.locator('.editor-instance .view-line').first().click();
	await window.page.locator('.lightBulbWidget').waitFor();
	await window.page.keyboard.press('ControlOrMeta+.');
	await window.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
	await save(window, 'problems');
}

async function addTag(window: Window, key: string, value: string): Promise<void> {
	await window.pick('Add tag…').click();
	await window.quickInput.getByText('Tag key').waitFor();
	await window.quickInputText.fill(key);
	await window.page.keyboard.press('Enter');
	await window.quickInput.getByText(`Value of tag ${key}`).waitFor();
	await window.quickInputText.fill(value);
	await window.page.keyboard.press('Enter');
	await window.pick(key).waitFor();
}

/** Moves the mouse to where it points at nothing. */
async function restMouse({ page: { mouse } }: Window): Promise<void> {
	await mouse.move(width - 20, 500);
}

/** Drags the edge between side bar and editor. */
async function widenSideBar(window: Window, x: number): Promise<void> {
	const bar = await placeOf(window.page.locator('.part.sidebar'));
	const y = bar.y + bar.height / 2;
	await drag(window, { x: bar.x + bar.width, y }, { x, y });
}

async function drag({ page: { mouse } }: Window, from: Point, to: Point): Promise<void> {
	await mouse.move(from.x, from.y);
	await mouse.down();
	await mouse.move(to.x, to.y, { steps: 5 });
	await mouse.up();
}

async function placeOf(part: Locator): Promise<Clip> {
	const place = await part.boundingBox();
	if (!place) {
		throw new Error(`It cannot be seen: ${part}`);
	}
	return place;
}

/** Takes the whole window, or a part of it. */
async function save(window: Window, name: string, part?: Clip | Locator): Promise<void> {
	const file = path.join(ROOT, 'media', 'readme', `${name}.png`);
	// What grows or fades comes to rest.
	await window.page.waitForTimeout(500);
	const clip = part && ('boundingBox' in part ? await placeOf(part) : part);
	await window.page.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
	const { size } = await stat(file);
	process.stdout.write(`${file}: ${Math.round(size / 1000)} kB\n`);
	if (size > maxBytes) {
		throw new Error(`${file} is larger than ${maxBytes / 1000} kB`);
	}
}
