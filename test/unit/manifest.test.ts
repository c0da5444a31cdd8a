import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandIds } from '../../src/ui/commands/ids';

interface MenuItem {
	readonly command: string;
	readonly when?: string;
	readonly group?: string;
}

interface Manifest {
	readonly main: string;
	readonly icon: string;
	readonly l10n: string;
	readonly engines: { readonly vscode: string };
	readonly devDependencies: Readonly<Record<string, string>>;
	readonly activationEvents: readonly string[];
	readonly capabilities: {
		readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
		readonly virtualWorkspaces: { readonly supported: unknown };
	};
	readonly contributes: {
		readonly commands: readonly Readonly<Record<'command' | 'title' | 'category' | 'icon', string>>[];
		readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
		readonly viewsContainers: Readonly<Record<string, readonly Readonly<Record<'id' | 'title' | 'icon', string>>[]>>;
		readonly views: Readonly<
			Record<string, readonly Readonly<Record<'id' | 'name' | 'contextualTitle' | 'icon', string>>[]>
		>;
		readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
		readonly configuration: readonly {
			readonly title: string;
			readonly order: number;
			readonly properties: Readonly<Record<string, Setting>>;
		}[];
	};
}

interface Setting {
	readonly type: string;
	readonly default: unknown;
	readonly scope: string;
	readonly order: number;
	readonly markdownDescription: string;
}

/** Commands that a person can run without pointing at something. */
const inPalette = [
	'cloudKeyPairs.addAccessKey',
	'cloudKeyPairs.checkPermission',
	'cloudKeyPairs.chooseTargets',
	'cloudKeyPairs.create',
	'cloudKeyPairs.generate',
	'cloudKeyPairs.import',
	'cloudKeyPairs.refresh',
	'cloudKeyPairs.removeAccessKey',
	'cloudKeyPairs.retryFailed',
	'cloudKeyPairs.showHistory',
	'cloudKeyPairs.showImportDetails',
	'cloudKeyPairs.undoImport',
];

/** Context keys of VS Code itself, for `when`. */
const hostKeys = ['view', 'viewItem', 'resourceExtname', 'resourceLangId', 'editorLangId'];

const isText = (text: string) => /^%[\w.]+%$/.test(text);
const isCodicon = (text: string) => /^\$\([a-z-]+\)$/.test(text);

