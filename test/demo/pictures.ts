import { stat } from 'node:fs/promises';
import path from 'node:path';
import { keyLines } from '../fakes/keys.js';
import { holdKeyPair } from '../fakes/person.js';
import { ImportForm } from '../ui/importForm.js';
import { openScene, type Scene } from '../ui/scene.js';
import { ROOT } from '../ui/vscode.js';
import type { Window } from '../ui/window.js';

type Clip = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const maxBytes = 200_000;
const width = 1000;

/** Takes the pictures of the README, `media/readme/*.png`, twice as sharp as they are shown.
 * @throws {Error} when one is larger than 200 kB */
export async function takePictures(): Promise<void> {
	const scene = await openScene({
		scale: 2,
		settings: { 'breadcrumbs.enabled': false, 'workbench.layoutControl.enabled': false },
		files: { 'ops.pub': `${keyLines.ops}\n` },
		prepare: async (_home, _emulator, { account, publicKeys }) => {
			holdKeyPair(account, 'us-east-1', 'deploy', publicKeys['deploy_rsa.pub']);
			holdKeyPair(account, 'us-east-1', 'legacy', keyLines.deploy);
		},
	});
	const { window } = scene;
	try {
		await window.page.setViewportSize({ width, height: 640 });
		await views(window);
		await hover(window);
		await targets(window);
		await problems(scene);
	} finally {
		await scene.close();
	}
}

async function views(window: Window): Promise<void> {
	const form = new ImportForm(window);
	await form.openAndFill({
		key: 'id_ed25519.pub',
		profile: 'mel',
		regions: ['us-east-1', 'eu-west-1'],
		name: 'mel-laptop',
	});
	await form.run();
	await window.answer(/Import of mel-laptop: 2 imported\./, 'Show Key Pair');
	await window.row('Cloud Key Pairs', 'mel-laptop').waitFor();
	await widenSideBar(window, 460);
	await window.row('Local Public Keys', 'id_ed25519.pub').click();
	await window.row('Cloud Key Pairs', 'mel-laptop').click();
	await save(window, 'views');
}

async function hover(window: Window): Promise<void> {
	await window.command('View: Toggle Primary Side Bar Visibility');
	await window.hover('ssh-ed25519');
	await save(window, 'hover', { x: 45, y: 30, width: 810, height: 330 });
	await window.page.keyboard.press('Escape');
}

async function targets(window: Window): Promise<void> {
	const form = new ImportForm(window);
	await form.open();
	await window.pick('id_ed25519.pub').click();
	await form.at('Targets');
	await form.unmarkAll();
	await form.toggleTarget('mel', 'eu-west-2');
	await form.toggleTarget('ops', 'eu-west-2');
	await window.quickInputText.fill('eu-west');
	await form.target('mel', 'us-east-1').waitFor({ state: 'hidden' });
	await save(window, 'regions', await window.quickInput.boundingBox());
	await form.giveUp();
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
	await window.page.keyboard.press('ControlOrMeta+.');
	await window.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
	await save(window, 'problems');
}

/** Drags the edge between side bar and editor. */
async function widenSideBar(window: Window, x: number): Promise<void> {
	const { mouse } = window.page;
	const bar = await window.page.locator('.part.sidebar').boundingBox();
	if (!bar) {
		throw new Error('There is no side bar');
	}
	const y = bar.y + bar.height / 2;
	await mouse.move(bar.x + bar.width, y);
	await mouse.down();
	await mouse.move(x, y, { steps: 5 });
	await mouse.up();
}

async function save(window: Window, name: string, clip?: Clip | null): Promise<void> {
	const file = path.join(ROOT, 'media', 'readme', `${name}.png`);
	await window.page.waitForTimeout(500);
	await window.page.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
	const { size } = await stat(file);
	process.stdout.write(`${file}: ${Math.round(size / 1000)} kB\n`);
	if (size > maxBytes) {
		throw new Error(`${file} is larger than ${maxBytes / 1000} kB`);
	}
}
