/** One request as the emulator saw it. Filled in as it goes on: an entry without `status` has not been answered (yet, or ever). */
export interface LoggedRequest {
	/** Milliseconds since 1970 by the emulator's clock, when the request had come in. */
	readonly time: number;
	readonly service: string;
	/** The API operation, such as `ImportKeyPair`. */
	readonly operation: string;
	readonly region: string | undefined;
	/** The account whose access key signed; undefined when the key is unknown or there is none. */
	readonly account: string | undefined;
	readonly accessKeyId: string | undefined;
	/** As sent, without those of the signature. */
	readonly parameters: Readonly<Record<string, string>>;
	/** The body's text, exactly as sent. */
	readonly body: string;
	readonly userAgent: string;
	/** HTTP status of the answer. */
	status?: number;
	/** The error code of the answer, when the service refused. */
	code?: string;
	/** When the answer was ready to be sent, by the emulator's clock. */
	answeredAt?: number;
	/** Whether what was asked has been done, whatever the answer said. */
	done: boolean;
}

/** What a log is asked for; a field that is left out matches all. */
export type RequestPattern = Partial<Pick<LoggedRequest, 'service' | 'operation' | 'region' | 'account'>>;

/** Every request since the start or the last `clear`, in order. */
export class RequestLog {
	readonly #entries: LoggedRequest[] = [];

	add(entry: LoggedRequest): void {
		this.#entries.push(entry);
	}

	/** The requests that match, in order. */
	all(pattern: RequestPattern = {}): readonly LoggedRequest[] {
		return this.#entries.filter((entry) => matches(entry, pattern));
	}

	/** How many requests match. */
	count(pattern: RequestPattern = {}): number {
		return this.all(pattern).length;
	}

	clear(): void {
		this.#entries.length = 0;
	}
}

/** Whether every field of the pattern that is set equals the request's. */
export function matches(request: RequestPattern, pattern: RequestPattern): boolean {
	const keys = ['service', 'operation', 'region', 'account'] as const;
	return keys.every((key) => pattern[key] === undefined || pattern[key] === request[key]);
}
