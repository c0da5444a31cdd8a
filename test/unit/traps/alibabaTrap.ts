import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Target } from '../../../src/domain/target';
import { createProviders } from '../../../src/providers/alibaba/bundle';
import { alibaba } from '../../../src/providers/alibaba/manifest';
import type { KeyPairProvider } from '../../../src/providers/contract';
import { importKey } from '../../../src/services/imports/importKey';
import type { KeyImport, TargetOutcome } from '../../../src/services/imports/keyImport';
import type { Clock } from '../../../src/services/ports';
import { memoryLog } from '../../fakes/log';
import { fakeProviders } from '../../fakes/vendors';
import { type AlibabaSubject, startEcs } from '../providers/alibaba/alibabaSubject';
import { keyOf, lines, never } from './awsTrap';

/** The services of Alibaba Cloud. */
export type AlibabaService = 'ecs' | 'ens';

/** Both services; a trap of both is tried with each. */
export const alibabaServices: readonly AlibabaService[] = ['ecs', 'ens'];

/** An emulated Alibaba Cloud, the extension's providers for it, and imports by them. */
export interface AlibabaTrap extends Pick<AlibabaSubject, 'emulator' | 'account' | 'settings' | 'configure' | 'lines'> {
	provider(service: AlibabaService): KeyPairProvider;
	/** Imports the RSA key as `laptop` into a service, or what the request says, as the import command does. */
	import(service: AlibabaService, request?: Partial<KeyImport>, signal?: AbortSignal): Promise<TargetOutcome>;
	/** The names of the key pairs that the service truly has. */
	stored(service: AlibabaService): readonly string[];
}

/** Where all of this happens: profile `able`, in cn-hangzhou where there are regions. */
export function placeIn(service: AlibabaService): Target {
	return { service, profile: 'able', ...(service === 'ecs' ? { region: 'cn-hangzhou' } : {}) };
}

/** Starts an emulated Alibaba Cloud before each test of the suite and stops it afterwards. */
export function useAlibabaTrap(): () => AlibabaTrap {
	let subject: AlibabaSubject | undefined;
	beforeEach(async () => {
		subject = await startEcs(createProviders);
	});
	afterEach(() => subject?.close());
	return () => {
		assert.ok(subject, 'it runs only within a test');
		return trapOf(subject);
	};
}

function trapOf(subject: AlibabaSubject): AlibabaTrap {
	const { emulator, account, settings, configure, lines: log, providers } = subject;
	const vendors = [{ ...alibaba, load: async () => ({ createProviders }) }];
	const context = { providers: fakeProviders(providers, vendors), clock, log: memoryLog() };
	return {
		...{ emulator, account, settings, configure, lines: log },
		provider: (service) => providers.find((one) => one.service === service) ?? assert.fail(service),
		import: async (service, request = {}, signal = never) => {
			const targets = [placeIn(service)];
			const defaults = { key: keyOf(lines.rsa), keyName: 'laptop', tags: {}, dryRun: false, ifExists: 'keep' } as const;
			const [outcome] = await importKey({ ...defaults, targets, ...request }, context, signal);
			return outcome ?? assert.fail('no outcome');
		},
		stored: (service) =>
			(service === 'ecs' ? account.keyPairs('ecs', 'cn-hangzhou') : account.keyPairs('ens'))
				.all()
				.map(({ name }) => name),
	};
}

/** The machine's time. */
const clock: Clock = {
	now: () => Date.now(),
	wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};
