import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import type { l10nJsonFormat } from '@vscode/l10n-dev';
import { parsePublicKeys } from '../../src/domain/parsePublicKeys';
import { checkKey, checkName, checkTags } from '../../src/domain/rules';
import { parseTargetSet, toTargetText } from '../../src/domain/targetSets';
import { ec2Rules } from '../../src/providers/aws/rules';

interface Manifest {
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string }[];
		readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
	};
	readonly scripts: Readonly<Record<string, string>>;
}

interface Setting {
	readonly default: unknown;
	readonly scope?: string;
	readonly markdownDescription: string;
}

describe('the README', () => {
	let readme: string;
	let manifest: Manifest;
	let texts: l10nJsonFormat;

	before(async () => {
		readme = await readFile('README.md', 'utf8');
		manifest = JSON.parse(await readFile('package.json', 'utf8'));
		texts = JSON.parse(await readFile('package.nls.json', 'utf8'));
	});

	it('has the settings of the manifest with their defaults and descriptions', () => {
		const settings = manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
		const rows = settings.map(([name, setting]) => {
			const fallback = JSON.stringify(setting.default);
			return `| \`${name}\` | \`${fallback}\` | ${textOf(setting.markdownDescription)} |`;
		});
		assert.deepEqual(rowsOf('Settings').slice(2), rows);
	});

	it('has every command that people and extensions call, with its title', () => {
		const rows = rowsOf('Commands').slice(2);
		const commands = manifest.contributes.commands.filter(({ command }) => !command.startsWith('_'));
		assert.deepEqual(
			rows.map((row) => row.split(' | ').slice(0, 2).join(' | ')).sort(),
			commands.map(({ command, title }) => `| \`${command}\` | ${textOf(title)}`).sort(),
		);
	});

	it('explains every message of a failure', async () => {
		const messages = await failureMessages();
		const explained = rowsOf('Problems and what to do').map((row) => row.split(' | ')[0]);
		assert.ok(messages.length > 25, `${messages.length} messages`);
		assert.deepEqual(
			messages.filter((message) => !explained.some((cell) => cell?.includes(message))),
			[],
		);
	});

	it('shows a request that EC2 takes', () => {
		const { args } = JSON.parse(codeBlock('"command": "cloudKeyPairs.import"'));
		const [key, ...others] = parsePublicKeys(args.publicKey).keys;
		assert.ok(key && others.length === 0);
		assert.deepEqual(
			[...checkKey(key, ec2Rules), ...checkName(args.keyName, ec2Rules), ...checkTags(args.tags, ec2Rules)],
			[],
		);
	});

	it('allows in its policies what an import calls', () => {
		assert.deepEqual(actionsOf('"Version": "2012-10-17"'), [
			'ec2:CreateTags',
			'ec2:DescribeKeyPairs',
			'ec2:DescribeRegions',
			'ec2:ImportKeyPair',
			'lightsail:GetKeyPair',
			'lightsail:GetKeyPairs',
			'lightsail:GetOperation',
			'lightsail:GetRegions',
			'lightsail:ImportKeyPair',
			'lightsail:TagResource',
		]);
		assert.deepEqual(actionsOf('"Version": "1"'), [
			'ecs:DescribeKeyPairs',
			'ecs:DescribeRegions',
			'ecs:ImportKeyPair',
			'ens:DescribeKeyPairs',
			'ens:ImportKeyPair',
			'resourcemanager:ListResourceGroups',
		]);
	});

	it('shows target sets that stand for targets', () => {
		const sets: Readonly<Record<string, readonly string[]>> = JSON.parse(
			`{${codeBlock('"cloudKeyPairs.targetSets"')}}`,
		)['cloudKeyPairs.targetSets'];
		const texts = Object.values(sets).flat();
		assert.ok(texts.length > 3);
		assert.deepEqual(parseTargetSet(texts, (service) => service !== 'ens').map(toTargetText), texts);
	});

	it('names npm scripts that there are', () => {
		const named = [...readme.matchAll(/`npm (?:run )?([\w:]+)/g)].flatMap(([, script]) => script ?? []);
		assert.ok(named.length > 5);
		assert.deepEqual(
			named.filter((script) => !Object.hasOwn(manifest.scripts, script)),
			[],
		);
	});

	it('links to headings and files that there are, with a text for every picture', async () => {
		const links = [...readme.matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g)];
		const anchors = new Set([...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));
		for (const [link, picture, text, target = ''] of links) {
			assert.ok(text, `no text: ${link}`);
			if (target.startsWith('#')) {
				assert.ok(anchors.has(target.slice(1)), `no such heading: ${link}`);
			} else if (!target.startsWith('https://')) {
				await assert.doesNotReject(access(target), `no such file: ${link}`);
			}
			// What the Marketplace shows as a picture.
			assert.ok(!picture || /\.png$/.test(target), `no PNG: ${link}`);
		}
	});

	function textOf(text: string): string {
		const found = texts[text.replaceAll('%', '')];
		return typeof found === 'object' ? found.message : (found ?? text);
	}

	/** The actions of the policy that holds this text, sorted. */
	function actionsOf(part: string): readonly string[] {
		const { Statement } = JSON.parse(codeBlock(part));
		return Statement.flatMap(({ Action }: { Action: string | string[] }) => Action).sort();
	}

	function section(heading: string): string {
		const found = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
		assert.ok(found, `no section: ${heading}`);
		return found;
	}

	function rowsOf(heading: string): readonly string[] {
		return section(heading)
			.split('\n')
			.filter((line) => line.startsWith('|'));
	}

	function codeBlock(part: string): string {
		const blocks = [...readme.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
		const found = blocks.find((code) => code.includes(part));
		assert.ok(found, `no code with ${part}`);
		return found;
	}
});

/** The messages that `describeFailure` gives, with `…` for what is filled in at their middle and nothing at their end. */
async function failureMessages(): Promise<readonly string[]> {
	const source = await readFile('src/ui/messages/failures.ts', 'utf8');
	const parts = [...source.matchAll(/\bmessage:([\s\S]*?)\badvice:/g)].map(([, part = '']) => part);
	const literals = parts.flatMap((part) => [...part.matchAll(/l10n\.t\(\s*(?:'([^']*)'|"([^"]*)")/g)]);
	return literals.map(([, single, double]) =>
		(single ?? double ?? '').replace(/\{\d\}/g, '…').replace(/[:.]? ?…?\.?$/, ''),
	);
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replace(/\s/g, '-');
}
