import { l10n } from 'vscode';
import type { Profile, ProfileKind } from '../../domain/profile';

/** The profile in short, such as `AWS · SSO · us-east-1`, or why it can't work. */
export function describeProfile(profile: Profile, vendorLabel: string): string {
	const kind = profile.kind === 'broken' ? describeProfileProblem(profile) : describeKind(profile.kind);
	return [vendorLabel, kind, profile.region].filter(Boolean).join(' · ');
}

/** Where the profile comes from: a file's path, or what else it is kept in; and why a way to credentials is not supported. */
export function describeSource({ source, problem, mode }: Profile): string {
	const place =
		source === 'environment'
			? l10n.t('environment variables')
			: source === 'secretStorage'
				? l10n.t('the secret storage of VS Code')
				: source;
	return problem === 'modeNotSupported' ? [place, describeUnsupportedMode(mode)].join('\n') : place;
}

/** Why credentials of such a profile can't be used here. */
function describeUnsupportedMode(mode: string | undefined): string {
	switch (mode) {
		case 'RsaKeyPair':
		case 'rsa_key_pair':
			return l10n.t('Alibaba Cloud has deprecated sessions that start from an RSA key pair.');
		case 'BearerToken':
		case 'bearer':
			return l10n.t('A bearer token cannot sign requests, and the key pair services take signed requests only.');
		case 'Anonymous':
			return l10n.t('Without an identity the key pair services refuse every request.');
		default:
			return l10n.t('This extension does not know this way to credentials.');
	}
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
