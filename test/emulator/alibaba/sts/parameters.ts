import type { QueryParameters } from '../../query';
import { AlibabaError } from '../alibabaError';
import { required } from '../parameters';
import { readSessionPolicy, type SessionPolicy } from './sessionPolicy';

/** The ARN of the role.
 * @throws {AlibabaError} MissingParameter, InvalidParameter.RoleArn */
export function readRoleArn(parameters: QueryParameters): string {
	const arn = required(parameters, 'RoleArn');
	if (/^acs:ram::\d{16}:role\/[\w.-]+$/.test(arn)) return arn;
	throw invalid('RoleArn', 'The parameter RoleArn is wrongly formed.');
}

/** The name of the session: 2 to 64 letters, digits and `. @ - _`.
 * @throws {AlibabaError} MissingParameter, InvalidParameter.RoleSessionName */
export function readSessionName(parameters: QueryParameters): string {
	const name = required(parameters, 'RoleSessionName');
	if (/^[a-zA-Z0-9.@_-]{2,64}$/.test(name)) return name;
	throw invalid('RoleSessionName', 'The parameter RoleSessionName is wrongly formed.');
}

/** The session's length: 900 seconds to the role's longest; by default 3600, or less for roles whose longest is less.
 * @throws {AlibabaError} InvalidParameter.DurationSeconds */
export function readDuration(parameters: QueryParameters, longest = 3600): number {
	const text = parameters.get('DurationSeconds') ?? String(Math.min(3600, longest));
	const seconds = Number(text);
	if (/^\d+$/.test(text) && seconds >= 900 && seconds <= longest) return seconds;
	throw invalid('DurationSeconds', `The Min/Max value of DurationSeconds is 15min/${longest / 3600}hr.`);
}

/** The session's policy, or undefined when none is given.
 * @throws {AlibabaError} InvalidParameter.PolicyGrammar */
export function readPolicy(parameters: QueryParameters): SessionPolicy | undefined {
	const text = parameters.get('Policy') ?? '';
	if (text === '') return undefined;
	const policy = readSessionPolicy(text);
	if (policy !== undefined) return policy;
	throw invalid('PolicyGrammar', 'The parameter Policy has not passed grammar check.');
}

function invalid(what: string, message: string): AlibabaError {
	return new AlibabaError(`InvalidParameter.${what}`, message);
}
