import { l10n } from 'vscode';
import type { Profile, ProfileKind } from '../../domain/profile';

/** The profile in short, such as `AWS · SSO · us-east-1`, or why it can't work. */
export function describeProfile(profile: Profile, vendorLabel: string): string {
	const kind = profile.kind === 'broken' ? describeProfileProblem(profile) : describeKind(profile.kind);
	return [vendorLabel, kind, profile.region].filter(Boolean).join(' · ');
}

function describeKind(kind: Exclude<ProfileKind, 'broken'>): string {
	switch (kind) {
		case 'static':
			return l10n.t('access key');
		case 'session':
			return l10n.t('session token');
		case 'assumedRole':
			return l10n.t('role');
		case 'webIdentity':
			return l10n.t('web identity');
		case 'process':
			return l10n.t('credential process');
		case 'sso':
			return 'SSO';
		case 'login':
			return l10n.t('console sign-in');
		case 'instanceRole':
			return l10n.t("the machine's role");
		case 'credentialsUri':
			return l10n.t('credentials URI');
		case 'defaultChain':
			return l10n.t('default credentials');
		case 'saved':
			return l10n.t('saved access key');
		case 'environment':
			return l10n.t('environment variables');
	}
}

/** Why a profile can't be used, as one clause. */
function describeProfileProblem({ problem = 'nothingUsable', mode }: Profile): string {
	switch (problem) {
		case 'cycle':
			return l10n.t('source_profile leads back to the profile itself');
		case 'sourceMissing':
			return l10n.t('source_profile does not exist');
		case 'nameNotSupported':
			return l10n.t('the name contains unsupported characters');
		case 'modeNotSupported':
			return l10n.t('mode {0} is not supported', mode ?? '');
		case 'nothingUsable':
			return l10n.t('no credentials');
	}
}
