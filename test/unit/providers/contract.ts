import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import type { KeyPair } from '../../../src/domain/keyPair';
import type { Service, Target } from '../../../src/domain/target';
import type {
	CreateArguments,
	ImportArguments,
	KeyPairProvider,
	ServiceManifest,
	TagChange,
} from '../../../src/providers/contract';
import type { FaultScript } from '../../emulator/faults/fault';
import type { RequestLog } from '../../emulator/requestLog';
import { failureOf } from './failing';

/** One service, played by an emulator, and how to reach it. */
export interface ContractSubject {
	readonly provider: KeyPairProvider;
	readonly service: Service;
	readonly manifest: Pick<ServiceManifest, 'capabilities' | 'rules'>;
	/** A profile that may do everything, and another that may do nothing. */
	readonly profiles: { readonly able: string; readonly denied: string };
	/** Absent where the service has no regions. */
	readonly regions?: ContractRegions;
	/** The service's names of what the contract does. */
	readonly operations: ContractOperations;
	/** Any emulator whose faults and requests are told in these words. */
	readonly cloud: {
		readonly faults: Pick<FaultScript, 'set' | 'clear'>;
		readonly requests: Pick<RequestLog, 'all' | 'count' | 'clear'>;
	};
	/** What the provider has logged so far. */
	readonly lines: readonly string[];
	/** Ends what was started. */
	close(): Promise<void>;
}

export interface ContractRegions {
	/** Two that can be used. */
	readonly usable: readonly [string, string];
	/** One that the account has not enabled, where the service has such; `isTold`: its list of regions says so. */
	readonly disabled?: { readonly name: string; readonly isTold: boolean };
}

export interface ContractOperations {
	readonly list: string;
	readonly import: string;
	readonly create: string;
	readonly delete: string;
	/** The two calls that a change of tags takes; absent where key pairs have no tags. */
	readonly tags?: { readonly set: string; readonly remove: string };
}

/** Keys of OpenSSH 9.2 (`ssh-keygen -t rsa -b 2048`, `-t ed25519`); their private halves are gone. */
export const contractKeys = {
	rsa: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/Ogt0qw9HJA1lk/VgrIX+iC8poFxxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWfZf5NF2/L9tv3h0HGERjbHa6X1qmBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxhm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgGEp3ltzC7RD3UtduWA1Nojt',
	ed25519: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE',
} as const;

/** Another key that every service takes. */
const otherRsa =
	'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC+WUCAeYDEUV0HZQOjuXNiXkqXPNdvujyyl8MTShXVyt5q1E4A6+kxCJql01cNfc0f52g5nM5t9VIBcSVpRyPDE0xW3iBL8Ln4gzM1tE8ecnR1oXJJdOfCQsxOPfOMb2akVrclJCFUO7I3BzfRQ+mquUV82A4u8t+aHDt0c1FZIiblzdpJkJBJK+5x4xY0TVUzWEcASmC2G36ehvc55jTjcMIQpRgP+yjxcmAZB3QmIGdk8B+20EPdlcAFPa4i+DlZcONaKoMBSPbtZ4OKHrJ1N/9XQvrxTBZGnOoWADdBZDqlEzTIqEMJ7po5YktVt3y3R5ZH3VYB7IKTESQxE1aF';

const never = new AbortController().signal;

/** What every provider keeps to, run against an emulator of its service: `test/unit/providers/<family>/` calls this
 * once per service. Names have two characters at least and begin with a letter, which every service takes. */
