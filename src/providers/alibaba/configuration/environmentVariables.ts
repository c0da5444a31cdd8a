import type { Environment } from '../../contract';
import {
	type CredentialPlan,
	instanceRolePlan,
	isPlan,
	keyPlan,
	nothingUsable,
	oidcPlan,
	type PlanProblem,
	uriPlan,
} from './credentialPlan';

/** The prefixes under which Alibaba Cloud's tools read the same variable, the SDKs' first (config/profile.go of aliyun/aliyun-cli). The CLI reads
 * names without any prefix too; those can belong to anybody. */
const prefixes = ['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_'];

type Variables = Environment['variables'];

/** The access key of the environment itself; id, secret and token under one prefix, so that halves of two keys are never put together. */
export function environmentKey(variables: Variables): CredentialPlan | PlanProblem {
	const plans = prefixes.map((prefix) =>
		keyPlan(
			variables[`${prefix}ACCESS_KEY_ID`],
			variables[`${prefix}ACCESS_KEY_SECRET`],
			variables[`${prefix}SECURITY_TOKEN`],
		),
	);
	return plans.find(isPlan) ?? nothingUsable;
}

/** The region that the environment names. */
export function environmentRegion(variables: Variables): string | undefined {
	return prefixes.map((prefix) => variables[`${prefix}REGION_ID`]).find(Boolean);
}

/** The role that the environment names by an OpenID Connect token, as in a Kubernetes pod. */
export function environmentOidc(variables: Variables): CredentialPlan | PlanProblem {
	const { ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE } = variables;
	const { ALIBABA_CLOUD_ROLE_SESSION_NAME, ALIBABA_CLOUD_STS_REGION } = variables;
	const role = ALIBABA_CLOUD_ROLE_ARN
		? {
				roleArn: ALIBABA_CLOUD_ROLE_ARN,
				...(ALIBABA_CLOUD_ROLE_SESSION_NAME ? { sessionName: ALIBABA_CLOUD_ROLE_SESSION_NAME } : {}),
				...(ALIBABA_CLOUD_STS_REGION ? { stsRegion: ALIBABA_CLOUD_STS_REGION } : {}),
			}
		: undefined;
	return oidcPlan(role, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE);
}

/** The role of the machine; nothing where the environment forbids to ask for it. */
export function environmentInstanceRole(variables: Variables): CredentialPlan | PlanProblem {
	return isTrue(variables['ALIBABA_CLOUD_ECS_METADATA_DISABLED'])
		? nothingUsable
		: instanceRolePlan(variables['ALIBABA_CLOUD_ECS_METADATA']);
}

/** The URL that the environment names. */
export function environmentUri(variables: Variables): CredentialPlan | PlanProblem {
	return uriPlan(variables['ALIBABA_CLOUD_CREDENTIALS_URI']);
}

/** Whether a switch among the variables is on. */
export function isTrue(value: string | undefined): boolean {
	return value?.toLowerCase() === 'true';
}
