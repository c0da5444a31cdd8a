import type { PublicKey } from '../../domain/publicKey';
import { type Target, targetId } from '../../domain/target';
import type { KeyPairProvider, ServiceManifest } from '../../providers/contract';
import { failureOf, type ProviderFailure } from '../../providers/failure';
import { makeChange } from '../changes/changes';
import { Lane, Lanes } from '../changes/lanes';
import { Patience } from '../changes/retry';
import { Turns } from '../concurrency';
import { brokenRules, changesPerLane, startsPerTurn } from './importKey';
import type { ImportContext, ImportFailure } from './keyImport';

/** What is to be imported some day. Without it the question is whether anything may be. */
export interface PermissionRequest {
	readonly targets: readonly Target[];
	readonly import?: {
		readonly key: PublicKey;
		readonly keyName: string;
		/** With tags, permission to set tags is asked for too. */
		readonly tags: Readonly<Record<string, string>>;
	};
}

/** What is known of the permission to import into one target.
 * - `permitted`: the service was asked (EC2's `DryRun`), and would do it.
 * - `readOnlyKnown`: the service can't be asked. The credentials work, key pairs may be listed, and the rules that are known here are kept; whether an import is
 *   permitted shows only when one is made.
 * - `denied`: `action` is missing, such as `ec2:ImportKeyPair`; where the service can't be asked, it is an action of listing.
 * - `failed`: nothing is known, for the reason given. */
export interface PermissionCheck {
	readonly target: Target;
	readonly status: 'permitted' | 'readOnlyKnown' | 'denied' | 'failed';
	/** The missing action, where the service named it or it follows from the call. */
	readonly action?: string;
	/** There for `denied` and `failed`. */
	readonly failure?: ImportFailure;
}

/** Stands for the key where none is given: the public key of RFC 8032's first test of Ed25519. It is only asked about, never imported. */
const exampleKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea';

/** Stands for the name where none is given, or where the given one is taken. */
const exampleName = 'cloud-key-pairs-permission-check';

/** Finds out for every target whether a key may be imported there; nothing is changed anywhere. What fails in passing is tried again as an import is. Checks
 * come in the order of the targets, and one by one through `done`; a cancelled one has failed with kind cancelled. Never rejects but for a bug. */
export async function checkPermission(
	request: PermissionRequest,
	{ providers, clock, log, random = Math.random }: ImportContext,
	signal: AbortSignal,
	done: (check: PermissionCheck) => void = () => {},
): Promise<readonly PermissionCheck[]> {
	const lanes = new Lanes(() => new Lane(changesPerLane, clock, random));
	const turns = new Turns(startsPerTurn);
	const checkOne = async (target: Target): Promise<PermissionCheck> => {
		try {
			const manifest = providers.manifest(target.service);
			const problems = request.import ? brokenRules(request.import, manifest) : [];
			if (problems.length > 0) {
				return { target, status: 'failed', failure: { by: 'rules', problems } };
			}
			const provider = await providers.load(target.service);
			const lane = lanes.for(`${target.service}/${target.profile}`);
			// A signal of its own: Node warns of a leak when more than ten listen to one.
			const road = { lane, clock, signal: AbortSignal.any([signal]), patience: new Patience(clock, random) };
			const asked = await makeChange<PermissionCheck>(
				{
					send: (own) => ask(provider, manifest, target, request, own),
					settle: async (refused) => ({ refused, mayRepeat: true }),
				},
				road,
			);
			return 'done' in asked ? asked.done : refusedCheck(target, asked.refused);
		} catch (error) {
			log.error(`Unforeseen failure at ${targetId(target)}`, error);
			return refusedCheck(target, { kind: 'unknown', retryable: false, outcomeUnknown: false });
		}
	};
	return Promise.all(
		request.targets.map(async (target) => {
			await turns.next();
			const check = await checkOne(target);
			log.info(`Permission to import into ${targetId(target)}: ${check.status}`);
			done(check);
			return check;
		}),
	);
}

/** @throws {ProviderError} */
async function ask(
	provider: KeyPairProvider,
	{ capabilities }: ServiceManifest,
	target: Target,
	request: PermissionRequest,
	signal: AbortSignal,
): Promise<PermissionCheck> {
	if (!capabilities.dryRun) {
		await provider.list(target, signal);
		return { target, status: 'readOnlyKnown' };
	}
	const publicKey = request.import?.key.publicKey ?? exampleKey;
	const tags = request.import?.tags ?? {};
	const dryRun = (keyName: string) => provider.import(target, { keyName, publicKey, tags, dryRun: true }, signal);
	try {
		await dryRun(request.import?.keyName ?? exampleName);
	} catch (error) {
		if (failureOf(error).kind !== 'nameTaken') {
			throw error;
		}
		// That the name is taken says nothing of the permission.
		await dryRun(exampleName);
	}
	return { target, status: 'permitted' };
}

function refusedCheck(target: Target, failure: ProviderFailure): PermissionCheck {
	const { kind, action } = failure;
	return {
		target,
		status: kind === 'notPermitted' ? 'denied' : 'failed',
		...(action !== undefined && { action }),
		failure: { by: 'service', failure: { ...target, ...failure } },
	};
}
