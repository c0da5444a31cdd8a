import assert from 'node:assert/strict';
import { commands, type Hover, MarkdownString, Position, type TextDocument, workspace } from 'vscode';
import { authorizedKeysLanguage } from '../../src/ui/language/documents';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { clearWorkspace, writeWorkspace } from './support/files';

/** From ssh-keygen -s: serial 42, expired on 1 January 2021; its private halves are gone. */
const certificate =
	'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIOIK4p2J6Lntc8SvpDmQqNplvmrjt2PLQNWtWbIzrAYqAAAAIPz7OR+w6oV+rLh90iI7ujCzmm8ANYuEOTmUZt6b4j6fAAAAAAAAACoAAAABAAAACG1lbCdzIGlkAAAAEAAAAANtZWwAAAAFYWRtaW4AAAAAXgvhAAAAAABf7mYAAAAAAAAAAIIAAAAVcGVybWl0LVgxMS1mb3J3YXJkaW5nAAAAAAAAABdwZXJtaXQtYWdlbnQtZm9yd2FyZGluZwAAAAAAAAAWcGVybWl0LXBvcnQtZm9yd2FyZGluZwAAAAAAAAAKcGVybWl0LXB0eQAAAAAAAAAOcGVybWl0LXVzZXItcmMAAAAAAAAAAAAAADMAAAALc3NoLWVkMjU1MTkAAAAg1ehBhowQ6PeilEYv51NV4XqoT6mrCtYAwTmY9Ml2GTQAAABTAAAAC3NzaC1lZDI1NTE5AAAAQG4NlAT1J5yy2vUBXH9adPgH5hWZ7ILKY673jB+qsoQFCKXBO9S6nbrMAJQc0pfDGyH8DebHWQ3WLANYIX2mHwU= mel@laptop';

/** From ssh-keygen -l, and -lv for the picture. */
const facts = {
	mel: 'SHA256:JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M',
	ops: 'SHA256:2G07+RiqU/9zyYvLPcdyM+wwfki4d1VqdI99CbOFWeY',
	certified: 'SHA256:mldS8MoPIAyzbKgQXwZPi4MbqgYN5lELoEWjX3zEruo',
	authority: 'SHA256:G+po3NbpqyYyUYXiyRcR5WylzXsi2jLPFDjJFAHrDRo',
	picture: [
		'|+oBo+.. .        |',
		'|.Oo&.o.  o       |',
		'|OoB.B.o   o      |',
		'|*B.o o.o o       |',
		'|=.o  .  S .      |',
		'|o   .  o =       |',
		'|.. .  o . .      |',
		'|. .    .         |',
		'| .E              |',
		'+----[SHA256]-----+',
	],
};

