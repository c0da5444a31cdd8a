import { l10n } from 'vscode';
import type { CloudKeyPairsApi } from '../api';
import { parsePublicKeys } from '../domain/parsePublicKeys';
import type { Profile } from '../domain/profile';
import type { Service } from '../domain/target';
import type { ProviderFailure } from '../providers/failure';
import type { ImportRunner } from './commands/runImport';
import { completed } from './forms/importForm';
import { toAbortSignal } from './host/progress';
import { checkImportRequest, refusedOutcomes, resolveKey, toDraft, toImportOutcome, toOptions } from './importRequest';
import { describeFailure } from './messages/failures';
import { describeKeyProblem } from './messages/keyProblems';
import type { Services } from './services';

/** The API for other extensions, over the same services as the commands. */
export function createApi(services: Services, runner: ImportRunner): CloudKeyPairsApi {
	const { profiles, providers, remoteKeys } = services;
	return {
		version: 1,

		parsePublicKeys(text) {
			const { keys, problems } = parsePublicKeys(text);
			const told = problems.map((problem) => {
				const { code, severity, range } = problem;
				return { code, severity, range, message: describeKeyProblem(problem) };
			});
			return { keys: [...keys], problems: told };
		},

		async profiles() {
			const listings = await profiles.all();
			const found = listings.flatMap((listing) => ('profiles' in listing ? listing.profiles : []));
			const failed = listings.find((listing) => 'failure' in listing);
			if (failed && found.length === 0) {
				throw toError(failed.failure, failed.vendor.label);
			}
			return found;
		},

		async regions(name, service) {
			const profile = await find(name, service);
			if (!providers.manifest(service).capabilities.regions) {
				return [];
			}
			const { regions, failure } = await remoteKeys.regions(profile, service);
			if (failure && regions.length === 0) {
				throw toError(failure, providers.manifest(service).label);
			}
			return regions.map(({ name: region, usable }) => ({
				name: region,
				usable,
				...(!usable && { reason: l10n.t('not enabled for this account') }),
			}));
		},

		async list(target) {
			const listing = await remoteKeys.reload(target);
			if (listing.status === 'failed') {
				throw toError(listing.failure, providers.manifest(target.service).label);
			}
			return [...listing.keyPairs];
		},

		async import(request, token) {
			const checked = checkImportRequest({ ...request }, services);
			const { publicKey } = checked;
			if (publicKey === undefined || checked.keyName === undefined || checked.targets === undefined) {
				throw new TypeError('import: publicKey, keyName and targets are needed');
			}
			const resolved = await resolveKey(publicKey, services);
			if (!('key' in resolved)) {
				return refusedOutcomes(checked.targets, resolved.error);
			}
			const attempt = completed(toDraft(checked, resolved.key));
			if (!attempt) {
				return [];
			}
			const outcomes = await runner.import(attempt, toOptions(checked), attempt.targets, toAbortSignal(token));
			return outcomes.map((outcome) => toImportOutcome(outcome, services));
		},
	};

	async function find(name: string, service: Service): Promise<Profile> {
		const isKnown = providers.vendors.some((vendor) => vendor.services.some((known) => known.service === service));
		if (!isKnown) {
			throw new Error(l10n.t('There is no service named {0}.', String(service)));
		}
		const profile = await profiles.find(name, service);
		if (!profile) {
			throw new Error(l10n.t('There is no profile named {0}.', name));
		}
		return profile;
	}
}

function toError(failure: ProviderFailure, label: string): Error {
	const { message, advice } = describeFailure(failure, label);
	return new Error(`${message} ${advice}`);
}
