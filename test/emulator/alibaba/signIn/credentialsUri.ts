import type { Call } from '../../call';
import type { AlibabaCloud } from '../alibabaCloud';
import { credentialsJson, startSession } from '../sts/session';
import { json, signInCall } from './call';

/** The path of the emulator's credentials URI; the query names the role: `?role=acs:ram::<account>:role/<name>`. */
export const credentialsUriPath = '/_alibaba/credentials';

/** A server such as people run for `CredentialsURI`: it gives credentials of a role to whoever asks.
 * Answer: Alibaba Cloud SDK documentation, "Manage access credentials", URI credentials. */
export function credentialsUriCall(query: string, cloud: AlibabaCloud): Call {
	const arn = new URLSearchParams(query).get('role') ?? '';
	const answer = () => {
		const role = cloud.accounts.role(arn);
		if (role === undefined) return json(404, { Code: 'EntityNotExist.Role', Message: `The role not exists: ${arn}.` });
		return json(200, { Code: 'Success', ...credentialsJson(startSession(cloud.accounts, role, 'uri', 3600)) });
	};
	return signInCall('alibaba-credentials-uri', 'GetCredentials', answer, { role: arn });
}
