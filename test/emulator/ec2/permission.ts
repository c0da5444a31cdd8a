import { AwsError } from '../awsError';
import type { OperationContext, Prepared } from './operation';
import { boolean } from './parameters';

/** Lets a permitted call pass.
 * @throws {AwsError} UnauthorizedOperation when an action is denied; DryRunOperation when all are permitted and the call asks only that.
 * What else is wrong with a permitted dry run is not reported; that EC2 does so too is an assumption. */
export function permit(context: OperationContext, operation: string, prepared: Prepared): void {
	const { account, principal, parameters } = context;
	for (const action of [`ec2:${operation}`, ...(prepared.alsoNeeds ?? [])]) {
		if (account.deniedActions.has(action) || principal.deniedActions.has(action)) {
			throw unauthorized(context, action, prepared.resource);
		}
	}
	if (boolean(parameters, 'DryRun')) {
		throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
	}
}

function unauthorized({ principal, world }: OperationContext, action: string, resource: string | undefined): AwsError {
	const who = `You are not authorized to perform this operation. User: ${principal.arn} is not authorized to perform: ${action}`;
	const message =
		resource === undefined
			? `${who} with an explicit deny in an identity-based policy`
			: `${who} on resource: ${resource} with an explicit deny in an identity-based policy. ` +
				`Encoded authorization failure message: ${world.random(330).toString('base64url')}`;
	return new AwsError('UnauthorizedOperation', message, 403);
}
