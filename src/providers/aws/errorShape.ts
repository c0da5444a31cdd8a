import { readRetryAfter } from './retryAfter';

/** What can be read off an error of AWS's SDK, of Node's network stack, or of anything else that was thrown. */
export interface ErrorShape {
	/** The service's or the SDK's error code. */
	readonly name: string;
	/** What the service says more exactly under that code: Lightsail's `code`, such as `NameExists`. */
	readonly subCode?: string;
	/** What the service advises: Lightsail's `tip`. */
	readonly tip?: string;
	/** The system's code, such as `ECONNRESET`. */
	readonly systemCode?: string;
	readonly message: string;
	readonly httpStatus?: number;
	readonly requestId?: string;
	/** Whether the SDK has corrected its idea of the time since. */
	readonly clockSkewCorrected: boolean;
	/** How long the answer asks to wait, in milliseconds. */
	readonly retryAfterMs?: number;
}

/** The fields of an error that failures are made of. Accepts any value. */
export function readError(error: unknown): ErrorShape {
	if (typeof error !== 'object' || error === null) {
		return { name: '', message: String(error), clockSkewCorrected: false };
	}
	const name = text(error, 'name') ?? '';
	const metadata = field(error, '$metadata');
	const httpStatus = field(metadata, 'httpStatusCode');
	const isAnswer = typeof httpStatus === 'number';
	// In an answer `code` is the service's; only where there is none it is the system's.
	const subCode = isAnswer ? text(error, 'code') : undefined;
	const tip = isAnswer ? text(error, 'tip') : undefined;
	const systemCode = (isAnswer ? undefined : text(error, 'code')) ?? text(field(error, 'cause'), 'code');
	const retryAfterMs = readRetryAfter(field(field(error, '$response'), 'headers'), Date.now());
	const requestId = text(metadata, 'requestId') ?? text(field(error, '$response'), 'requestId');
	return {
		name,
		message: text(error, 'message') ?? '',
		clockSkewCorrected: field(metadata, 'clockSkewCorrected') === true,
		...(subCode === undefined ? {} : { subCode }),
		...(tip === undefined ? {} : { tip }),
		...(systemCode === undefined ? {} : { systemCode }),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		...(typeof httpStatus === 'number' ? { httpStatus } : {}),
		...(requestId === undefined ? {} : { requestId }),
	};
}

function field(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function text(value: unknown, key: string): string | undefined {
	const found = field(value, key);
	return typeof found === 'string' ? found : undefined;
}