export function describeProviderContract(title: string, start: () => Promise<ContractSubject>): void {
	describe(`${title} keeps the contract of providers`, function () {
		this.timeout(20_000);
		let subject: ContractSubject;
		let target: Target;

		const request = (keyName: string, more: Partial<ImportArguments> = {}): ImportArguments => ({
			keyName,
			publicKey: contractKeys.rsa,
			tags: {},
			dryRun: false,
			...more,
		});
		const importInto = async (place: Target, keyName: string, more?: Partial<ImportArguments>) =>
			(await subject.provider.import(place, request(keyName, more), never))?.keyPair;
		const creation = (keyName: string, more: Partial<CreateArguments> = {}): CreateArguments => {
			const { types, formats } = subject.manifest.capabilities.create;
			return { keyName, tags: {}, type: types[0], format: formats[0], ...more };
		};
		const find = (keyName: string) => subject.provider.find(target, keyName, never);
		/** The key pair of that name; soon, where the service is still busy with it. */
		const existing = async (keyName: string): Promise<KeyPair> => {
			for (let looks = 0; looks < 20; looks++) {
				const found = await find(keyName);
				if (found) {
					return found;
				}
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			return assert.fail(`${keyName} is not there`);
		};
		const names = async () => (await subject.provider.list(target, never)).map(({ name }) => name);

		beforeEach(async () => {
			subject = await start();
			const region = subject.regions?.usable[0];
			target = { service: subject.service, profile: subject.profiles.able, ...(region ? { region } : {}) };
		});
		afterEach(() => subject.close());

		it('is the provider of its service', () => {
			assert.equal(subject.provider.service, subject.service);
			assert.equal(subject.manifest.capabilities.regions, subject.regions !== undefined);
			assert.equal(subject.manifest.capabilities.tags, subject.operations.tags !== undefined);
		});

		it('lists nothing where there is nothing', async () => {
			assert.deepEqual(await subject.provider.list(target, never), []);
			assert.equal(await find('absent'), undefined);
		});

		for (const [type, publicKey] of Object.entries(contractKeys)) {
			it(`gives back an imported ${type} key as it was sent, and lists it, or refuses keys of that type`, async () => {
				const { capabilities, rules } = subject.manifest;
				const importing = importInto(target, type, { publicKey: `${publicKey} somebody@somewhere` });
				if ((rules.keyTypes[publicKey.split(' ')[0] ?? ''] ?? 'refused') === 'refused') {
					assert.equal((await failureOf(importing)).kind, 'keyInvalid');
					assert.deepEqual(await names(), []);
					return;
				}
				const imported = await importing;
				assert.equal(imported?.name, type);
				assert.ok(imported.fingerprint);
				assert.equal(imported.publicKey, `${publicKey} somebody@somewhere`);
				const [listed, ...others] = await subject.provider.list(target, never);
				assert.deepEqual(others, []);
				assert.equal(listed?.name, type);
				assert.equal(listed.id ?? imported.id, imported.id ?? listed.id);
				assert.equal(listed.type, imported.type);
				assert.equal(listed.fingerprint, imported.fingerprint);
				if (capabilities.publicKeyReadable) {
					assert.ok(listed.publicKey?.startsWith(publicKey));
					assert.doesNotMatch(listed.publicKey ?? '', /\s$/);
				} else {
					assert.equal(listed.publicKey, undefined);
				}
				assert.deepEqual(await find(type), listed);
			});
		}

		it("tells the service's own id of the request with what came of it", async () => {
			const imported = await subject.provider.import(target, request('imported'), never);
			const created = await subject.provider.create(target, creation('created'), never);
			assert.ok(imported?.requestId);
			assert.ok(created.requestId);
			assert.notEqual(imported.requestId, created.requestId);
		});

		it('sends tags with the import and with what is created, empty values too, where the service has them', async () => {
			const { capabilities } = subject.manifest;
			const tags = capabilities.tags ? { team: 'platform', empty: '', 'key with spaces': 'ü 漢字' } : {};
			const expected = capabilities.tags ? tags : undefined;
			const imported = await importInto(target, 'imported', { tags });
			const created = await subject.provider.create(target, creation('created', { tags }), never);
			assert.deepEqual(imported?.tags, expected);
			assert.deepEqual(created.keyPair.tags, expected);
			assert.deepEqual((await existing('imported')).tags, expected);
			assert.deepEqual((await existing('created')).tags, expected);
		});

		it('creates keys of every type in every format it names, and hands the private key out', async () => {
			const { create, publicKeyReadable } = subject.manifest.capabilities;
			for (const type of create.types) {
				for (const format of create.formats) {
					const keyName = `made-${type}-${format}`;
					const { keyPair, privateKey } = await subject.provider.create(
						target,
						creation(keyName, { type, format }),
						never,
					);
					assert.equal(keyPair.name, keyName);
					assert.ok(keyPair.fingerprint);
					const listed = await existing(keyName);
					assert.equal(listed.fingerprint, keyPair.fingerprint);
					if (publicKeyReadable) {
						assert.ok(listed.publicKey?.startsWith(type === 'rsa' ? 'ssh-rsa ' : 'ssh-ed25519 '));
					}
					if (format === 'ppk') {
						assert.match(privateKey, /^PuTTY-User-Key-File-\d: /);
					} else if (type === 'rsa') {
						assert.equal(createPrivateKey(privateKey).asymmetricKeyDetails?.modulusLength, 2048);
					} else {
						assert.match(privateKey, /^-----BEGIN (?:OPENSSH )?PRIVATE KEY-----\n/);
					}
					for (const line of privateKey.split('\n').filter(({ length }) => length > 20)) {
						assert.ok(!subject.lines.join('\n').includes(line), 'the private key is in the log');
					}
				}
			}
		});

		it('sorts key pairs by name', async () => {
			for (const name of ['bb', 'aa', 'CC']) {
				await importInto(target, name);
			}
			assert.deepEqual(await names(), ['CC', 'aa', 'bb']);
		});

		it('refuses a name that is taken, by whichever key', async () => {
			const { provider, operations, cloud } = subject;
			await importInto(target, 'taken');
			const attempts = [
				[operations.import, () => importInto(target, 'taken')],
				[operations.import, () => importInto(target, 'taken', { publicKey: otherRsa })],
				[operations.create, () => provider.create(target, creation('taken'), never)],
			] as const;
			for (const [operation, attempt] of attempts) {
				cloud.requests.clear();
				const failure = await failureOf(attempt());
				assert.equal(failure.kind, 'nameTaken');
				assert.equal(failure.service, subject.service);
				assert.equal(failure.profile, target.profile);
				assert.equal(failure.region, target.region);
				assert.equal(failure.operation, operation);
				// Some services can't say it: their provider looks beforehand.
				assert.ok(failure.requestId || cloud.requests.count({ operation }) === 0);
				assert.equal(failure.outcomeUnknown, false);
			}
			assert.deepEqual(await names(), ['taken']);
		});

		it('finds a key pair by its exact name only', async () => {
			for (const name of ['deploy', 'deploy-2', 'redeploy']) {
				await importInto(target, name);
			}
			assert.equal((await find('deploy'))?.name, 'deploy');
			assert.equal(await find('dep'), undefined);
		});

		it('deletes a key pair and no other', async () => {
			await importInto(target, 'goes');
			await importInto(target, 'stays', { publicKey: otherRsa });
			await subject.provider.delete(target, await existing('goes'), never);
			assert.deepEqual(await names(), ['stays']);
		});

		it('changes the tags it is told to, and leaves the others, where the service has them', async () => {
			const { provider, cloud, manifest } = subject;
			const tags = { stays: '1', changes: 'before', goes: 'x' };
			await importInto(target, 'tagged', { tags: manifest.capabilities.tags ? tags : {} });
			const keyPair = await existing('tagged');
			const change: TagChange = { set: { changes: 'after', new: '' }, remove: ['goes'] };
			cloud.requests.clear();
			if (!manifest.capabilities.tags) {
				const failure = await failureOf(provider.changeTags(target, keyPair, change, never));
				assert.deepEqual([failure.kind, failure.service], ['unsupported', subject.service]);
				assert.equal(cloud.requests.count(), 0);
				return;
			}
			await provider.changeTags(target, keyPair, change, never);
			assert.deepEqual((await existing('tagged')).tags, { stays: '1', changes: 'after', new: '' });
			await provider.changeTags(target, keyPair, { set: {}, remove: ['stays', 'new'] }, never);
			assert.deepEqual((await existing('tagged')).tags, { changes: 'after' });
			await provider.changeTags(target, keyPair, { set: { more: 'm' }, remove: [] }, never);
			assert.deepEqual((await existing('tagged')).tags, { changes: 'after', more: 'm' });
			cloud.requests.clear();
			await provider.changeTags(target, keyPair, { set: {}, remove: [] }, never);
			assert.equal(cloud.requests.count(), 0);
		});

		it('puts key pairs into the resource group they are meant for, where the service has such', async () => {
			const { provider, cloud, manifest, profiles } = subject;
			if (!manifest.capabilities.resourceGroups) {
				const failure = await failureOf(provider.resourceGroups(profiles.able, never));
				assert.deepEqual([failure.kind, failure.service], ['unsupported', subject.service]);
				assert.equal(cloud.requests.count(), 0);
				return;
			}
			const groups = await provider.resourceGroups(profiles.able, never);
			const groupNames = groups.map(({ name }) => name);
			assert.deepEqual(groupNames, [...groupNames].sort());
			assert.ok(groups.length >= 2, 'two groups are needed to tell them apart');
			const told: (string | undefined)[] = [];
			for (const [index, { id }] of groups.entries()) {
				await importInto(target, `imported-${index}`, { resourceGroupId: id });
				await provider.create(target, creation(`created-${index}`, { resourceGroupId: id }), never);
				const { resourceGroupId } = await existing(`imported-${index}`);
				assert.equal(resourceGroupId ?? id, id);
				assert.equal((await existing(`created-${index}`)).resourceGroupId, resourceGroupId);
				told.push(resourceGroupId);
			}
			// A list may leave the default group out.
			assert.ok(told.filter((id) => id === undefined).length <= 1);
			const failure = await failureOf(importInto(target, 'nowhere', { resourceGroupId: 'rg-absent' }));
			assert.deepEqual([failure.kind, failure.outcomeUnknown], ['resourceGroupInvalid', false]);
		});

		it('changes nothing on a dry run, where the service has them', async () => {
			const dryRun = importInto(target, 'dry', { dryRun: true });
			if (subject.manifest.capabilities.dryRun) {
				assert.equal(await dryRun, undefined);
			} else {
				assert.deepEqual(pick(await failureOf(dryRun)), { kind: 'unsupported', outcomeUnknown: false });
				assert.equal(subject.cloud.requests.count(), 0);
			}
			assert.deepEqual(await names(), []);
		});

		it('names the permission that is missing', async () => {
			const { provider, operations, profiles, cloud } = subject;
			await importInto(target, 'there');
			const keyPair = await existing('there');
			const denied = { ...target, profile: profiles.denied };
			const change = (more: Partial<TagChange>) =>
				provider.changeTags(denied, keyPair, { set: {}, remove: [], ...more }, never);
			const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
				[operations.list, () => provider.list(denied, never)],
				[operations.create, () => provider.create(denied, creation('xx'), never)],
				[operations.delete, () => provider.delete(denied, keyPair, never)],
				...(operations.tags
					? ([
							[operations.tags.set, () => change({ set: { a: 'b' } })],
							[operations.tags.remove, () => change({ remove: ['a'] })],
						] as const)
					: []),
			];
			for (const [operation, call] of calls) {
				const failure = await failureOf(call());
				assert.equal(failure.kind, 'notPermitted', operation);
				assert.ok(failure.action?.endsWith(`:${operation}`), failure.action);
				assert.equal(failure.retryable, false);
				assert.equal(failure.outcomeUnknown, false);
			}
			// A provider that has to look before it imports lacks the permission for that first.
			cloud.requests.clear();
			const { kind, action } = await failureOf(importInto(denied, 'xx'));
			const sent = cloud.requests.count({ operation: operations.import }) > 0 ? operations.import : operations.list;
			assert.equal(kind, 'notPermitted');
			assert.ok(action?.endsWith(`:${sent}`), action);
		});

		it('keeps regions apart, and says which are not enabled', async () => {
			const { provider, regions, cloud } = subject;
			if (!regions) {
				assert.deepEqual(await provider.regions(target.profile, never), []);
				assert.equal(cloud.requests.count(), 0);
				return;
			}
			await importInto(target, 'here');
			assert.deepEqual(await provider.list({ ...target, region: regions.usable[1] }, never), []);
			const listed = await provider.regions(target.profile, never);
			const regionNames = listed.map(({ name }) => name);
			assert.deepEqual(regionNames, [...regionNames].sort());
			for (const name of regions.usable) {
				assert.deepEqual(
					listed.find((region) => region.name === name),
					{ name, usable: true },
				);
			}
			if (regions.disabled) {
				const { name, isTold } = regions.disabled;
				if (isTold) {
					assert.deepEqual(
						listed.find((region) => region.name === name),
						{ name, usable: false, reason: 'notOptedIn' },
					);
				}
				assert.equal((await failureOf(provider.list({ ...target, region: name }, never))).kind, 'regionNotEnabled');
			}
		});

		it('repeats reads on throttling, server errors and broken connections, three attempts in all', async () => {
			const { faults, requests } = subject.cloud;
			const operation = subject.operations.list;
			for (const kind of ['throttle', 'serverError', 'drop'] as const) {
				requests.clear();
				faults.set([{ operation, calls: [1, 2], effect: { kind } }]);
				assert.deepEqual(await subject.provider.list(target, never), []);
				assert.equal(requests.count({ operation }), 3, kind);
			}
			requests.clear();
			faults.set([{ operation, effect: { kind: 'serverError' } }]);
			const failure = await failureOf(subject.provider.list(target, never));
			assert.equal(requests.count({ operation }), 3);
			assert.equal(failure.kind, 'serverError');
			assert.equal(failure.retryable, true);
			assert.equal(failure.outcomeUnknown, false);
		});

		it('sends a change once, also where it was refused for its rate and nothing was done', async () => {
			const { provider, operations, cloud } = subject;
			await importInto(target, 'there');
			const keyPair = await existing('there');
			const change: TagChange = { set: { a: 'b' }, remove: [] };
			const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
				[operations.import, () => importInto(target, 'xx')],
				[operations.create, () => provider.create(target, creation('yy'), never)],
				[operations.delete, () => provider.delete(target, keyPair, never)],
				...(operations.tags
					? ([[operations.tags.set, () => provider.changeTags(target, keyPair, change, never)]] as const)
					: []),
			];
			for (const [operation, call] of changes) {
				cloud.requests.clear();
				cloud.faults.set([{ operation, effect: { kind: 'throttle' } }]);
				const failure = await failureOf(call());
				assert.equal(cloud.requests.count({ operation }), 1, operation);
				assert.equal(failure.kind, 'throttled', operation);
				assert.equal(failure.retryable, true);
				assert.equal(failure.outcomeUnknown, false);
			}
			cloud.faults.clear();
			assert.deepEqual(await names(), ['there']);
		});

		it('says of a change that failed after it was made that it may have been', async () => {
			const { provider, operations, cloud } = subject;
			const effects = [
				[['serverError'], { kind: 'serverError' }],
				[['serverError', 'notTheService'], { kind: 'html', status: 502 }],
				[['unreachable'], { kind: 'drop' }],
				[['notTheService'], { kind: 'html', status: 200 }],
			] as const;
			for (const [index, [kinds, effect]] of effects.entries()) {
				const changes = [
					[operations.import, `imported-${index}`, (name: string) => importInto(target, name)],
					[operations.create, `created-${index}`, (name: string) => provider.create(target, creation(name), never)],
				] as const;
				for (const [operation, name, change] of changes) {
					cloud.requests.clear();
					cloud.faults.set([{ operation, when: 'after', effect }]);
					const failure = await failureOf(change(name));
					assert.equal(cloud.requests.count({ operation }), 1);
					assert.ok(
						kinds.some((kind) => kind === failure.kind),
						`${effect.kind}: ${failure.kind}`,
					);
					assert.equal(failure.outcomeUnknown, true);
					assert.equal(failure.retryable, true);
					cloud.faults.clear();
					// It was made indeed.
					await existing(name);
				}
			}
		});

		it('does not take a page of a portal for an empty list', async () => {
			for (const status of [200, 302, 403, 404, 511]) {
				subject.cloud.faults.set([{ effect: { kind: 'html', status } }]);
				const { kind } = await failureOf(subject.provider.list(target, never));
				const isFitting = kind === 'notTheService' || (status >= 500 && kind === 'serverError');
				assert.ok(isFitting, `${status}: ${kind}`);
			}
		});

		it('sends nothing when it is cancelled beforehand', async () => {
			const { provider, cloud, manifest } = subject;
			const aborted = AbortSignal.abort();
			const calls = [
				provider.list(target, aborted),
				provider.find(target, 'xx', aborted),
				provider.delete(target, { name: 'xx' }, aborted),
				provider.import(target, request('xx'), aborted),
				provider.create(target, creation('xx'), aborted),
				...(manifest.capabilities.tags
					? [provider.changeTags(target, { name: 'xx', id: 'xx' }, { set: { a: 'b' }, remove: ['c'] }, aborted)]
					: []),
				...(manifest.capabilities.resourceGroups ? [provider.resourceGroups(target.profile, aborted)] : []),
				...(subject.regions ? [provider.regions(target.profile, aborted)] : []),
			];
			for (const failure of await Promise.all(calls.map(failureOf))) {
				assert.equal(failure.kind, 'cancelled');
				assert.equal(failure.outcomeUnknown, false);
			}
			assert.equal(cloud.requests.count(), 0);
		});

		it('can be cancelled while a call is under way', async () => {
			const { provider, cloud, operations } = subject;
			const cancelled = async (operation: string, call: (signal: AbortSignal) => Promise<unknown>) => {
				cloud.requests.clear();
				cloud.faults.set([{ operation, effect: { kind: 'hang' } }]);
				const abort = new AbortController();
				const failing = failureOf(call(abort.signal));
				await arrival(cloud.requests, operation);
				abort.abort();
				return pick(await failing);
			};
			assert.deepEqual(await cancelled(operations.list, (signal) => provider.list(target, signal)), {
				kind: 'cancelled',
				outcomeUnknown: false,
			});
			const maybeDone = { kind: 'cancelled', outcomeUnknown: true };
			assert.deepEqual(
				await cancelled(operations.import, (signal) => provider.import(target, request('xx'), signal)),
				maybeDone,
			);
			assert.deepEqual(
				await cancelled(operations.create, (signal) => provider.create(target, creation('yy'), signal)),
				maybeDone,
			);
		});

		it('says that time was up when the signal was a time limit', async () => {
			subject.cloud.faults.set([{ effect: { kind: 'hang' } }]);
			const failure = await failureOf(subject.provider.list(target, AbortSignal.timeout(100)));
			assert.deepEqual(pick(failure), { kind: 'timedOut', outcomeUnknown: false });
		});

		it('says that nothing can be had from a profile that is not there', async () => {
			const failure = await failureOf(subject.provider.list({ ...target, profile: 'absent' }, never));
			assert.equal(failure.kind, 'credentialsMissing');
			assert.equal(failure.profile, 'absent');
			assert.equal(subject.cloud.requests.count(), 0);
		});
	});
}

function pick({ kind, outcomeUnknown }: Awaited<ReturnType<typeof failureOf>>) {
	return { kind, outcomeUnknown };
}

/** Waits until the emulator has seen a request. */
async function arrival(requests: ContractSubject['cloud']['requests'], operation: string): Promise<void> {
	while (requests.count({ operation }) === 0) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
