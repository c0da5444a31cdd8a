/** Why the options of an `authorized_keys` line don't work. Offsets in UTF-16 code units. */
export interface OptionsFault {
	/** `unknown`: no such option; `value`: a value is missing or has no quotes; `quote`: a quote is not closed; `comma`: a comma with nothing after it. */
	readonly reason: 'unknown' | 'value' | 'quote' | 'comma';
	readonly start: number;
	readonly end: number;
}

/** Options without a value; `no-` may stand before those marked true (sshd(8), AUTHORIZED_KEYS FILE FORMAT; auth-options.c). */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
	['restrict', false],
	['cert-authority', false],
	['port-forwarding', true],
	['agent-forwarding', true],
	['x11-forwarding', true],
	['touch-required', true],
	['verify-required', true],
	['pty', true],
	['user-rc', true],
]);

const VALUES: ReadonlySet<string> = new Set([
	'command',
	'principals',
	'from',
	'expiry-time',
	'environment',
	'permitopen',
	'permitlisten',
	'tunnel',
]);

/** The end of the options that start at `start`: the first blank or tab outside quotes, or `end`. Also whether a quote is left open, and where. */
export function skipOptions(
	line: string,
	start: number,
	end: number,
): { readonly end: number; readonly openQuote?: number } {
	let openQuote: number | undefined;
	for (let at = start; at < end; at += 1) {
		const character = line[at];
		if (openQuote === undefined && (character === ' ' || character === '\t')) {
			return { end: at };
		}
		if (character === '\\' && line[at + 1] === '"') {
			at += 1;
		} else if (character === '"') {
			openQuote = openQuote === undefined ? at : undefined;
		}
	}
	return openQuote === undefined ? { end } : { end, openQuote };
}

/** The first fault that sshd finds in the options between two offsets, or undefined. Values are not looked into. */
export function checkOptions(line: string, start: number, end: number): OptionsFault | undefined {
	let at = start;
	while (true) {
		const nameEnd = findNameEnd(line, at, end);
		const name = line.slice(at, nameEnd).toLowerCase();
		if (line[nameEnd] === '=' && nameEnd < end) {
			const valueEnd = findValueEnd(line, nameEnd + 1, end);
			if (!VALUES.has(name)) {
				return { reason: 'unknown', start: at, end: nameEnd };
			}
			if (valueEnd === undefined) {
				return { reason: line[nameEnd + 1] === '"' ? 'quote' : 'value', start: nameEnd, end };
			}
			at = valueEnd;
		} else {
			const plain = name.startsWith('no-') ? name.slice(3) : name;
			const negatable = FLAGS.get(plain);
			if (negatable === undefined || (plain !== name && !negatable)) {
				return { reason: VALUES.has(name) ? 'value' : 'unknown', start: at, end: Math.max(nameEnd, at + 1) };
			}
			at = nameEnd;
		}
		if (at >= end) {
			return undefined;
		}
		if (line[at] !== ',') {
			return { reason: 'unknown', start: at, end };
		}
		if (at + 1 >= end) {
			return { reason: 'comma', start: at, end };
		}
		at += 1;
	}
}

function findNameEnd(line: string, start: number, end: number): number {
	let at = start;
	while (at < end && line[at] !== ',' && line[at] !== '=') {
		at += 1;
	}
	return at;
}

/** The offset after the closing quote of a value that starts at `start`. */
function findValueEnd(line: string, start: number, end: number): number | undefined {
	if (line[start] !== '"') {
		return undefined;
	}
	for (let at = start + 1; at < end; at += 1) {
		if (line[at] === '\\' && line[at + 1] === '"') {
			at += 1;
		} else if (line[at] === '"') {
			return at + 1;
		}
	}
	return undefined;
}
