import { AwsError } from '../awsError';

// An exception's name is the `code` of an AwsError; Lightsail's own `code`, which says what exactly it is about, is one of its members, as are `docs`, a page
// of documentation, and `tip`, what to do.

/** InvalidInputException: what was given does not conform to the rules of an input field. */
export function invalidInput(message: string, members?: Readonly<Record<string, string>>): AwsError {
	return new AwsError('InvalidInputException', message, 400, members);
}

/** The refusal of a member's value, in the words of AWS's common validation. */
export function invalidMember(value: string, member: string, constraint: string): AwsError {
	return invalidInput(
		`1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
	);
}

/** The refusal of a name that some resource of the region has, whatever its type. Message and code as quoted in public reports of live calls. */
export function nameExists(name: string): AwsError {
	return invalidInput(`Some names are already in use: ${name}`, { code: 'NameExists' });
}

/** NotFoundException, with HTTP status 400 as all of the client's mistakes. */
export function notFound(type: string, name: string): AwsError {
	return new AwsError('NotFoundException', `The ${type} does not exist: ${name}`, 400, { code: 'DoesNotExist' });
}

/** The answer to everything while the account is being set up. */
export function accountSetupInProgress(): AwsError {
	return new AwsError('AccountSetupInProgressException', 'Your account setup is in progress.', 400, {
		tip: 'Wait a few minutes and try again.',
	});
}

/** The answer to everything in a region that is being set up. Tip and page: the model of RegionSetupInProgressException. */
export function regionSetupInProgress(region: string): AwsError {
	return new AwsError('RegionSetupInProgressException', `The setup of Region ${region} is in progress.`, 400, {
		docs: 'https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-regions-and-availability-zones-in-amazon-lightsail.html',
		tip: 'Opt-in Regions typically take a few minutes to finish setting up before you can work with them. Wait a few minutes and try again.',
	});
}
