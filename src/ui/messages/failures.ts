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
		message: l10n.t('No credentials could be found for profile {0}.', profile ?? ''),
		advice: l10n.t('Check the profile in the AWS config and credentials files, or choose another profile.'),
	}),
	signInExpired: ({ profile }) => ({
		message: l10n.t('The sign-in of profile {0} has expired.', profile ?? ''),
		advice: l10n.t('Sign in again, then retry.'),
	}),
	credentialsRejected: ({ profile }, label) => ({
		message: l10n.t('{0} does not accept the credentials of profile {1}.', label, profile ?? ''),
		advice: l10n.t('Check the access key and its secret: they may be mistyped, disabled or deleted.'),
	}),
	mfaRejected: ({ profile }) => ({
		message: l10n.t('The MFA code for profile {0} was not accepted.', profile ?? ''),
		advice: l10n.t('Retry with the code that the device shows now; each code works once.'),
	}),
	roleRefused: ({ profile }) => ({
		message: l10n.t('The role of profile {0} could not be assumed.', profile ?? ''),
		advice: l10n.t('Check role_arn and source_profile, and that the role trusts the source identity.'),
	}),
	processFailed: ({ profile }) => ({
		message: l10n.t('The credential_process of profile {0} failed.', profile ?? ''),
		advice: l10n.t('Run the command of the profile in a terminal to see why.'),
	}),
	configuration: ({ detail }) => ({
		message: detail
			? l10n.t('The configuration could not be read: {0}', detail)
			: l10n.t('The configuration could not be read.'),
		advice: l10n.t('Mend the configuration file, then refresh.'),
	}),
	clockSkew: (_, label) => ({
		message: l10n.t('{0} refused the request because of its time.', label),
		advice: l10n.t('Set the clock of this machine, then retry.'),
	}),
	notPermitted: ({ action, profile }, label) => ({
		message: action
			? l10n.t('Profile {0} lacks the permission {1}.', profile ?? '', action)
			: l10n.t('Profile {0} may not do this in {1}.', profile ?? '', label),
		advice: action
			? l10n.t('Ask the administrator of the account to allow {0}, or choose another profile.', action)
			: l10n.t('Ask the administrator of the account for the permission, or choose another profile.'),
	}),
	accountState: ({ profile }, label) => ({
		message: l10n.t('The account of profile {0} can not use {1} at present.', profile ?? '', label),
		advice: l10n.t("Finish the account's set-up or contact the vendor's support."),
	}),
	regionNotEnabled: ({ region, profile }) => ({
		message: l10n.t('The region {0} is not enabled for the account of profile {1}.', region ?? '', profile ?? ''),
		advice: l10n.t('Enable the region in the account settings, or choose another region.'),
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
		advice: l10n.t('Choose a key of a type that {0} takes.', label),
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
		message: l10n.t('{0} holds as many key pairs in {1} as it allows.', label, region ?? ''),
		advice: l10n.t('Delete key pairs that are no longer used, or ask for a higher limit.'),
	}),
	notFound: (_, label) => ({
		message: l10n.t('{0} has no such key pair.', label),
		advice: l10n.t('Refresh the view: it may have been deleted.'),
	}),
	throttled: (_, label) => ({
		message: l10n.t('{0} answers fewer requests than were made.', label),
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
	unreachable: ({ code, outcomeUnknown }, label) => ({
		message: code ? l10n.t('{0} could not be reached ({1}).', label, code) : l10n.t('{0} could not be reached.', label),
		advice: outcomeUnknown
			? doubt()
			: l10n.t('Check the network connection, the proxy and the name of the region, then retry.'),
	}),
	tlsUntrusted: (_, label) => ({
		message: l10n.t('The certificate that was shown for {0} is not trusted.', label),
		advice: l10n.t('A proxy may be reading the traffic: add its certificate to the system or to NODE_EXTRA_CA_CERTS.'),
	}),
	notTheService: (_, label) => ({
		message: l10n.t('Something other than {0} answered.', label),
		advice: l10n.t(
			'A proxy or a sign-in page of the network may be in between: check the connection and endpoint_url.',
		),
	}),
	unsupported: (_, label) => ({
		message: l10n.t('{0} can not do this.', label),
		advice: l10n.t('Choose another service.'),
	}),
	badRequest: ({ code }, label) => ({
		message: l10n.t('{0} refused the request as malformed ({1}).', label, code ?? '?'),
		advice: l10n.t('This looks like a fault of the extension: please report it with the request id.'),
	}),
	cancelled: ({ outcomeUnknown }) => ({
		message: l10n.t('It was cancelled.'),
		advice: outcomeUnknown ? doubt() : l10n.t('Nothing was changed.'),
	}),
	unknown: ({ code, detail }, label) => ({
		message: detail
			? l10n.t('{0} answered: {1}', label, detail)
			: l10n.t('{0} failed for an unknown reason ({1}).', label, code ?? '?'),
		advice: l10n.t('See the log for the request, then retry.'),
	}),
};

function doubt(): string {
	return l10n.t('It may have been done all the same: refresh the region before you retry.');
}
