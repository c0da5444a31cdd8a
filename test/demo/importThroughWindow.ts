import type { Window } from '../ui/window';

/** What is entered in the form. */
export interface FormEntries {
	/** File name of a local key. */
	readonly key: string;
	readonly profile: string;
	readonly region: string;
	readonly name: string;
}

/** Imports a key by *Import Key Pair* of the palette, with mouse and keys, and shows the new key pair from the notification. */
export async function importThroughWindow(window: Window, { key, profile, region, name }: FormEntries): Promise<void> {
	const { page } = window;
	await window.command('Import Key Pair…');
	await window.pick(key).click();
	await window.pick(profile).click();
	// The profile's own region is marked beforehand.
	await window.pick('us-east-1').locator('.monaco-checkbox, input').first().click();
	await window.pick(region).locator('.monaco-checkbox, input').first().click();
	await window.quickInput.getByRole('button', { name: 'OK' }).click();
	await window.quickInput.getByText('Name of the key pair').waitFor();
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type(name);
	await page.keyboard.press('Enter');
	await window.pick('Continue without tags').click();
	await window.pick(`Import into ${profile} · ${region}`).click();
	const notification = window.notification(`Imported ${name} into ${profile} · ${region}.`);
	await notification.waitFor();
	await notification.getByText('Show Key Pair').click();
	await window.row('Cloud Key Pairs', name).waitFor();
}
