import {
	type CredentialPlan,
	instanceRolePlan,
	keyPlan,
	nothingUsable,
	oidcPlan,
	type PlanProblem,
	type RoleSettings,
	rolePlan,
	uriPlan,
} from './credentialPlan';
import type { IniSection } from './iniFile';

/** How the credentials of a section of the credentials file are got, by the types that Alibaba Cloud's SDKs write and read there between them. */
export function planSection({ values }: IniSection): CredentialPlan | PlanProblem {
	const text = (key: string): string | undefined => values.get(key) || undefined;
	const type = text('type');
	const [id, secret, token] = [text('access_key_id'), text('access_key_secret'), text('security_token')];
	switch (type) {
		case 'access_key':
			return keyPlan(id, secret);
		case 'sts':
			return token ? keyPlan(id, secret, token) : nothingUsable;
		case 'ecs_ram_role':
			return instanceRolePlan(text('role_name'));
		case 'ram_role_arn':
			return rolePlan(roleOf(values), keyPlan(id, secret, token));
		case 'oidc_role_arn':
			return oidcPlan(roleOf(values), text('oidc_provider_arn'), text('oidc_token_file_path'));
		case 'credentials_uri':
			return uriPlan(text('credentials_uri'));
		case undefined:
			return nothingUsable;
		default:
			return { problem: 'modeNotSupported', mode: type };
	}
}

function roleOf(values: IniSection['values']): RoleSettings | undefined {
	const roleArn = values.get('role_arn');
	const sessionName = values.get('role_session_name');
	const duration = Number(values.get('role_session_expiration') ?? values.get('duration_seconds'));
	const externalId = values.get('external_id');
	const policy = values.get('policy');
	const stsRegion = values.get('sts_region_id');
	const stsEndpoint = values.get('sts_endpoint');
	return roleArn
		? {
				roleArn,
				...(sessionName ? { sessionName } : {}),
				...(duration > 0 ? { durationSeconds: duration } : {}),
				...(externalId ? { externalId } : {}),
				...(policy ? { policy } : {}),
				...(stsRegion ? { stsRegion } : {}),
				...(stsEndpoint ? { stsEndpoint } : {}),
			}
		: undefined;
}
