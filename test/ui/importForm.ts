import type { Workbench } from './workbench.js';

/** What is entered in the form, step by step; the steps for what is left out are not shown or keep what they offer. */
export interface FormEntries {
	/** File name of a local key. */
	readonly key?: string;
	readonly profile?: string;
	/** Exactly these are marked. */
	readonly regions?: readonly string[];
	readonly name?: string;
}

/** The form of *Import Key Pair* in a window, used as a person does. */
export class ImportForm {
	constructor(private readonly window: Workbench) {}

	/** Opens it from the palette, fills it and stops at its review. */
	async openAndFill(entries: FormEntries): Promise<void> {
		await this.open();
		await this.fill(entries);
	}

	/** Opens it from the palette. */
	async open(): Promise<void> {
		await this.window.command('Import Key Pair…');
	}

	/** Goes on to the review from the first step that there is something to enter for. Tags stay as they are. */
	async fill({ key, profile, regions, name }: FormEntries): Promise<void> {
		if (key !== undefined) {
			await this.at('Public key');
			await this.window.pick(key).click();
		}
		if (profile !== undefined) {
			await this.at('Profile');
			await this.window.pick(profile).click();
		}
		if (regions !== undefined) {
			await this.chooseRegions(regions);
		}
		if (name !== undefined) {
			await this.at('Name');
			await this.window.quickInputText.fill(name);
			await this.window.page.keyboard.press('Enter');
		}
		await this.at('Tags');
		await this.window.pick(/^Continue/).click();
		await this.at('Review');
	}

	/** Waits until the step is shown whose title begins so. */
	async at(step: string): Promise<void> {
		await this.window.quickInputTitled(new RegExp(`· ${step}`));
	}

	/** Waits until the step is shown with this place in the form, such as `Tags`, `5/6`. */
	async atStep(step: string, place: string): Promise<void> {
		await this.window.quickInputTitled(new RegExp(`· ${step}.* \\(${place}\\)$`));
	}

	/** Marks these regions and no other, by typing a part of their names, and accepts. */
	async chooseRegions(regions: readonly string[]): Promise<void> {
		await this.at('Regions');
		for (const region of await this.markedRegions()) {
			if (!regions.includes(region)) {
				await this.toggleRegion(region);
			}
		}
		const marked = await this.markedRegions();
		for (const region of regions.filter((name) => !marked.includes(name))) {
			await this.toggleRegion(region);
		}
		await this.window.quickInput.getByRole('button', { name: 'OK' }).click();
	}

	/** The marked regions among the rows that can be seen. */
	async markedRegions(): Promise<string[]> {
		await this.at('Regions');
		const rows = this.window.quickInput.locator('.quick-input-list .monaco-list-row');
		await rows.first().waitFor();
		const marked = rows.and(this.window.page.locator('[aria-checked="true"]'));
		return marked.locator('.quick-input-list-row:first-child .label-name').allTextContents();
	}

	/** Marks a region, or takes the mark away. */
	async toggleRegion(region: string): Promise<void> {
		await this.window.quickInputText.fill(region);
		await this.window.pick(region).click();
		await this.window.quickInputText.fill('');
	}

	/** Presses the arrow in the title. */
	async back(): Promise<void> {
		await this.window.quickInput.getByRole('button', { name: /^Back/ }).click();
	}

	/** Presses Escape and waits until the form is gone. */
	async giveUp(): Promise<void> {
		await this.window.page.keyboard.press('Escape');
		await this.window.quickInput.waitFor({ state: 'hidden' });
	}

	/** Starts the import from the review. */
	async run(): Promise<void> {
		await this.at('Review');
		await this.settled();
		await this.window.pick(/^Import into/).click();
	}

	/** Waits until the progress of the last import has gone: of more than three notifications within 0.8 s VS Code does not pop up the last ones. */
	async settled(): Promise<void> {
		await this.window.notification(/Importing/).waitFor({ state: 'hidden' });
	}
}
