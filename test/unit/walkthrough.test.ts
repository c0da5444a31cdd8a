import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

interface Step {
	readonly id: string;
	readonly description: string;
	readonly media: { readonly svg: string; readonly altText: string };
	readonly completionEvents: readonly string[];
}

interface Manifest {
	readonly contributes: {
		readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
		readonly commands: readonly { readonly command: string }[];
		readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
	};
}

describe('the walkthrough', () => {
	let steps: readonly Step[];
	/** The extension's own commands and views, as completion events name them. */
	let own: ReadonlySet<string>;

	before(async () => {
		const { contributes }: Manifest = JSON.parse(await readFile('package.json', 'utf8'));
		steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
		own = new Set([
			...contributes.commands.map(({ command }) => `onCommand:${command}`),
			...Object.values(contributes.views).flatMap((views) => views.map(({ id }) => `onView:${id}`)),
		]);
	});

	it('has four or five steps', () => {
		assert.ok(steps.length === 4 || steps.length === 5, `${steps.length} steps`);
	});

	it('completes each step by a command or view that there is', () => {
		for (const { id, completionEvents } of steps) {
			assert.ok(completionEvents.length > 0, id);
			for (const event of completionEvents) {
				assert.ok(own.has(event) || event.startsWith('onCommand:workbench.'), `${id}: ${event}`);
			}
		}
	});

	it('describes each picture, and draws it in the colors of the theme alone', async () => {
		for (const { id, media } of steps) {
			assert.match(media.altText, /^%.+%$/, id);
			const svg = await readFile(media.svg, 'utf8');
			const colors = [...svg.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map(([, color = '']) => color);
			assert.ok(colors.length > 5, id);
			assert.deepEqual(
				colors.filter((color) => color !== 'none' && !color.startsWith('var(--vscode-')),
				[],
				id,
			);
			// The page of a walkthrough takes neither scripts nor inline styles.
			assert.doesNotMatch(svg, /<script|<style|\bstyle=|\bon\w+=/, id);
		}
	});
});
