/** How long an answer's headers ask to wait, in milliseconds: `Retry-After` (RFC 9110, 10.2.3: seconds, or a date) or
 * `x-amz-retry-after` (milliseconds; Smithy 2.0, retry behaviour). Undefined where they don't say, or say what can't be
 * understood. Accepts any value; `now` is in milliseconds since 1970. */
export function readRetryAfter(headers: unknown, now: number): number | undefined {
	if (typeof headers !== 'object' || headers === null) {
		return undefined;
	}
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value !== 'string') {
			continue;
		}
		switch (name.toLowerCase()) {
			case 'x-amz-retry-after':
				return readNumber(value);
			case 'retry-after': {
				const seconds = readNumber(value);
				return seconds === undefined ? untilDate(value, now) : seconds * 1000;
			}
		}
	}
	return undefined;
}

function readNumber(text: string): number | undefined {
	return /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

function untilDate(text: string, now: number): number | undefined {
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
