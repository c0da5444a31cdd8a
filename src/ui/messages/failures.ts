import { l10n } from 'vscode';
import type { FailureKind, ProviderFailure } from '../../providers/failure';

/** What a person is told: one sentence on what happened and one on what to do next. */
export interface Words {
	readonly message: string;
	readonly advice: string;
}

/** The words for a failure. `label` is the service's brand name. */
export function describeFailure(failure: ProviderFailure, label: string): Words {
	return words[failure.kind](failure, label);
}

const words: { readonly [K in FailureKind]: (failure: ProviderFailure, label: string) => Words } = {
	credentialsMissing: ({ profile }) => ({
		message: l10n.t('No credentials were found for profile {0}.', profile ?? ''),
		advice: l10n.t('Check the profile in its configuration file, or choose another profile.'),
	}),
	signInExpired: ({ profile }) => ({
		message: l10n.t('The sign-in for profile {0} has expired.', profile ?? ''),
		advice: l10n.t('Sign in again, then retry.'),
	}),
	credentialsRejected: ({ profile }, label) => ({
		message: l10n.t('{0} rejected the credentials of profile {1}.', label, profile ?? ''),
		advice: l10n.t('Check the access key and its secret: the key may be mistyped, disabled, or deleted.'),
	}),
	mfaRejected: ({ profile }) => ({
		message: l10n.t('The MFA code for profile {0} was not accepted.', profile ?? ''),
		advice: l10n.t('Retry with the code your device shows now. Each code works only once.'),
	}),
	roleRefused: ({ profile }) => ({
		message: l10n.t("Couldn't assume the role of profile {0}.", profile ?? ''),
		advice: l10n.t('Check role_arn and source_profile, and make sure that the role trusts the source identity.'),
	}),
	processFailed: ({ profile }) => ({
		message: l10n.t('The credential process of profile {0} failed.', profile ?? ''),
		advice: l10n.t('Run its command in a terminal to see why.'),
	}),
	configuration: ({ detail, file }) => ({
		message: detail
			? l10n.t("Couldn't read the configuration: {0}", detail)
			: l10n.t("Couldn't read the configuration."),
		advice: file
			? l10n.t('Fix the configuration file, then refresh.')
			: l10n.t('Fix the configuration file or the setting, then refresh.'),
	}),
	clockSkew: (_, label) => ({
		message: l10n.t('{0} refused the request: the clock of this machine seems to be wrong.', label),
		advice: l10n.t('Correct the date and time of this machine, then retry.'),
	}),
	notPermitted: ({ action, profile }, label) => ({
		message: action
			? l10n.t('Profile {0} does not have the permission {1}.', profile ?? '', action)
			: l10n.t('Profile {0} is not allowed to do this in {1}.', profile ?? '', label),
		advice: action
			? l10n.t('Ask the administrator of the account to allow {0}, or choose another profile.', action)
			: l10n.t('Ask the administrator of the account for permission, or choose another profile.'),
	}),
	accountState: ({ profile }, label) => ({
		message: l10n.t('The account of profile {0} cannot use {1} at the moment.', profile ?? '', label),
		advice: l10n.t("Finish setting up the account, or contact the vendor's support."),
	}),
	regionNotEnabled: ({ region, profile }) => ({
		message: l10n.t('Region {0} is not enabled for the account of profile {1}.', region ?? '', profile ?? ''),
		advice: l10n.t('Enable the region in the account settings, or choose another region.'),
	}),
	regionNotReady: ({ region }, label) => ({
		message: l10n.t('{0} is still setting up region {1} for the account.', label, region ?? ''),
		advice: l10n.t('Wait a few minutes, then retry.'),
	}),
	regionUnknown: ({ region }, label) => ({
		message: l10n.t('{0} has no region {1}.', label, region ?? ''),
		advice: l10n.t('Check the name of the region, or choose another region.'),
	}),
	nameTaken: () => ({
		message: l10n.t('The name is taken by another key.'),
		advice: l10n.t('Choose another name.'),
	}),
	nameInvalid: (_, label) => ({
		message: l10n.t('{0} does not accept this name.', label),
		advice: l10n.t('Choose another name.'),
	}),
	keyInvalid: (_, label) => ({
		message: l10n.t('{0} does not accept this public key.', label),
		advice: l10n.t('Choose a key of a type that {0} accepts.', label),
	}),
	keyTooLong: (_, label) => ({
		message: l10n.t('The public key is too long for {0}.', label),
		advice: l10n.t('Choose a shorter key.'),
	}),
	tagsInvalid: (_, label) => ({
		message: l10n.t('{0} does not accept these tags.', label),
		advice: l10n.t('Change the tags, then retry.'),
	}),
	tagLimit: (_, label) => ({
		message: l10n.t('There are more tags than {0} allows.', label),
		advice: l10n.t('Remove some tags, then retry.'),
	}),
	pairLimit: ({ region }, label) => ({
		message: l10n.t('{0} allows no more key pairs in {1}: the limit of the account is reached.', label, region ?? ''),
		advice: l10n.t('Delete key pairs you no longer use, or request a higher limit.'),
	}),
	resourceGroupInvalid: (_, label) => ({
		message: l10n.t('{0} does not know the resource group.', label),
		advice: l10n.t('Choose another resource group.'),
	}),
	keyPairInUse: () => ({
		message: l10n.t('The key pair is bound to an instance.'),
		advice: l10n.t('Detach it from its instances first.'),
	}),
	notFound: (_, label) => ({
		message: l10n.t('This key pair does not exist in {0}.', label),
		advice: l10n.t('It may have been deleted. Refresh the view.'),
	}),
	operationFailed: ({ detail }, label) => ({
		message: detail
			? l10n.t('{0} accepted the request and then failed to carry it out: {1}', label, detail)
			: l10n.t('{0} accepted the request and then failed to carry it out.', label),
		advice: l10n.t('Nothing was changed. Retry, or change the request.'),
	}),
	tagsMissing: ({ action, detail }, label) => ({
		message: action
			? l10n.t('The key pair is in {0} now, but without its tags: the permission {1} is missing.', label, action)
			: detail
				? l10n.t('The key pair is in {0} now, but its tags could not be set: {1}', label, detail)
				: l10n.t('The key pair is in {0} now, but its tags could not be set.', label),
		advice: l10n.t('Do not import it again. Edit the tags of the key pair instead.'),
	}),
	throttled: (_, label) => ({
		message: l10n.t('Too many requests were sent to {0}.', label),
		advice: l10n.t('Wait a moment, then retry.'),
	}),
	serverError: ({ outcomeUnknown }, label) => ({
		message: l10n.t('{0} had an internal error.', label),
		advice: outcomeUnknown ? doubt() : l10n.t('Retry in a few minutes.'),
	}),
	timedOut: ({ outcomeUnknown }, label) => ({
		message: l10n.t('{0} did not answer in time.', label),
		advice: outcomeUnknown ? doubt() : l10n.t('Check the network connection, then retry.'),
	}),
	unreachable: ({ outcomeUnknown }, label) => ({
		message: l10n.t("Couldn't reach {0}.", label),
		advice: outcomeUnknown
			? doubt()
			: l10n.t('Check the network connection, the proxy, and the name of the region, then retry.'),
	}),
	tlsUntrusted: (_, label) => ({
		message: l10n.t('The certificate presented for {0} is not trusted.', label),
		advice: l10n.t(
			'A proxy may be inspecting the traffic. Add its certificate to the system or to NODE_EXTRA_CA_CERTS.',
		),
	}),
	notTheService: ({ outcomeUnknown }, label) => ({
		message: l10n.t('Something other than {0} answered.', label),
		advice: outcomeUnknown
			? doubt()
			: l10n.t(
					'A proxy or a sign-in page of the network may be in between. Check the connection, and endpoint_url if it is set.',
				),
	}),
	unsupported: (_, label) => ({
		message: l10n.t('{0} cannot do this.', label),
		advice: l10n.t('Choose another service.'),
	}),
	badRequest: (_, label) => ({
		message: l10n.t('{0} could not understand the request.', label),
		advice: l10n.t('This is probably a bug in the extension. Please report it with the request ID.'),
	}),
	cancelled: ({ outcomeUnknown }) => ({
		message: l10n.t('The request was cancelled.'),
		advice: outcomeUnknown ? doubt() : l10n.t('Nothing was changed.'),
	}),
	unknown: ({ detail, outcomeUnknown }, label) => ({
		message: detail
			? l10n.t('{0} answered: {1}', label, detail)
			: l10n.t('The request to {0} failed for an unknown reason.', label),
		advice: outcomeUnknown ? doubt() : l10n.t('See the log for details, then retry.'),
	}),
};

function doubt(): string {
	return l10n.t('The change may have been made all the same. Refresh the region before you retry.');
}
