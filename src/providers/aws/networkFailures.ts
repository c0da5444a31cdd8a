import type { FailureKind } from '../failure';
import { networkKind as kindOfCode } from '../networkCodes';
import type { ErrorShape } from './errorShape';

/** Names of errors that mean that nothing came in time. */
const timeouts: ReadonlySet<string> = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutError']);

/** The kind of a failure of the network, or undefined when it is none. Codes count before names: the SDK names a broken
 * connection TimeoutError. */
export function networkKind({ name, systemCode, httpStatus }: ErrorShape): FailureKind | undefined {
	const ofCode = kindOfCode(systemCode);
	if (ofCode) {
		return ofCode;
	}
	if (timeouts.has(name)) {
		return 'timedOut';
	}
	// Not what the service speaks: the SDK could not parse it.
	return name === 'SyntaxError' && (httpStatus ?? 0) < 500 ? 'notTheService' : undefined;
}
