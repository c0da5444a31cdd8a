import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from './vscode.js';

const APPEARS_MS = 30_000;
const RETRY_MS = 1_500;
const POLL_MS = 50;
/** In its first moments a menu takes no click. */
const MENU_READY_MS = 200;

/** A row of a tree as it stands there. */
export interface Row {
	readonly label: string;
	readonly description: string;
	/** 1 for the top. */
	readonly level: number;
	/** Undefined for a row without children. */
	readonly expanded: boolean | undefined;
	/** What a screen reader says. */
	readonly accessibleName: string;
}

/** A row of the Problems panel. */
export interface ProblemRow {
	readonly message: string;
	readonly source: string;
	readonly code: string;
	/** As shown: `[Ln 1, Col 9]`. */
	readonly position: string;
}

/** The message below an input box. */
export interface InputMessage {
	readonly text: string;
	/** `none` for the prompt. */
	readonly severity: 'error' | 'warning' | 'info' | 'none';
}

/** The part of a DOM element that is read here; the code runs in the page. */
interface PageElement {
	readonly textContent: string | null;
	readonly className: string;
	getAttribute(name: string): string | null;
	querySelector(selector: string): PageElement | null;
}

/** Drives a window as a person does: keys, clicks, the mouse. Everything waits for what it needs, for 30 s at most. */
export class Workbench {
	constructor(readonly page: Page) {
		page.setDefaultTimeout(APPEARS_MS);
	}

	/** Runs a command by its title in the palette, with or without its category. */
	async command(title: string): Promise<void> {
		await this.#choose(`>${title}`, 'F1', new RegExp(`^(.*: )?${escapeRegExp(title)}$`));
	}

	/** Opens a file of the workspace by its name and waits for its editor. */
	async openFile(name: string): Promise<void> {
		await this.#choose(name, 'Control+P', new RegExp(`^${escapeRegExp(name)}$`));
		await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
		await this.page.locator('.editor-instance .view-line').first().waitFor();
	}

	/** The open quick pick or input box. */
	get quickInput(): Locator {
		return this.page.locator('.quick-input-widget:visible');
	}

	/** The row of the open quick pick with this label. */
	pick(label: string | RegExp): Locator {
		return withLabel(this.quickInput.locator('.quick-input-list .monaco-list-row'), this.page, label);
	}

	/** The text field of the open quick pick or input box. */
	get quickInputText(): Locator {
		return this.quickInput.locator('input[type="text"]');
	}

	/** What has the keyboard in the open quick pick or input box; it is shown a moment before it has. */
	get quickInputFocus(): Locator {
		return this.quickInput.locator(':focus');
	}

	/** Waits until the open quick pick or input box has this title, step count included, such as `Import Key Pair · Tags (5/6)`. */
	async quickInputTitled(title: string | RegExp): Promise<void> {
		const text = typeof title === 'string' ? exactly(title) : title;
		await this.quickInput.locator('.quick-input-title', { hasText: text }).waitFor();
	}

