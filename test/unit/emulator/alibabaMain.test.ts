import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import EcsClient, { DescribeRegionsRequest } from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';

describe('the emulator on its own, as Alibaba Cloud', () => {
	it('prints a profile for the CLI that works, and where the rest is', async () => {
		const main = join(__dirname, '..', '..', 'emulator', 'main.js');
		const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
		const ended = once(child, 'exit');
		try {
			let text = '';
			for await (const chunk of child.stdout.setEncoding('utf8')) {
				text += chunk;
				if (text.includes('/_emulator/faults')) break;
			}
			const [config = ''] = /\{"current":.*\}/.exec(text) ?? [];
			const { current, profiles } = JSON.parse(config);
			const [profile] = profiles;
			assert.deepEqual([current, profile.name, profile.mode], ['emulator', 'emulator', 'AK']);
			const client = new EcsClient(
				new $OpenApiUtil.Config({
					accessKeyId: profile.access_key_id,
					accessKeySecret: profile.access_key_secret,
					regionId: profile.region_id,
					endpoint: new URL(profile.endpoint).host,
					protocol: 'HTTP',
				}),
			);
			const { body } = await client.describeRegions(new DescribeRegionsRequest({}));
			assert.ok((body?.regions?.region ?? []).some(({ regionId }) => regionId === profile.region_id));
			const [, credentialsUri = ''] = /^ {4}(http\S+role=\S+)$/m.exec(text) ?? [];
			assert.equal((await fetch(credentialsUri)).status, 200);
			const [, singapore = ''] = /Singapore.* is at (http:\S+)\.$/m.exec(text) ?? [];
			assert.equal((await fetch(`${singapore}/_emulator/requests`)).status, 200);
		} finally {
			child.kill('SIGKILL');
			await ended;
		}
	});
});
