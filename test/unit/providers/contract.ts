import assert from 'node:assert/strict';
import type { Service, Target } from '../../../src/domain/target';
import type { Capabilities, KeyPairProvider } from '../../../src/providers/contract';
import type { FaultScript } from '../../emulator/faults/fault';
import type { RequestLog } from '../../emulator/requestLog';
import { failureOf } from './failing';

/** One service, played by an emulator, and how to reach it. */
export interface ContractSubject {
	readonly provider: KeyPairProvider;
	readonly service: Service;
	readonly capabilities: Capabilities;
	/** A profile that may do everything, and another that may do nothing. */
	readonly profiles: { readonly able: string; readonly denied: string };
	/** Two regions that are enabled and one that is not; the service has no regions: undefined. */
	readonly regions?: { readonly usable: readonly [string, string]; readonly disabled: string };
	/** The service's names of what the contract does. */
	readonly operations: { readonly list: string; readonly import: string; readonly delete: string };
	readonly cloud: { readonly faults: FaultScript; readonly requests: RequestLog };
	/** Ends what was started. */
	close(): Promise<void>;
}

/** Keys of OpenSSH 9.2 (`ssh-keygen -t rsa -b 2048`, `-t ed25519`); their private halves are gone. */
export const contractKeys = {
	rsa: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/Ogt0qw9HJA1lk/VgrIX+iC8poFxxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWfZf5NF2/L9tv3h0HGERjbHa6X1qmBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxhm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgGEp3ltzC7RD3UtduWA1Nojt',
	ed25519: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE',
} as const;

/** What every provider keeps to, run against an emulator of its service: `test/unit/providers/<family>/` calls this
 * once per service. */
