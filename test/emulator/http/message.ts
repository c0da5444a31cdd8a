/** A request as it came in; nothing is decoded, since a signature covers the bytes as they were sent. */
export interface HttpRequest {
	readonly method: string;
	/** The path, percent-encoding kept, without the query. */
	readonly path: string;
	/** The query, percent-encoding kept, without `?`; empty when there is none. */
	readonly query: string;
	/** By lower-case name; the values of a repeated header in the order they were sent. */
	readonly headers: ReadonlyMap<string, readonly string[]>;
	readonly body: Buffer;
}

/** An answer, ready to be sent. */
export interface HttpReply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** The header's value, or undefined; values of a repeated header are joined by commas. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
	return request.headers.get(name)?.join(',');
}
