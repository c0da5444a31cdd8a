import { type FailureKind, ProviderError, type ProviderFailure } from '../../src/providers/failure';

/** A failure of that kind: not retryable, and certainly nothing done. */
export function aFailure(kind: FailureKind, overrides: Partial<ProviderFailure> = {}): ProviderFailure {
	return { kind, retryable: false, outcomeUnknown: false, ...overrides };
}

/** A failure of that kind after which the change may have been made. */
export function aDoubt(kind: FailureKind, overrides: Partial<ProviderFailure> = {}): ProviderFailure {
	return aFailure(kind, { retryable: true, outcomeUnknown: true, ...overrides });
}

/** The error that carries a failure. */
export function refusal(failure: FailureKind | ProviderFailure): ProviderError {
	return new ProviderError(typeof failure === 'string' ? aFailure(failure) : failure);
}
