import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.js';

/** What is entered in the form, step by step; the steps for what is left out are not shown or keep what they offer. */
export interface FormEntries {
	/** File name of a local key. */
	readonly key?: string;
	/** With `regions`: exactly these targets are marked. */
	readonly profile?: string;
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
		if (profile !== undefined && regions !== undefined) {
			await this.chooseTargets(profile, regions);
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
		await this.ready(step);
	}

	/** Waits until the step is shown with this place in the form, such as `Tags`, `4/5`. */
	async atStep(step: string, place: string): Promise<void> {
		await this.window.quickInputTitled(new RegExp(`· ${step}.* \\(${place}\\)$`));
		await this.ready(step);
	}

	/** The lists of keys and targets are shown empty while files are read. */
	private async ready(step: string): Promise<void> {
		if (step === 'Targets') {
			await this.window.quickInput.getByPlaceholder(/^Choose /).waitFor();
		} else if (step === 'Public key') {
			await this.window.quickInput.locator('.quick-input-list .monaco-list-row').first().waitFor();
		}
	}

	/** Marks these regions of a profile in EC2 and no other target, by typing a part of their names, and accepts. */
	async chooseTargets(profile: string, regions: readonly string[]): Promise<void> {
		await this.at('Targets');
		await this.unmarkAll();
		for (const region of regions) {
			await this.toggleTarget(profile, region);
		}
		await this.accept();
	}

	/** Presses the button of lists in which several rows can be marked. */
	async accept(): Promise<void> {
		await this.window.quickInput.getByRole('button', { name: 'OK' }).click();
	}

	/** The row of a region of a profile in a service, if it can be seen. A service without regions is named in the region's place. */
	target(profile: string, region: string, service = 'EC2'): Locator {
		return this.window.quickInput.locator(`.monaco-list-row[aria-label^="${region}, ${profile} · ${service}"]`);
	}

	/** The row that stands for all regions of a profile in EC2, if it can be seen. */
	all(profile: string): Locator {
		return this.window.quickInput.locator(`.monaco-list-row[aria-label^="All enabled regions, ${profile} · EC2"]`);
	}

	/** What a screen reader says of the rows that can be seen and have their mark, without what comes after the first comma. */
	async marked(): Promise<string[]> {
		const rows = this.window.quickInput.locator('.quick-input-list .monaco-list-row');
		await rows.first().waitFor();
		const marked = await rows
			.and(this.window.page.locator('[aria-checked="true"]'))
			.evaluateAll((found: { getAttribute(name: string): string | null }[]) =>
				found.map((row) => row.getAttribute('aria-label') ?? ''),
			);
		return marked.map((said) => said.split(',')[0] ?? '');
	}

	/** The box above a list that marks all rows that can be seen. */
	get checkAll(): Locator {
		return this.window.quickInput.locator('.quick-input-header').getByRole('checkbox');
	}

	/** Takes all marks away. */
	async unmarkAll(): Promise<void> {
		await this.window.quickInputText.fill('');
		await this.window.quickInput.locator('.quick-input-list .monaco-list-row').first().waitFor();
		if ((await this.count()) > 0) {
			if ((await this.checkAll.getAttribute('aria-checked')) !== 'true') {
				await this.checkAll.click();
			}
			await this.checkAll.click();
			await this.counts(0);
		}
	}

	/** Marks a target, or takes the mark away. */
	async toggleTarget(profile: string, region: string, service?: string): Promise<void> {
		await this.window.quickInputText.fill(region);
		await this.target(profile, region, service).click();
		await this.window.quickInputText.fill('');
	}

	/** Waits until so many targets are chosen, as the title says. */
	async counts(targets: number): Promise<void> {
		const said = targets === 0 ? /^(?!.*\d targets?\b)/ : new RegExp(`\\b${targets} targets?\\b`);
		await this.window.quickInput.locator('.quick-input-title', { hasText: said }).waitFor();
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
		await this.window.pick(/^(Import into|Nothing left to import)/).click();
	}

	/** Waits until the progress of the last import has gone: of more than three notifications within 0.8 s VS Code does not pop up the last ones. */
	async settled(): Promise<void> {
		await this.window.notification(/Importing/).waitFor({ state: 'hidden' });
	}

	private async count(): Promise<number> {
		const title = (await this.window.quickInput.locator('.quick-input-title').textContent()) ?? '';
		return Number(/(\d+) targets?\b/.exec(title)?.[1] ?? 0);
	}
}
