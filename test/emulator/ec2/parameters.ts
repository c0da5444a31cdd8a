import { AwsError } from '../awsError';
import type { QueryParameters } from '../query';

/** EC2's InvalidParameterValue; the value is quoted in its message. */
export function invalidValue(value: string, parameter: string, reason: string): AwsError {
	return new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid. ${reason}`);
}

/** The refusal of a request without that parameter. */
export function missingParameter(name: string): AwsError {
	return new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}

/** @throws {AwsError} MissingParameter when it is missing or empty. */
export function required(parameters: QueryParameters, name: string): string {
	const value = parameters.get(name);
	if (value === undefined || value === '') throw missingParameter(name);
	return value;
}

/** False when it is missing.
 * @throws {AwsError} InvalidParameterValue unless it is `true` or `false`. */
export function boolean(parameters: QueryParameters, name: string): boolean {
	const value = parameters.get(name) ?? 'false';
	if (!/^(true|false)$/i.test(value)) throw invalidValue(value, name, 'The value must be a boolean.');
	return value.toLowerCase() === 'true';
}

/** The value or, when it is missing, the first choice.
 * @throws {AwsError} InvalidParameterValue when it is none of the choices. */
export function choice<T extends string>(parameters: QueryParameters, name: string, choices: readonly [T, ...T[]]): T {
	const value = parameters.get(name) ?? choices[0];
	const found = choices.find((item) => item === value);
	if (found === undefined) throw invalidValue(value, name, `Valid values: ${choices.join(', ')}.`);
	return found;
}

/** @throws {AwsError} UnknownParameter when the request has a parameter that fits none of the patterns, in which `N` stands for a number. */
export function refuseUnknown(parameters: QueryParameters, patterns: readonly string[]): void {
	const known = new Set(patterns);
	for (const name of parameters.names()) {
		if (name.startsWith('X-Amz-')) continue;
		const pattern = name.replace(/\.\d+(?=\.|$)/g, '.N');
		if (!known.has(pattern)) throw new AwsError('UnknownParameter', `The parameter ${name} is not recognized`);
	}
}

/** A key pair name for a new key pair: up to 255 ASCII characters (ImportKeyPair), no leading or trailing space (EC2 User Guide).
 * @throws {AwsError} MissingParameter, InvalidParameterValue */
export function newKeyName(parameters: QueryParameters): string {
	const name = required(parameters, 'KeyName');
	if (name.length > 255) throw invalidValue(name, 'KeyName', 'Length exceeds maximum of 255.');
	if (/[^\x20-\x7e]/.test(name)) {
		throw invalidValue(name, 'KeyName', 'Character sets beyond ASCII are not supported.');
	}
	if (name !== name.trim()) throw invalidValue(name, 'KeyName', 'Leading and trailing spaces are not supported.');
	return name;
}
