import assert from 'node:assert/strict';
import type { TargetOutcome } from '../../../src/services/imports/keyImport';
import type { Emulator } from '../../emulator/emulator';
import type { Effect } from '../../emulator/faults/fault';
import { alibabaServices, useAlibabaTrap } from './alibabaTrap';
import { awsServices, useAwsTrap } from './awsTrap';

describe('Trap 9: an import that got no good answer may have been made', () => {
	const effects: readonly Effect[] = [
		{ kind: 'serverError' },
		{ kind: 'drop' },
		{ kind: 'html', status: 502 },
		{ kind: 'html', status: 200 },
	];
	/** ENS's codes for a failure of its own come with HTTP 400. */
	const ensEffects = ['ens.interface.error', 'CallInterface'].map((code) => ({ kind: 'error', code }) as const);

	describe('(AWS)', () => {
		const trap = useAwsTrap();
		for (const service of awsServices) {
			settlesImports(service, effects, () => trapOf(trap(), service));
		}
	});

	describe('(Alibaba Cloud)', () => {
		const trap = useAlibabaTrap();
		for (const service of alibabaServices) {
			const all = service === 'ens' ? [...effects, ...ensEffects] : effects;
			settlesImports(service, all, () => trapOf(trap(), service));
		}
	});
}).timeout(20_000);

/** What a test here needs of either vendor's trap. */
interface OneService {
	readonly faults: Emulator['faults'];
	import(): Promise<TargetOutcome>;
	stored(): readonly string[];
	/** How many imports were sent. */
	imports(): number;
}

function trapOf<S>(trap: TrapOf<S>, service: S): OneService {
	const { emulator } = trap;
	return {
		faults: emulator.faults,
		import: () => trap.import(service),
		stored: () => trap.stored(service),
		imports: () => emulator.requests.count({ operation: 'ImportKeyPair' }),
	};
}

interface TrapOf<S> {
	readonly emulator: Emulator;
	import(service: S): Promise<TargetOutcome>;
	stored(service: S): readonly string[];
}

function settlesImports(service: string, effects: readonly Effect[], trap: () => OneService): void {
	for (const effect of effects) {
		const what =
			'status' in effect && effect.kind === 'html'
				? `a page with status ${effect.status}`
				: 'code' in effect
					? effect.code
					: effect.kind;
		const fault = { operation: 'ImportKeyPair', calls: [1], effect } as const;

		it(`finds by name what was made before ${what} (${service}), and does not send it twice`, async () => {
			trap().faults.set([{ ...fault, when: 'after' }]);
			const outcome = await trap().import();
			assert.deepEqual([outcome.status, outcome.attempts], ['imported', 1]);
			assert.equal(trap().imports(), 1);
			assert.deepEqual(trap().stored(), ['laptop']);
		});

		it(`sends again what ${what} kept from being made (${service})`, async () => {
			trap().faults.set([fault]);
			const outcome = await trap().import();
			assert.deepEqual([outcome.status, outcome.attempts], ['imported', 2]);
			assert.deepEqual(trap().stored(), ['laptop']);
		});
	}
}
