import { l10n } from 'vscode';
import type { FailureKind, ProviderFailure } from '../../providers/failure';

/** The failure in two or three words, for a row that has no room for a sentence; the whole of it stands in `describeFailure`. */
export function describeFailureBriefly({ kind, code, action }: ProviderFailure): string {
	switch (kind) {
		case 'notPermitted':
			return action ? l10n.t('no permission: {0}', action) : l10n.t('no permission');
		case 'unreachable':
			return code ? l10n.t('not reachable ({0})', code) : l10n.t('not reachable');
		case 'unknown':
			return code ? l10n.t('failed ({0})', code) : l10n.t('failed');
		default:
			return brief[kind]();
	}
}

const brief: { readonly [K in Exclude<FailureKind, 'notPermitted' | 'unreachable' | 'unknown'>]: () => string } = {
	credentialsMissing: () => l10n.t('no credentials'),
	signInExpired: () => l10n.t('sign-in expired'),
	credentialsRejected: () => l10n.t('credentials not accepted'),
	mfaRejected: () => l10n.t('MFA code not accepted'),
	roleRefused: () => l10n.t('role cannot be assumed'),
	processFailed: () => l10n.t('credential process failed'),
	configuration: () => l10n.t('configuration cannot be read'),
	clockSkew: () => l10n.t('clock is wrong'),
	accountState: () => l10n.t('account cannot be used'),
	regionNotEnabled: () => l10n.t('region not enabled'),
	regionNotReady: () => l10n.t('region being set up'),
	regionUnknown: () => l10n.t('no such region'),
	nameTaken: () => l10n.t('name taken'),
	nameInvalid: () => l10n.t('name not accepted'),
	keyInvalid: () => l10n.t('key not accepted'),
	keyTooLong: () => l10n.t('key too long'),
	tagsInvalid: () => l10n.t('tags not accepted'),
	tagLimit: () => l10n.t('too many tags'),
	pairLimit: () => l10n.t('too many key pairs'),
	resourceGroupInvalid: () => l10n.t('resource group not known'),
	keyPairInUse: () => l10n.t('bound to an instance'),
	notFound: () => l10n.t('not found'),
	operationFailed: () => l10n.t('not carried out'),
	tagsMissing: () => l10n.t('imported without tags'),
	throttled: () => l10n.t('too many requests'),
	serverError: () => l10n.t('internal error of the service'),
	timedOut: () => l10n.t('no answer in time'),
	tlsUntrusted: () => l10n.t('certificate not trusted'),
	notTheService: () => l10n.t('something else answered'),
	unsupported: () => l10n.t('not possible here'),
	badRequest: () => l10n.t('request not understood'),
	cancelled: () => l10n.t('cancelled'),
};