	/** What a screen reader says of each row of the open quick pick that can be seen. */
	async picks(): Promise<string[]> {
		await this.quickInput.locator('.quick-input-list .monaco-list-row').first().waitFor();
		return this.quickInput
			.locator('.quick-input-list .monaco-list-row')
			.evaluateAll((rows: PageElement[]) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
	}

	/** Replaces the text of the open input box and waits for the message below it to say this. */
	async enter(text: string, expected: string | RegExp): Promise<InputMessage> {
		await this.quickInputText.fill(text);
		const message = this.quickInput.locator('.quick-input-message', { hasText: expected });
		await message.waitFor();
		const [classes = ''] = await this.quickInput
			.locator('.monaco-inputbox')
			.evaluateAll((boxes: PageElement[]) => boxes.map((box) => box.className));
		const severity = (['error', 'warning', 'info'] as const).find((name) => classes.split(' ').includes(name));
		return { text: (await message.textContent()) ?? '', severity: severity ?? 'none' };
	}

	/** A view in the side bar by its title, as in `Local Public Keys`. */
	view(title: string): Locator {
		const header = this.page.locator('.pane-header h3.title', { hasText: exactly(title) });
		return this.page.locator('.pane', { has: header });
	}

	/** The row of a view with this label. */
	row(view: string, label: string | RegExp): Locator {
		return withLabel(this.view(view).locator('.monaco-list-row'), this.page, label);
	}

	/** All rows that a view shows at this moment. */
	async rows(view: string): Promise<Row[]> {
		return this.view(view)
			.locator('.monaco-list-row')
			.evaluateAll((rows: PageElement[]) =>
				rows.map((row) => ({
					label: row.querySelector('.label-name')?.textContent ?? '',
					description: row.querySelector('.label-description')?.textContent ?? '',
					level: Number(row.getAttribute('aria-level')),
					expanded: { true: true, false: false }[row.getAttribute('aria-expanded') ?? ''],
					accessibleName: row.getAttribute('aria-label') ?? '',
				})),
			);
	}

	/** Expands a row of a view, unless it is, and returns it. */
	async expand(view: string, label: string | RegExp): Promise<Locator> {
		const row = this.row(view, label);
		await row.waitFor();
		if ((await row.getAttribute('aria-expanded')) !== 'true') {
			await row.locator('.monaco-tl-twistie').click();
			await this.row(view, label).and(this.page.locator('[aria-expanded="true"]')).waitFor();
		}
		return row;
	}

	/** Collapses all rows of a view that has a button for that. */
	async collapseAll(view: string): Promise<void> {
		await this.press(this.view(view).locator('.pane-header'), 'Collapse All');
		await this.view(view).locator('.monaco-list-row[aria-level="2"]').first().waitFor({ state: 'hidden' });
	}

	/** Folds a view to its title, or unfolds it. */
	async toggleView(title: string): Promise<void> {
		await this.view(title).locator('.pane-header h3').click();
	}

	/** Presses an inline action of a row, or an action in the title of a view. */
	async press(place: Locator, action: string): Promise<void> {
		await place.hover();
		await place.getByRole('button', { name: action }).click();
	}

	/** An entry of the open context menu; right-click something first. */
	menuItem(label: string): Locator {
		return this.page.locator('.monaco-menu .action-item', { hasText: exactly(label) });
	}

	/** Right-clicks something and chooses an entry of the menu that opens. */
	async contextMenu(target: Locator, label: string): Promise<void> {
		const item = this.menuItem(label);
		// A menu lacks what extensions that are still starting add.
		await until(async () => {
			await this.page.keyboard.press('Escape');
			await target.click({ button: 'right', timeout: RETRY_MS });
			await item.waitFor({ timeout: RETRY_MS });
		});
		await delay(MENU_READY_MS);
		await until(async () => {
			if (await item.isVisible()) {
				await item.click({ timeout: RETRY_MS });
			}
			await this.page.locator('.monaco-menu').waitFor({ state: 'hidden', timeout: RETRY_MS });
		});
	}

	/** Rests the mouse on a text in the editor and returns the hover that appears. */
	async hover(text: string): Promise<Locator> {
		const content = this.page.locator('.editor-instance .view-line', { hasText: text }).first().locator('> span');
		const hover = this.page.locator('.monaco-resizable-hover:visible, .monaco-hover.workbench-hover:visible').first();
		await until(async () => {
			const box = await content.boundingBox({ timeout: RETRY_MS });
			// The editor shows spaces as no-break spaces. All characters are equally wide.
			const shown = ((await content.textContent({ timeout: RETRY_MS })) ?? '').replaceAll('\u00a0', ' ');
			if (!box || !shown.includes(text)) {
				throw new Error(`not in one line of the editor: ${text}`);
			}
			const x = box.x + (box.width / shown.length) * (shown.indexOf(text) + text.length / 2);
			await this.page.mouse.move(x - 40, box.y + box.height * 4);
			await this.page.mouse.move(x, box.y + box.height / 2, { steps: 5 });
			await hover.waitFor({ timeout: RETRY_MS });
		});
		return hover;
	}

	/** Puts the cursor on a line of the editor that holds this text, asks for its quick fixes by keyboard and chooses one. */
	async quickFix(text: string, title: string | RegExp): Promise<void> {
		const line = this.page.locator('.editor-instance .view-line', { hasText: text }).first();
		const fix = this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
		await until(async () => {
			await line.click({ timeout: RETRY_MS });
			await this.page.keyboard.press('ControlOrMeta+.');
			await fix.click({ timeout: RETRY_MS });
		});
	}

	/** Opens Problems and returns what stands there. */
	async problems(): Promise<ProblemRow[]> {
		await this.command('Problems: Focus on Problems View');
		const panel = this.page.locator('.markers-panel');
		await panel.waitFor();
		return panel.locator('.monaco-list-row[aria-level="2"]').evaluateAll((rows: PageElement[]) =>
			rows.map((row) => ({
				message: row.querySelector('.marker-message')?.textContent ?? '',
				source: row.querySelector('.marker-source')?.textContent ?? '',
				code: row.querySelector('.marker-code')?.textContent ?? '',
				position: row.querySelector('.marker-line')?.textContent ?? '',
			})),
		);
	}

	/** The notification that holds this text. */
	notification(text: string | RegExp): Locator {
		return this.page.locator('.notification-toast', { hasText: text });
	}

	/** Presses a button of the notification that holds this text. */
	async answer(text: string | RegExp, button: string): Promise<void> {
		await this.notification(text).getByRole('button', { name: button, exact: true }).click();
	}

	/** Removes all notifications, as they cover what is below them. */
	async clearNotifications(): Promise<void> {
		await this.command('Notifications: Clear All Notifications');
		await this.page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
	}

	/** Waits until this text is what was copied last. */
	async copied(text: string): Promise<void> {
		await until(async () => {
			assert.equal(await this.page.evaluate('navigator.clipboard.readText()'), text);
		});
	}

	/** Saves a picture of the window and returns its path, `test-results/<name>.png`. */
	async screenshot(name: string): Promise<string> {
		const file = path.join(ROOT, 'test-results', `${name}.png`);
		await mkdir(path.dirname(file), { recursive: true });
		await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
		return file;
	}

	/** Types into the quick pick behind a key and clicks a row; again while the window is still starting. */
	async #choose(text: string, key: string, label: RegExp): Promise<void> {
		const input = this.quickInput.locator('input');
		await until(async () => {
			// A list that is open already keeps what it found when the extensions were not there yet.
			await this.page.keyboard.press('Escape');
			await this.page.keyboard.press(key);
			await input.fill(text, { timeout: RETRY_MS });
			await this.pick(label).first().click({ timeout: RETRY_MS });
		});
	}
}

/** Repeats an action until it goes through. @throws {Error} the last error, after 30 s */
async function until(action: () => Promise<void>): Promise<void> {
	for (const deadline = Date.now() + APPEARS_MS; ; await delay(POLL_MS)) {
		try {
			return await action();
		} catch (error) {
			if (Date.now() > deadline) {
				throw error;
			}
		}
	}
}

function withLabel(rows: Locator, page: Page, label: string | RegExp): Locator {
	const text = typeof label === 'string' ? exactly(label) : label;
	return rows.filter({ has: page.locator('.label-name', { hasText: text }) });
}

/** Spaces around the text are the workbench's. */
function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${escapeRegExp(text)}\\s*$`);
}

function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
