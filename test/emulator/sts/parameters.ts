import { AwsError } from '../awsError';
import type { QueryParameters } from '../query';

/** The parameter's value.
 * @throws {AwsError} ValidationError, in the words of AWS's common validation, when it is missing or does not match. */
export function validated(parameters: QueryParameters, name: string, pattern: RegExp): string {
	const value = parameters.get(name);
	const member = name.charAt(0).toLowerCase() + name.slice(1);
	if (value === undefined) throw validationError('null', member, 'Member must not be null');
	if (!pattern.test(value)) {
		throw validationError(
			`'${value}'`,
			member,
			`Member must satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`,
		);
	}
	return value;
}

/** `DurationSeconds`, by default an hour.
 * @throws {AwsError} ValidationError outside 900 seconds and the role's longest session. */
export function durationSeconds(parameters: QueryParameters, longest: number): number {
	const text = parameters.get('DurationSeconds') ?? '3600';
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds < 900) {
		throw validationError(`'${text}'`, 'durationSeconds', 'Member must have value greater than or equal to 900');
	}
	if (seconds > 43_200) {
		throw validationError(`'${text}'`, 'durationSeconds', 'Member must have value less than or equal to 43200');
	}
	if (seconds > longest && parameters.get('DurationSeconds') !== undefined) {
		throw new AwsError(
			'ValidationError',
			'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
		);
	}
	return Math.min(seconds, longest);
}

function validationError(value: string, member: string, constraint: string): AwsError {
	return new AwsError(
		'ValidationError',
		`1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
	);
}
