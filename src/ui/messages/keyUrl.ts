import { l10n } from 'vscode';
import type { KeyUrlFailure, KeyUrlFault } from '../../services/localKeys/keyUrl';

/** What is wrong with an address, as one sentence. */
export function describeKeyUrlFault(fault: KeyUrlFault): string {
	switch (fault) {
		case 'notAUrl':
			return l10n.t('Enter an address such as https://github.com/octocat.keys.');
		case 'notHttps':
			return l10n.t('The address must begin with https://.');
		case 'credentials':
			return l10n.t('The address must not contain a user name or password.');
	}
}

/** Why nothing could be fetched, as one sentence; empty when it was given up. `host` is whom was asked. */
export function describeKeyUrlFailure(failure: KeyUrlFailure, host: string): string {
	switch (failure.kind) {
		case 'timeout':
			return l10n.t('{0} did not answer within 10 seconds.', host);
		case 'tooLarge':
			return l10n.t('The page of {0} is larger than 1 MiB: it is not a list of keys.', host);
		case 'unreachable':
			return l10n.t("Couldn't connect to {0}.", host);
		case 'redirect':
			return l10n.t('{0} redirects to an address that cannot be used.', host);
		case 'status':
			return failure.status === 404
				? l10n.t('{0} has no such page (404).', host)
				: l10n.t('{0} refused to send the page ({1}).', host, failure.status);
		case 'cancelled':
			return '';
	}
}
