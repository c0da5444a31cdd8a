/** What can be read off an error of Alibaba Cloud's library, of Node's network stack, or of anything else that was thrown. */
export interface ErrorShape {
	readonly name: string;
	/** The service's error code. */
	readonly code?: string;
	/** The system's code, such as `ECONNRESET`. */
	readonly systemCode?: string;
	/** The service's own sentence; otherwise the error's text, which may hold the request's URL. */
	readonly message: string;
	readonly httpStatus?: number;
	readonly requestId?: string;
	/** The permission that is missing, such as `ecs:ImportKeyPair`. */
	readonly action?: string;
	/** How long the service asks to wait, in milliseconds. */
	readonly retryAfterMs?: number;
}

/** The fields of an error that failures are made of. Accepts any value. */
export function readError(error: unknown): ErrorShape {
	if (typeof error !== 'object' || error === null) {
		return { name: '', message: String(error) };
	}
	const httpStatus = field(error, 'statusCode');
	const answered = typeof httpStatus === 'number';
	const data = field(error, 'data');
	const code = text(error, 'code');
	const requestId = text(error, 'requestId') ?? text(data, 'RequestId');
	const action = text(field(error, 'accessDeniedDetail') ?? field(data, 'AccessDeniedDetail'), 'AuthAction');
	const retryAfterMs = field(error, 'retryAfter');
	return {
		name: text(error, 'name') ?? '',
		// The library's own text of an answer begins with code and status, and ends with the request's id.
		message: (answered ? sentence(error, data) : text(error, 'message')) ?? '',
		...(code === undefined ? {} : answered ? { code } : { systemCode: code }),
		...(answered ? { httpStatus } : {}),
		...(requestId === undefined ? {} : { requestId }),
		...(action === undefined ? {} : { action }),
		...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
	};
}

function sentence(error: object, data: unknown): string | undefined {
	return text(data, 'Message') ?? text(data, 'message') ?? text(error, 'description') ?? text(error, 'detail');
}

function field(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** A field's text. The library writes the word `undefined` for what the service left out. */
function text(value: unknown, key: string): string | undefined {
	const found = field(value, key);
	return typeof found === 'string' && found !== '' && found !== 'undefined' && found !== 'null' ? found : undefined;
}
