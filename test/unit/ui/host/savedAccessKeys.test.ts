import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { SavedAccessKeys } from '../../../../src/ui/host/savedAccessKeys';
import { memoryLog } from '../../../fakes/log';

const key = { id: 'LTAI5tExample', secret: 'S3cr3tS3cr3t' };

/** A secret storage that all windows share. */
class Storage implements SecretStorage {
	readonly secrets = new Map<string, string>();
	private readonly listeners = new Set<(event: { key: string }) => void>();
	fails = false;

	readonly onDidChange: SecretStorage['onDidChange'] = (listener) => {
		this.listeners.add(listener);
		return { dispose: () => this.listeners.delete(listener) };
	};
	async keys(): Promise<string[]> {
		if (this.fails) {
			throw new Error(`locked: ${[...this.secrets.values()]}`);
		}
		return [...this.secrets.keys()];
	}
	async get(name: string): Promise<string | undefined> {
		return this.secrets.get(name);
	}
	async store(name: string, value: string): Promise<void> {
		this.secrets.set(name, value);
		this.tell(name);
	}
	async delete(name: string): Promise<void> {
		this.secrets.delete(name);
		this.tell(name);
	}
	private tell(name: string): void {
		for (const listener of this.listeners) {
			listener({ key: name });
		}
	}
}

describe('The access keys that were entered by hand', () => {
	let storage: Storage;
	let log: ReturnType<typeof memoryLog>;
	let keys: SavedAccessKeys;
	beforeEach(() => {
		storage = new Storage();
		log = memoryLog();
		keys = new SavedAccessKeys(storage, log);
	});

	it('are kept under their names, one secret for each, and listed sorted and without secrets', async () => {
		await keys.save('alibaba', { name: 'two', key: { ...key, token: 'T0k3n' }, region: 'cn-beijing' });
		await keys.save('alibaba', { name: 'one', key });
		await keys.save('aws', { name: 'other', key });
		assert.deepEqual(await keys.all('alibaba'), [{ name: 'one' }, { name: 'two', region: 'cn-beijing' }]);
		assert.deepEqual(await keys.get('alibaba', 'one'), key);
		assert.deepEqual(await keys.get('alibaba', 'two'), { ...key, token: 'T0k3n' });
		assert.equal(await keys.get('alibaba', 'other'), undefined);
		assert.equal(storage.secrets.size, 3);
	});

	it('are replaced, and removed', async () => {
		await keys.save('alibaba', { name: 'a', key, region: 'cn-beijing' });
		await keys.save('alibaba', { name: 'a', key: { ...key, id: 'LTAIother' } });
		assert.deepEqual(await keys.all('alibaba'), [{ name: 'a' }]);
		assert.equal((await keys.get('alibaba', 'a'))?.id, 'LTAIother');
		assert.equal(await keys.remove('alibaba', 'a'), true);
		assert.equal(await keys.remove('alibaba', 'a'), false);
		assert.deepEqual(await keys.all('alibaba'), []);
	});

	it('of windows that save at the same time are all kept, and every window is told', async () => {
		const other = new SavedAccessKeys(storage, log);
		let told = 0;
		const listening = other.onDidChange(() => {
			told++;
		});
		await Promise.all([
			keys.save('alibaba', { name: 'a', key }),
			other.save('alibaba', { name: 'b', key }),
			keys.save('alibaba', { name: 'c', key }),
		]);
		assert.deepEqual(
			(await keys.all('alibaba')).map(({ name }) => name),
			['a', 'b', 'c'],
		);
		assert.equal(told, 3);
		await storage.store('something else', 'x');
		assert.equal(told, 3);
		listening.dispose();
		await keys.remove('alibaba', 'a');
		assert.equal(told, 3);
	});

	it('that can not be read are listed, so that they can be removed, and spoil no other; the log quotes nothing', async () => {
		await keys.save('alibaba', { name: 'good', key });
		const broken = ['{"secret": "S3cr3t', 'null', '[1]', '{"id": 1, "secret": "S3cr3t"}', '"S3cr3t"'];
		for (const [index, text] of broken.entries()) {
			storage.secrets.set(`accessKey/alibaba/bad${index}`, text);
		}
		assert.equal((await keys.all('alibaba')).length, 6);
		assert.equal(await keys.get('alibaba', 'bad0'), undefined);
		assert.deepEqual(await keys.get('alibaba', 'good'), key);
		for (const index of broken.keys()) {
			assert.equal(await keys.remove('alibaba', `bad${index}`), true);
		}
		assert.deepEqual(await keys.all('alibaba'), [{ name: 'good' }]);
		assert.ok(log.lines.some((line) => line.includes('bad0')));
		assert.doesNotMatch(JSON.stringify(log.lines), /S3cr3t/);
	});

	it('are none while the storage fails; the log says so, without its words', async () => {
		await keys.save('alibaba', { name: 'a', key });
		storage.fails = true;
		assert.deepEqual(await keys.all('alibaba'), []);
		assert.equal(log.lines.length, 1);
		assert.doesNotMatch(JSON.stringify(log.lines), /S3cr3t|locked/);
	});
});