describe('hovers on keys and fingerprints', () => {
	let extension: Activated;
	let cloud: Cloud;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	afterEach(() => clearWorkspace());

	/** The Markdown of the extension's hover on a word of a document; empty when there is none. */
	const hoverOn = async (document: TextDocument, word: string): Promise<string> => {
		const at = document.positionAt(document.getText().indexOf(word) + Math.min(4, word.length - 1));
		const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
		const texts = hovers.flatMap(({ contents }) =>
			contents.map((content) => (content instanceof MarkdownString ? content.value : '')),
		);
		return texts.find((text) => text.includes('command:cloudKeyPairs.')) ?? '';
	};
	const open = async (text: string, name?: string) => workspace.openTextDocument(await writeWorkspace(text, name));

	it('tell of every line of authorized_keys, with options or without', async () => {
		const document = await open(
			`# us\n${keyLines.mel}\ncommand="x y",no-pty ${keyLines.ops}\nnonsense\n`,
			'authorized_keys',
		);
		assert.equal(document.languageId, authorizedKeysLanguage);
		assert.ok((await hoverOn(document, 'ssh-ed25519')).includes(facts.mel));
		assert.ok((await hoverOn(document, 'command=')).includes(facts.ops));
		assert.equal(await hoverOn(document, '# us'), '');
		assert.equal(await hoverOn(document, 'nonsense'), '');
	});

	it('tell what a certificate says, and whether it is in force', async () => {
		const text = await hoverOn(await open(`${certificate}\n`), 'AAAAIHNz');
		for (const fact of [
			'ED25519 certificate',
			facts.certified,
			facts.authority,
			'| 42 |',
			'mel, admin',
			'2020',
			'2021',
		]) {
			assert.ok(text.includes(fact), fact);
		}
		assert.match(text, /mel's id/);
		assert.match(text, /expired/);
	});

	it("draw OpenSSH's picture of the key", async () => {
		const text = await hoverOn(await open(`${certificate}\n`), 'AAAAIHNz');
		assert.ok(text.includes(facts.picture.join('\n')), text);
	});

	for (const [name, before, after] of [
		['main.tf', 'resource "aws_key_pair" "mel" {\n  public_key = "', '"\n}\n'],
		['cloud-init.yaml', 'users:\n  - ssh_authorized_keys:\n      - ', '\n'],
		['keys.json', '{\n  "key": "', '",\n  "n": 1\n}\n'],
		['notes.md', 'Use `', '`.\n'],
	] as const) {
		it(`tell of a key in ${name}`, async () => {
			const document = await open(`${before}${keyLines.mel}${after}`, name);
			const text = await hoverOn(document, keyLines.mel);
			assert.ok(text.includes(facts.mel), text);
			assert.match(text, /mel\\?@laptop/);
			assert.equal(await hoverOn(document, before.trim()), '');
		});
	}

	it('say whose fingerprint stands there, in any spelling', async () => {
		await writeHome('.ssh/deploy.pub', `${keyLines.deploy}\n`);
		await commands.executeCommand('cloudKeyPairs.refresh');
		const target = { service: 'ec2', profile: 'mel', region: 'eu-north-1' } as const;
		holdKeyPair(cloud.account, target.region, 'deployment', keyLines.deploy);
		// As ssh-keygen prints them and as EC2 shows it for the key imported.
		const spellings = [
			'SHA256:b10vU9FwzbHrTvZ3FFyGHP3dQh9F8aZgqg+ovhQQTE0',
			'MD5:31:13:4d:f5:e7:03:1d:f0:33:39:1c:ed:5d:f6:39:5d',
			'10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75',
		];
		const document = await open(`${spellings.map((text) => `  fingerprint: "${text}"`).join('\n')}\n`, 'list.yaml');
		await eventually(async () => {
			await extension.api.list(target);
			for (const spelling of spellings) {
				const text = await hoverOn(document, spelling);
				assert.match(text, /deploy\\\.pub/, spelling);
				assert.match(text, /\[deployment\]\(command:cloudKeyPairs\.openKeyPair/, spelling);
			}
		});
	});

	it('say that a fingerprint is of no key that is known, and nothing of digits that may be anything', async () => {
		const unknown = `SHA256:${'A'.repeat(43)}`;
		const digits = `${'ab:'.repeat(15)}cd`;
		const document = await open(`a: ${unknown}\nb: ${digits}\nc: ${'B'.repeat(43)}=\n`, 'other.yaml');
		assert.match(await hoverOn(document, unknown), /no key/i);
		assert.equal(await hoverOn(document, digits), '');
		assert.equal(await hoverOn(document, 'BBBB'), '');
	});

	it('come soon for a line of a large authorized_keys', async () => {
		const lines = Array.from({ length: 3_000 }, (_, index) => `${keyLines.mel} ${index}`);
		const document = await open(`${lines.join('\n')}\n${keyLines.ops}\n`, 'authorized_keys2');
		await hoverOn(document, keyLines.ops);
		const start = performance.now();
		const at = new Position(2_999, 30);
		await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
		assert.ok(performance.now() - start < 1_000);
	});
});
