import { readFile } from 'node:fs/promises';
import type { AlibabaCredentials, RoleSettings } from '../configuration/credentialPlan';
import type { AlibabaContext } from '../context';
import { configuredEndpoint } from '../endpoints';
import { credentialError } from './credentialFailures';
import { CredentialRefusal } from './credentialRefusal';
import { type Obtained, sessionOf, toObtained } from './obtained';
import { post } from './post';

const version = '2015-04-01';

/** So long a role is waited for, in milliseconds: longer than all attempts of one call take. */
const timeoutMs = 90_000;

/** The credentials of a role that is assumed with others (STS 2015-04-01, AssumeRole). Rejects with whatever `send` throws. */
export async function assumeRole(
	role: RoleSettings,
	credentials: AlibabaCredentials,
	context: AlibabaContext,
): Promise<Obtained> {
	const { body } = await context.send({
		endpoint: stsEndpoint(role, context),
		version,
		action: 'AssumeRole',
		query: { ...parameters(role), ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }) },
		credentials,
		signal: AbortSignal.timeout(timeoutMs),
		use: 'read',
		userAgent: context.dependencies.userAgent,
	});
	return toRoleSession(body);
}

/** The credentials of a role that is assumed with an OpenID Connect token (STS 2015-04-01, AssumeRoleWithOIDC). The request is not signed; the token
 * goes in its body, not in its URL. */
export async function assumeRoleWithOidc(
	role: RoleSettings,
	providerArn: string,
	tokenFile: string,
	context: AlibabaContext,
): Promise<Obtained> {
	const token = (await readFile(tokenFile, 'utf8')).trim();
	const endpoint = stsEndpoint(role, context);
	const url = new URL(/^https?:\/\//.test(endpoint) ? endpoint : `https://${endpoint}`);
	url.search = new URLSearchParams({
		Action: 'AssumeRoleWithOIDC',
		Version: version,
		Format: 'JSON',
		Timestamp: new Date().toISOString().replace(/\.\d+/, ''),
		SignatureNonce: crypto.randomUUID(),
	}).toString();
	const form = { ...parameters(role), OIDCProviderArn: providerArn, OIDCToken: token };
	const { status, data } = await post(url, { form });
	if (status !== 200 || !data) {
		throw new CredentialRefusal(status, status === 200 ? undefined : data);
	}
	return toRoleSession(data);
}

/** The host or URL of STS: the person's own setting, else the profile's host, else that of its region, else the central one.
 * @throws {ProviderError} kind configuration, for a setting or a profile that names none. */
function stsEndpoint({ stsEndpoint: host, stsRegion }: RoleSettings, { dependencies }: AlibabaContext): string {
	const configured = configuredEndpoint('sts', dependencies.settings('alibaba'));
	if (configured !== undefined) {
		return configured;
	}
	const named = host ?? (stsRegion === undefined ? 'sts.aliyuncs.com' : `sts.${stsRegion}.aliyuncs.com`);
	if (!/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?$/.test(named)) {
		const key = host === undefined ? 'sts_region' : 'sts_endpoint';
		throw credentialError('configuration', { code: 'EndpointInvalid', detail: `${key} does not name a host of STS` });
	}
	return named;
}

function parameters({ roleArn, sessionName, durationSeconds, policy }: RoleSettings): Record<string, string> {
	return {
		RoleArn: roleArn,
		RoleSessionName: sessionName ?? 'cloud-key-pairs',
		DurationSeconds: String(durationSeconds ?? 3600),
		...(policy === undefined ? {} : { Policy: policy }),
	};
}

function toRoleSession(answer: Readonly<Record<string, unknown>>): Obtained {
	const session = sessionOf(answer['Credentials']);
	if (!session) {
		throw new CredentialRefusal(200, undefined);
	}
	return toObtained(session);
}
