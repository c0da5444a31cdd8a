/** So often a read is sent in all. */
const readAttempts = 3;

/** Before the first repetition, in milliseconds; doubled before the next. Half of it is by chance, so that many regions
 * don't come back at once. */
const firstPauseMs = 300;

/** Longest time that a service's own wish to be left alone is followed, in milliseconds. */
const maxPauseMs = 5_000;

/** The system's codes for connections that broke or might stand at the next attempt, and the service's for a number used
 * once that it has seen before: each attempt has a new one. */
const repeatedCodes = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'SignatureNonceUsed'];

/** Codes for a time that is too far from the service's. */
const clockCodes: readonly string[] = ['InvalidTimeStamp.Expired', 'IllegalTimestamp'];

/** What the library tells about an attempt that failed. */
interface Attempt {
	/** How many there were so far. */
	readonly retriesAttempted: number;
	readonly httpResponse: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> } | null;
	readonly exception: unknown;
}

/** One rule of the library's `retryOptions`: for errors with one of these names or codes. */
interface RetryCondition {
	readonly maxAttempts: number;
	readonly exception: readonly string[];
	readonly errorCode: readonly string[];
	readonly maxDelay: number;
	readonly backoff: { getDelayTime(attempt: Attempt): number };
}

/** The library's `retryOptions` for a request: a read is repeated on throttling, 5xx and broken connections, three
 * attempts in all; a change never. After an abort nothing is sent again, save where the service itself has said when. The library
 * then rejects with its own error, a `ForeignAnswer` or a `ClockRefused`. */
export function retryOptions(use: 'read' | 'change', signal: AbortSignal) {
	const attempts = use === 'read' ? readAttempts : 1;
	const pause = ({ retriesAttempted }: Attempt) => {
		signal.throwIfAborted();
		return firstPauseMs * 2 ** (retriesAttempted - 1) * (0.5 + Math.random() / 2);
	};
	const retryCondition: readonly RetryCondition[] = [
		{
			maxAttempts: attempts,
			exception: ['ThrottlingError', 'ServerError'],
			errorCode: repeatedCodes,
			maxDelay: maxPauseMs,
			backoff: { getDelayTime: pause },
		},
		// The library tells the answer's status and headers only to what it asks for the pause: for these it is decided there whether anything is sent again.
		{
			maxAttempts: Number.POSITIVE_INFINITY,
			exception: ['SyntaxError'],
			errorCode: [],
			maxDelay: maxPauseMs,
			backoff: {
				getDelayTime: (attempt) => {
					const status = attempt.httpResponse?.statusCode;
					if (status === undefined || status < 500 || attempt.retriesAttempted >= attempts) {
						throw new ForeignAnswer(status);
					}
					return pause(attempt);
				},
			},
		},
		{
			maxAttempts: Number.POSITIVE_INFINITY,
			exception: [],
			errorCode: clockCodes,
			maxDelay: maxPauseMs,
			backoff: {
				getDelayTime: ({ httpResponse, exception }) => {
					throw new ClockRefused(Date.parse(httpResponse?.headers['date'] ?? ''), { cause: exception });
				},
			},
		},
	];
	return { retryable: true, retryCondition, noRetryCondition: [] };
}

/** Something other than the service answered. */
export class ForeignAnswer extends Error {
	override readonly name = 'ForeignAnswer';
	constructor(readonly statusCode?: number) {
		super();
	}
}

/** The service refused a request for its time. `cause` is the library's error. */
export class ClockRefused extends Error {
	override readonly name = 'ClockRefused';
	constructor(
		/** The service's time in milliseconds since 1970; NaN where it did not say. */
		readonly time: number,
		options: ErrorOptions,
	) {
		super(undefined, options);
	}
}