describe('the manifest', () => {
	let manifest: Manifest;
	let texts: Readonly<Record<string, string | { readonly message: string }>>;
	let chinese: typeof texts;
	let items: readonly (MenuItem & { readonly menu: string })[];

	const read = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

	before(async () => {
		manifest = await read('package.json');
		texts = await read('package.nls.json');
		chinese = await read('package.nls.zh-cn.json');
		items = Object.entries(manifest.contributes.menus).flatMap(([menu, entries]) =>
			entries.map((entry) => ({ ...entry, menu })),
		);
	});

	it('lets its contributions alone activate the extension', () => {
		assert.deepEqual(manifest.activationEvents, []);
	});

	it('asks for the VS Code whose API the code is checked against', () => {
		assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
	});

	it('has every text in English and Chinese, and writes none itself', async () => {
		const named = [...(await readFile('package.json', 'utf8')).matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key);
		assert.ok(named.length > 20);
		for (const key of named) {
			assert.ok(texts[key], `${key} in English`);
			assert.ok(chinese[key], `${key} in Chinese`);
		}
	});

	describe('of a command', () => {
		it('gives title, category and icon', () => {
			for (const { command, title, category, icon } of manifest.contributes.commands) {
				assert.ok(isText(title), command);
				assert.equal(category, '%category%', command);
				assert.ok(isCodicon(icon), command);
			}
		});

		it('names one that the extension registers, and leaves out none that others may call', () => {
			const contributed = manifest.contributes.commands.map(({ command }) => command);
			assert.equal(new Set(contributed).size, contributed.length);
			const registered: readonly string[] = Object.values(commandIds);
			assert.deepEqual(
				contributed.filter((command) => !registered.includes(command)),
				[],
			);
			assert.deepEqual(
				registered.filter((command) => !command.startsWith('_') && !contributed.includes(command)),
				[],
			);
		});

		it('keeps those out of the palette that need something to point at', () => {
			const hidden = items.filter(({ menu, when }) => menu === 'commandPalette' && when === 'false');
			const visible = manifest.contributes.commands
				.map(({ command }) => command)
				.filter((command) => !hidden.some((item) => item.command === command));
			assert.deepEqual(visible.sort(), inPalette);
		});
	});

	describe('of a menu', () => {
		it('names commands that it has', () => {
			const contributed = new Set(manifest.contributes.commands.map(({ command }) => command));
			assert.deepEqual(
				items.filter(({ command }) => !contributed.has(command)),
				[],
			);
		});

		it('says where each entry stands, and when', () => {
			for (const { menu, command, when, group } of items) {
				assert.ok(when, `${menu}: ${command}`);
				assert.ok(group || menu === 'commandPalette', `${menu}: ${command}`);
			}
		});

		it('asks for views, rows and context keys that there are', async () => {
			const views = Object.values(manifest.contributes.views).flatMap((some) => some.map(({ id }) => id));
			const flags = await flagsOfRows();
			for (const { menu, when = '' } of items) {
				for (const [, key = '', operator = '', value = ''] of when.matchAll(/(\w+)\s*(==|=~)\s*(\S+)/g)) {
					assert.ok(hostKeys.includes(key), `${menu}: ${when}`);
					if (key === 'view') {
						assert.ok(views.includes(value), `${menu}: ${when}`);
					}
					if (key === 'viewItem') {
						assert.equal(operator, '=~', `${menu}: ${when}`);
						assert.ok(flags.has(/^\/\\b(\w+)\\b\/$/.exec(value)?.[1] ?? ''), `${menu}: ${when}`);
					}
				}
				assert.match(when, /^(false|(\w+ (==|=~) \S+)( && \w+ (==|=~) \S+)*)$/);
			}
		});

		it('has an entry for everything that a row allows', async () => {
			for (const flag of await flagsOfRows()) {
				assert.ok(
					items.some(({ menu, when }) => menu === 'view/item/context' && when?.includes(`\\b${flag}\\b`)),
					flag,
				);
			}
		});

		it('puts no more than three icons on a row, and each of them into the menu too', () => {
			const inline = items.filter(({ menu, group }) => menu === 'view/item/context' && group?.startsWith('inline'));
			for (const { command, when } of inline) {
				const isInMenu = items.some(
					(item) => item.command === command && item.when === when && !item.group?.startsWith('inline'),
				);
				assert.ok(isInMenu, command);
			}
			const places = new Set(inline.map(({ group }) => group));
			assert.ok(places.size <= 3);
		});
	});

	describe('of a view', () => {
		it('gives name and icon', () => {
			const [container, ...others] = manifest.contributes.viewsContainers['activitybar'] ?? [];
			assert.deepEqual(others, []);
			assert.equal(container?.id, 'cloudKeyPairs');
			const views = manifest.contributes.views[container.id] ?? [];
			assert.deepEqual(Object.keys(manifest.contributes.views), [container.id]);
			assert.ok(views.length > 0);
			for (const { id, name, contextualTitle, icon } of views) {
				assert.ok(id.startsWith('cloudKeyPairs.'));
				assert.ok(isText(name), id);
				assert.ok(contextualTitle, id);
				assert.ok(icon, id);
			}
		});

		it('has a welcome for each, whose links lead somewhere', () => {
			const own: readonly string[] = Object.values(commandIds);
			const views = Object.values(manifest.contributes.views).flatMap((some) => some.map(({ id }) => id));
			assert.deepEqual([...new Set(manifest.contributes.viewsWelcome.map(({ view }) => view))].sort(), views.sort());
			for (const { contents } of manifest.contributes.viewsWelcome) {
				for (const language of [texts, chinese]) {
					const text = language[contents.slice(1, -1)];
					const welcome = typeof text === 'object' ? text.message : (text ?? '');
					const links = [...welcome.matchAll(/\]\(command:([\w.]+)/g)].map(([, command = '']) => command);
					assert.ok(links.length > 0, contents);
					for (const command of links) {
						assert.ok(own.includes(command) || command.startsWith('workbench.'), `${contents}: ${command}`);
					}
				}
			}
		});
	});

	describe('of a setting', () => {
		const settings = () => manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

		it('gives type, default, scope, order and description', () => {
			assert.ok(settings().length > 0);
			for (const [name, setting] of settings()) {
				assert.ok(name.startsWith('cloudKeyPairs.'), name);
				assert.ok(setting.type, name);
				assert.notEqual(setting.default, undefined, name);
				assert.ok(['application', 'machine', 'window', 'resource'].includes(setting.scope), name);
				assert.equal(typeof setting.order, 'number', name);
				assert.ok(isText(setting.markdownDescription), name);
			}
		});

		it('lets no workspace choose folders: they are of the whole application and restricted besides', () => {
			const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
			const folders = settings().filter(([name]) => /folder|path|endpoint/i.test(name));
			assert.ok(folders.length > 0);
			for (const [name, { scope }] of folders) {
				assert.equal(scope, 'application', name);
				assert.ok(restrictedConfigurations.includes(name), name);
			}
			const names = settings().map(([name]) => name);
			assert.ok(restrictedConfigurations.every((name) => names.includes(name)));
		});

		it('is read by the code under its name', async () => {
			const readers = ['settings.ts', 'targetSets.ts'].map((file) =>
				readFile(path.join('src', 'ui', 'host', file), 'utf8'),
			);
			const source = (await Promise.all(readers)).join('');
			// A vendor's own are handed to its providers as they are.
			const ofAlibaba = await readFile(path.join('src', 'providers', 'alibaba', 'endpoints.ts'), 'utf8');
			for (const [name] of settings()) {
				const [, vendor, own] = /^cloudKeyPairs\.(alibaba)\.(\w+)$/.exec(name) ?? [];
				const isRead =
					vendor === undefined
						? source.includes(name.slice('cloudKeyPairs.'.length))
						: new RegExp(`\\{ ${own}\\b.*\\} = settings;`).test(ofAlibaba);
				assert.ok(isRead, name);
			}
		});
	});

	it('says how far it works without trust and in virtual workspaces', () => {
		const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
		assert.equal(untrustedWorkspaces.supported, 'limited');
		assert.equal(virtualWorkspaces.supported, 'limited');
	});

	it('names files that there are and that are packaged', async () => {
		const text = await readFile('package.json', 'utf8');
		const files = [...text.matchAll(/"(?:\.\/)?((?:media|syntaxes|l10n)(?:\/[\w./-]+)?)"/g)].map(
			([, file = '']) => file,
		);
		assert.ok(files.includes(manifest.icon));
		const rules = (await readFile('.vscodeignore', 'utf8')).split('\n').filter((line) => line.startsWith('!'));
		for (const file of files) {
			await assert.doesNotReject(access(file), file);
			const folder = file.split('/')[0];
			assert.ok(
				rules.some((rule) => rule.startsWith(`!${folder}/`)),
				`${file} is not in .vscodeignore`,
			);
		}
		assert.ok(rules.includes(`!${path.posix.normalize(manifest.main)}`));
		assert.deepEqual(
			(await readdir('l10n')).filter((name) => !/^bundle\.l10n\.[a-z-]+\.json$/.test(name)),
			[],
		);
	});

	it('shows an icon of at least 128 pixels in the Marketplace', async () => {
		const png = await readFile(manifest.icon);
		assert.equal(png.toString('latin1', 1, 4), 'PNG');
		// Width and height in the IHDR chunk.
		assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(20) >= 128);
	});
});

/** What the rows of the views say that they allow: words like `canImport` in their code. */
async function flagsOfRows(): Promise<ReadonlySet<string>> {
	const folder = path.join('src', 'ui', 'views');
	const sources = await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')));
	const words = sources.flatMap(
		(source) => source.match(/'[^'\n]*\bcan[A-Z]\w*[^'\n]*'|`[^`]*\bcan[A-Z]\w*[^`]*`/g) ?? [],
	);
	return new Set(words.flatMap((text) => text.match(/\bcan[A-Z]\w*/g) ?? []));
}
