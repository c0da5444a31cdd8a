import assert from 'node:assert/strict';
import { commands, env, type Hover, MarkdownString, Position, type Uri, workspace } from 'vscode';
import { commandIds } from '../../src/ui/commands/ids';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { clearWorkspace, writeWorkspace } from './support/files';

interface Link {
	readonly command: string;
	readonly parameters: readonly unknown[];
}

/** The command links of a Markdown text. */
function linksIn(text: string): readonly Link[] {
	return Array.from(text.matchAll(/\]\(command:([\w.]+)(?:\?([^\s)"]*))?/g), ([, command = '', query = '%5B%5D']) => ({
		command,
		parameters: JSON.parse(decodeURIComponent(query)),
	}));
}

describe('the hover of a public key', () => {
	let extension: Activated;
	let cloud: Cloud;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	afterEach(() => clearWorkspace());

	const hoversAt = async (uri: Uri, line: number, character: number) => {
		await workspace.openTextDocument(uri);
		return commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, new Position(line, character));
	};
	/** The extension's hover at a place of a new key file. */
	const hoverOf = async (text: string, line = 0, character = 3) => {
		const hovers = await hoversAt(await writeWorkspace(text), line, character);
		const hover = hovers.find(
			({ contents: [first] }) => first instanceof MarkdownString && first.value.includes('SHA256'),
		);
		assert.ok(hover, 'no hover');
		const [content] = hover.contents;
		assert.ok(content instanceof MarkdownString);
		return { hover, content, text: content.value };
	};

	it('says type, size, comment and every fingerprint', async () => {
		const { hover, text } = await hoverOf(`# deployment\n${keyLines.deploy}\n`, 1, 40);
		assert.equal(hover.range?.start.line, 1);
		assert.equal(hover.range?.end.character, keyLines.deploy.length);
		for (const fact of [
			'RSA 2048',
			'deploy',
			// As ssh-keygen -l prints it, with and without -E md5; as EC2 shows it (openssl, see parsePublicKeys.test.ts).
			'SHA256:b10vU9FwzbHrTvZ3FFyGHP3dQh9F8aZgqg+ovhQQTE0',
			'MD5:31:13:4d:f5:e7:03:1d:f0:33:39:1c:ed:5d:f6:39:5d',
			'10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75',
		]) {
			assert.ok(text.includes(fact), fact);
		}
		assert.match((await hoverOf(keyLines.mel)).text, /ED25519/);
	});

	it('says that EC2 does not take a key of that type', async () => {
		const { text } = await hoverOf(keyLines.ecdsa);
		assert.match(text, /ECDSA 256/);
		assert.match(text, /EC2/);
		assert.equal(linksIn(text).filter(({ command }) => command === commandIds.copyFingerprint).length, 2);
	});

	it('copies each fingerprint, and the key', async () => {
		const links = linksIn((await hoverOf(keyLines.mel)).text);
		const copied: unknown[] = [];
		for (const { command, parameters } of links) {
			copied.push(await commands.executeCommand(command, ...parameters));
			assert.equal(await env.clipboard.readText(), copied.at(-1));
		}
		assert.deepEqual(copied, [
			'SHA256:JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M',
			'MD5:36:1a:90:57:fb:e6:f0:dd:08:aa:65:fb:da:aa:cf:9a',
			'JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M=',
			keyLines.mel.slice(0, -' mel@laptop'.length),
		]);
	});

	it('names the key pairs that are listed and hold the key, and leads to each', async () => {
		const target = { service: 'ec2', profile: 'mel', region: 'eu-west-2' } as const;
		holdKeyPair(cloud.account, target.region, 'ops-laptop', keyLines.ops);
		assert.ok(!(await hoverOf(keyLines.ops)).text.includes('eu-west-2'));
		const link = await eventually(async () => {
			// Again, should the profiles have been read anew meanwhile.
			await extension.api.list(target);
			const { text } = await hoverOf(keyLines.ops);
			assert.match(text, /mel · EC2 · eu\\?-west\\?-2/);
			return linksIn(text).find(({ command }) => command === commandIds.openKeyPair);
		});
		assert.deepEqual(link?.parameters, [{ target, keyName: 'ops-laptop' }]);
		assert.equal(await commands.executeCommand(commandIds.openKeyPair, ...link.parameters), true);
	});

	it('lets only its own links run commands', async () => {
		const { content, text } = await hoverOf(keyLines.mel);
		assert.ok(typeof content.isTrusted === 'object');
		const { enabledCommands } = content.isTrusted;
		assert.deepEqual([...enabledCommands].sort(), [
			commandIds.copyFingerprint,
			commandIds.copyPublicKey,
			commandIds.openKeyPair,
		]);
		assert.ok(linksIn(text).every(({ command }) => enabledCommands.includes(command)));
		assert.ok(!content.supportHtml);
	});

	it('shows the text of files and services as it is, not as Markdown', async () => {
		const evil = '[go](command:cloudKeyPairs.generate) $(flame) `code` <b>x</b> **bold** |';
		const target = { service: 'ec2', profile: 'mel', region: 'sa-east-1' } as const;
		holdKeyPair(cloud.account, target.region, evil, keyLines.deploy);
		const { text } = await eventually(async () => {
			await extension.api.list(target);
			const hover = await hoverOf(keyLines.deploy.replace(/deploy$/, evil));
			assert.match(hover.text, /sa\\?-east\\?-1/);
			return hover;
		});
		assert.ok(linksIn(text).every(({ command }) => command !== commandIds.generate));
		for (const markup of [/(?<!\\)\[go/, /(?<!\\)\$\(flame/, /(?<!\\)`code/, /(?<!\\)<b/, /(?<!\\)\*\*bold/]) {
			assert.doesNotMatch(text.replace(/\]\(command:[^)]*\)/g, ']'), markup);
		}
	});

	it('is for a key of several lines the same on each of them', async () => {
		const [, body = ''] = keyLines.mel.split(' ');
		const rfc4716 = `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "mel@laptop"\n${body.slice(0, 40)}\n${body.slice(40)}\n---- END SSH2 PUBLIC KEY ----\n`;
		for (const line of [0, 2, 3]) {
			const { text } = await hoverOf(rfc4716, line, 2);
			assert.ok(text.includes('SHA256:JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M'));
		}
	});

	it('is not there beside the key, nor in files without one', async () => {
		assert.deepEqual(await hoversAt(await writeWorkspace(`# deployment\n${keyLines.deploy}\n`), 0, 3), []);
		assert.deepEqual(await hoversAt(await writeWorkspace('Dear colleagues\n'), 0, 3), []);
	});
});