export function describeProviderContract(title: string, start: () => Promise<ContractSubject>): void {
	describe(`${title} keeps the contract of providers`, function () {
		this.timeout(20_000);
		let subject: ContractSubject;
		let target: Target;
		const never = new AbortController().signal;
		const importInto = async (place: Target, keyName: string, publicKey: string = contractKeys.rsa, dryRun = false) =>
			(await subject.provider.import(place, { keyName, publicKey, tags: {}, dryRun }, never))?.keyPair;

		beforeEach(async () => {
			subject = await start();
			const region = subject.regions?.usable[0];
			target = { service: subject.service, profile: subject.profiles.able, ...(region ? { region } : {}) };
		});
		afterEach(() => subject.close());

		it('is the provider of its service', () => {
			assert.equal(subject.provider.service, subject.service);
		});

		it('lists nothing where there is nothing', async () => {
			assert.deepEqual(await subject.provider.list(target, never), []);
			assert.equal(await subject.provider.find(target, 'absent', never), undefined);
		});

		for (const [type, publicKey] of Object.entries(contractKeys)) {
			it(`gives back an imported ${type} key as it was sent, and lists it`, async () => {
				const imported = await importInto(target, type, `${publicKey} somebody@somewhere`);
				assert.equal(imported?.name, type);
				assert.ok(imported.fingerprint);
				assert.equal(imported.publicKey, `${publicKey} somebody@somewhere`);
				const [listed, ...others] = await subject.provider.list(target, never);
				assert.deepEqual(others, []);
				assert.equal(listed?.name, type);
				assert.equal(listed.id, imported.id);
				assert.equal(listed.type, imported.type);
				assert.equal(listed.fingerprint, imported.fingerprint);
				if (subject.capabilities.publicKeyReadable) {
					assert.ok(listed.publicKey?.startsWith(publicKey));
					assert.doesNotMatch(listed.publicKey ?? '', /\s$/);
				}
				assert.deepEqual(await subject.provider.find(target, type, never), listed);
			});
		}

		it('sends tags with the import, empty values too, where the service has them', async () => {
			const tags = { team: 'platform', empty: '', 'key with spaces': 'ü 漢字' };
			const imported = await subject.provider.import(
				target,
				{ keyName: 'tagged', publicKey: contractKeys.rsa, tags, dryRun: false },
				never,
			);
			const expected = subject.capabilities.tags ? tags : undefined;
			assert.deepEqual(imported?.keyPair.tags, expected);
			assert.deepEqual((await subject.provider.find(target, 'tagged', never))?.tags, expected);
		});

		it('sorts key pairs by name', async () => {
			for (const name of ['b', 'a', 'C']) {
				await importInto(target, name);
			}
			const names = (await subject.provider.list(target, never)).map(({ name }) => name);
			assert.deepEqual(names, ['C', 'a', 'b']);
		});

		it('refuses a name that is taken, by whichever key', async () => {
			await importInto(target, 'taken');
			for (const key of [contractKeys.rsa, contractKeys.ed25519]) {
				const failure = await failureOf(importInto(target, 'taken', key));
				assert.equal(failure.kind, 'nameTaken');
				assert.equal(failure.service, subject.service);
				assert.equal(failure.profile, target.profile);
				assert.equal(failure.region, target.region);
				assert.equal(failure.operation, subject.operations.import);
				assert.ok(failure.requestId);
				assert.equal(failure.outcomeUnknown, false);
			}
			assert.equal((await subject.provider.list(target, never)).length, 1);
		});

		it('finds a key pair by its exact name only', async () => {
			for (const name of ['deploy', 'deploy-2', 'Deploy']) {
				await importInto(target, name);
			}
			assert.equal((await subject.provider.find(target, 'deploy', never))?.name, 'deploy');
			assert.equal(await subject.provider.find(target, 'dep', never), undefined);
		});

		it('deletes a key pair and no other', async () => {
			await importInto(target, 'goes');
			const stays = await importInto(target, 'stays', contractKeys.ed25519);
			const goes = await subject.provider.find(target, 'goes', never);
			assert.ok(goes && stays);
			await subject.provider.delete(target, goes, never);
			assert.deepEqual(
				(await subject.provider.list(target, never)).map(({ name }) => name),
				['stays'],
			);
		});

		it('changes nothing on a dry run, where the service has them', async () => {
			if (subject.capabilities.dryRun) {
				assert.equal(await importInto(target, 'dry', contractKeys.rsa, true), undefined);
			} else {
				assert.equal((await failureOf(importInto(target, 'dry', contractKeys.rsa, true))).kind, 'unsupported');
			}
			assert.deepEqual(await subject.provider.list(target, never), []);
		});

		it('names the permission that is missing', async () => {
			const denied = { ...target, profile: subject.profiles.denied };
			const calls = [
				[subject.operations.list, subject.provider.list(denied, never)],
				[subject.operations.import, importInto(denied, 'x')],
				[subject.operations.delete, subject.provider.delete(denied, { name: 'x', id: 'key-0123456789abcdef0' }, never)],
			] as const;
			for (const [operation, call] of calls) {
				const failure = await failureOf(call);
				assert.equal(failure.kind, 'notPermitted');
				assert.ok(failure.action?.endsWith(`:${operation}`), failure.action);
				assert.equal(failure.retryable, false);
				assert.equal(failure.outcomeUnknown, false);
			}
		});

		it('keeps regions apart, and says which are not enabled', async () => {
			const { provider, regions } = subject;
			if (!regions) {
				assert.equal(subject.capabilities.regions, false);
				return;
			}
			await importInto(target, 'here');
			assert.deepEqual(await provider.list({ ...target, region: regions.usable[1] }, never), []);
			const listed = await provider.regions(target.profile, never);
			const names = listed.map(({ name }) => name);
			assert.deepEqual(names, [...names].sort());
			const find = (wanted: string) => listed.find(({ name }) => name === wanted);
			assert.deepEqual(find(regions.usable[0]), { name: regions.usable[0], usable: true });
			assert.deepEqual(find(regions.disabled), { name: regions.disabled, usable: false, reason: 'notOptedIn' });
			const failure = await failureOf(provider.list({ ...target, region: regions.disabled }, never));
			assert.equal(failure.kind, 'regionNotEnabled');
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

		it('repeats a change that was refused for its rate, and gives up after three attempts', async () => {
			const { faults, requests } = subject.cloud;
			const operation = subject.operations.import;
			faults.set([{ operation, calls: [1], effect: { kind: 'throttle' } }]);
			assert.equal((await importInto(target, 'later'))?.name, 'later');
			assert.equal(requests.count({ operation }), 2);
			requests.clear();
			faults.set([{ operation, effect: { kind: 'throttle' } }]);
			const failure = await failureOf(importInto(target, 'never'));
			assert.equal(requests.count({ operation }), 3);
			assert.equal(failure.kind, 'throttled');
			assert.equal(failure.retryable, true);
			assert.equal(failure.outcomeUnknown, false);
		});

		it('never repeats a change that may have been made, and says that it may', async () => {
			const { faults, requests } = subject.cloud;
			const operation = subject.operations.import;
			const effects = [
				['serverError', { kind: 'serverError' }],
				['serverError', { kind: 'html', status: 502 }],
				['unreachable', { kind: 'drop' }],
				['notTheService', { kind: 'html', status: 200 }],
			] as const;
			for (const [index, [kind, effect]] of effects.entries()) {
				requests.clear();
				faults.set([{ operation, when: 'after', effect }]);
				const failure = await failureOf(importInto(target, `doubt-${index}`));
				assert.equal(requests.count({ operation }), 1);
				assert.equal(failure.kind, kind);
				assert.equal(failure.outcomeUnknown, true);
				assert.equal(failure.retryable, true);
				faults.clear();
				// It was made indeed.
				assert.ok(await subject.provider.find(target, `doubt-${index}`, never));
			}
		});

		it('does not take a page of a portal for an empty list', async () => {
			for (const status of [200, 302, 403, 404, 511]) {
				subject.cloud.faults.set([{ effect: { kind: 'html', status } }]);
				const { kind } = await failureOf(subject.provider.list(target, never));
				assert.equal(kind, status < 500 ? 'notTheService' : 'serverError', String(status));
			}
		});

		it('sends nothing when it is cancelled beforehand', async () => {
			const { provider, cloud } = subject;
			const aborted = AbortSignal.abort();
			const calls = [
				provider.list(target, aborted),
				provider.find(target, 'x', aborted),
				provider.delete(target, { name: 'x' }, aborted),
				provider.import(target, { keyName: 'x', publicKey: contractKeys.rsa, tags: {}, dryRun: false }, aborted),
				...(subject.regions ? [provider.regions(target.profile, aborted)] : []),
			];
			for (const call of calls) {
				const failure = await failureOf(call);
				assert.equal(failure.kind, 'cancelled');
				assert.equal(failure.outcomeUnknown, false);
			}
			assert.equal(cloud.requests.count(), 0);
		});

		it('can be cancelled while a call is under way', async () => {
			const { provider, cloud, operations } = subject;
			cloud.faults.set([{ effect: { kind: 'hang' } }]);
			const abort = new AbortController();
			const reading = failureOf(provider.list(target, abort.signal));
			const request = { keyName: 'x', publicKey: contractKeys.rsa, tags: {}, dryRun: false };
			const changing = failureOf(provider.import(target, request, abort.signal));
			await arrival(cloud.requests, operations.list);
			await arrival(cloud.requests, operations.import);
			abort.abort();
			assert.deepEqual(pick(await reading), { kind: 'cancelled', outcomeUnknown: false });
			assert.deepEqual(pick(await changing), { kind: 'cancelled', outcomeUnknown: true });
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
async function arrival(requests: RequestLog, operation: string): Promise<void> {
	while (requests.count({ operation }) === 0) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
