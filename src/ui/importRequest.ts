import { l10n, Uri } from 'vscode';
import type { ImportOutcome, ImportRequest } from '../api';
import type { KeyProblem } from '../domain/keyProblem';
import { parsePublicKeys } from '../domain/parsePublicKeys';
import type { PublicKey } from '../domain/publicKey';
import type { Target } from '../domain/target';
import type { ServiceManifest } from '../providers/contract';
import type { ProviderFailure } from '../providers/failure';
import type { ImportOptions, TargetOutcome } from '../services/imports/keyImport';
import type { LocalKeyFile } from '../services/localKeys/localKeys';
import { ArgumentError } from './commands/run';
import type { ChosenKey, GivenAnswer, ImportDraft } from './forms/importDraft';
import { isRecord } from './isRecord';
import type { Words } from './messages/failures';
import { lacksTags } from './messages/importSummary';
import { describeImportFailure, describeTagFailure } from './messages/imports';
import { describeKeyFile } from './messages/keyFiles';
import { describeKeyProblem } from './messages/keyProblems';
import type { Services } from './services';

/** A request, or a part of one, that came from outside: each field that is there has its type.
 * @throws {ArgumentError} naming the field that has not. */
export function checkImportRequest(
	value: Readonly<Record<string, unknown>>,
	{ providers }: Pick<Services, 'providers'>,
): Partial<ImportRequest> {
	const services = providers.vendors.flatMap((vendor) => vendor.services);
	const names = services.map(({ service }) => service).join(', ');
	const isTarget = (target: unknown): boolean => isRecord(target) && isTargetOf(target, services);
	const { publicKey, keyName, targets, tags, dryRun, ifExists, resourceGroupId } = value;
	expect(
		publicKey === undefined || typeof publicKey === 'string' || publicKey instanceof Uri,
		'publicKey',
		'a string or a Uri',
	);
	expect(keyName === undefined || typeof keyName === 'string', 'keyName', 'a string');
	expect(
		targets === undefined || (Array.isArray(targets) && targets.every(isTarget)),
		'targets',
		`a list of { service, profile, region }, region only for services that have regions, service one of: ${names}`,
	);
	expect(tags === undefined || isTags(tags), 'tags', 'an object of strings');
	expect(dryRun === undefined || typeof dryRun === 'boolean', 'dryRun', 'true or false');
	expect(
		ifExists === undefined || ifExists === 'keep' || ifExists === 'fail' || ifExists === 'replace',
		'ifExists',
		'keep, fail or replace',
	);
	expect(resourceGroupId === undefined || typeof resourceGroupId === 'string', 'resourceGroupId', 'a string');
	return value;
}

function expect(isFine: boolean, field: string, wanted: string): void {
	if (!isFine) {
		throw new ArgumentError(`cloudKeyPairs.import: ${field} must be ${wanted}`);
	}
}

function isTargetOf(value: Readonly<Record<string, unknown>>, services: readonly ServiceManifest[]): boolean {
	const { service, profile, region } = value;
	const manifest = services.find((candidate) => candidate.service === service);
	return (
		manifest !== undefined &&
		typeof profile === 'string' &&
		(manifest.capabilities.regions ? typeof region === 'string' : region === undefined)
	);
}

function isTags(value: unknown): value is Readonly<Record<string, string>> {
	return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** The key of a request, or why there is none. */
export type ResolvedKey =
	| { readonly key: ChosenKey }
	| { readonly file?: LocalKeyFile; readonly error: { readonly code: string; readonly message: string } };

/** Reads the key of a request: the only one of the text or file. */
export async function resolveKey(
	publicKey: string | Uri,
	{ localKeys }: Pick<Services, 'localKeys'>,
): Promise<ResolvedKey> {
	if (publicKey instanceof Uri) {
		const file = await localKeys.read(publicKey.toString());
		const key = onlyKey(file);
		return key ? { key: { key, origin: publicKey } } : { file, error: fileError(file) };
	}
	const parsed = parsePublicKeys(publicKey);
	const key = onlyKey(parsed);
	return key ? { key: { key } } : { error: textError(parsed.keys, parsed.problems) };
}

/** None where a private key stands beside it: such a text is refused as a whole. */
function onlyKey({ keys, problems }: Pick<LocalKeyFile, 'keys' | 'problems'>): PublicKey | undefined {
	return keys.length === 1 && !problems.some(({ code }) => code === 'privateKey') ? keys[0] : undefined;
}

function fileError(file: LocalKeyFile): { code: string; message: string } {
	return file.unreadable
		? { code: file.unreadable, message: describeKeyFile(file) }
		: textError(file.keys, file.problems);
}

function textError(keys: readonly PublicKey[], problems: readonly KeyProblem[]): { code: string; message: string } {
	const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	const none: KeyProblem = { code: keys.length > 1 ? 'severalKeys' : 'noKey', severity: 'error', range, data: {} };
	const problem = problems.find(({ severity }) => severity === 'error') ?? none;
	return { code: problem.code, message: describeKeyProblem(problem) };
}

/** What the request says beforehand; the rest is asked for. */
export function toDraft(request: Partial<ImportRequest>, key: ChosenKey | undefined): ImportDraft {
	const { keyName, targets, tags, resourceGroupId } = request;
	const given = { key, targets: targets && targets.length > 0 ? targets : undefined, keyName, tags };
	const answered = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
	return {
		...(key && { key }),
		...(given.targets && { targets: given.targets }),
		...(keyName !== undefined && { keyName }),
		...(tags && { tags }),
		...(resourceGroupId !== undefined && { resourceGroupId }),
		options: toOptions(request),
		given: new Set(answered as GivenAnswer[]),
	};
}

/** The options of a request, with their defaults. */
export function toOptions({ dryRun = false, ifExists = 'keep' }: Partial<ImportRequest>): ImportOptions {
	return { dryRun, ifExists };
}

/** The outcome of every target for a key that was refused before any call. */
export function refusedOutcomes(
	targets: readonly Target[],
	{ code, message }: { readonly code: string; readonly message: string },
): ImportOutcome[] {
	const error = { code, message, retryable: false, advice: l10n.t('Nothing was sent. Choose another key.') };
	return targets.map((target) => ({ target, status: 'failed', error }));
}

/** An outcome as the API tells it. */
export function toImportOutcome(outcome: TargetOutcome, { providers }: Pick<Services, 'providers'>): ImportOutcome {
	const { target, status } = outcome;
	const { label } = providers.manifest(target.service);
	if (outcome.status === 'imported' || outcome.status === 'alreadyPresent') {
		const { keyPair } = outcome;
		return lacksTags(outcome)
			? {
					...{ target, status, keyPair },
					error: toError(outcome.tagFailure, describeTagFailure(outcome.tagFailure, label)),
				}
			: { target, status, keyPair };
	}
	if (outcome.status !== 'failed') {
		return { target, status };
	}
	const { failure } = outcome;
	const words = describeImportFailure(failure, label);
	return failure.by === 'rules'
		? { target, status, error: { code: failure.problems[0]?.code ?? '', retryable: false, ...words } }
		: { target, status, error: toError(failure.failure, words) };
}

function toError(
	{ code, kind, requestId, retryable }: ProviderFailure,
	words: Words,
): NonNullable<ImportOutcome['error']> {
	return { code: code ?? kind, retryable, ...(requestId && { requestId }), ...words };
}
