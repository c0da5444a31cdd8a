/** Why a wire blob can't be read. `truncated`: a length reaches beyond the end; `nul`: a name with a zero byte inside; `negative` and
 * `tooLarge` are said of numbers. */
export type WireReason = 'truncated' | 'nul' | 'negative' | 'tooLarge';

/** The first fault of a blob; byte offsets. */
export interface WireFault {
	readonly reason: WireReason;
	readonly start: number;
	readonly end: number;
}

/** A stretch of a blob; byte offsets. Views of typed arrays cost so much more that they would dominate the reading of keys. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

const NOWHERE: Span = { start: 0, end: 0 };

/** OpenSSH's SSHBUF_MAX_BIGNUM: numbers up to 16,384 bits. */
const MAX_NUMBER_BYTES = 2048;

/** Reads the fields of an SSH wire blob (RFC 4251 section 5) one after the other. It never throws: the first fault is kept in `fault`, and
 * everything read after it is empty. */
export class WireReader {
	fault: WireFault | undefined;
	/** False once a field was spelled in another way than OpenSSH writes it. */
	canonical = true;

	constructor(
		readonly bytes: Buffer,
		/** Byte offset of the next field. */
		public position = 0,
		private readonly end = bytes.length,
	) {}

	get remaining(): number {
		return this.fault === undefined ? this.end - this.position : 0;
	}

	/** A view of a stretch of the blob. */
	view({ start, end }: Span): Buffer {
		return this.bytes.subarray(start, end);
	}

	uint32(): number {
		const start = this.position;
		if (this.fault !== undefined || start + 4 > this.end) {
			this.fail('truncated', start, this.end);
			return 0;
		}
		this.position = start + 4;
		return this.bytes.readUInt32BE(start);
	}

	uint64(): bigint {
		const high = this.uint32();
		return (BigInt(high) << 32n) | BigInt(this.uint32());
	}

	/** The next `length` bytes. */
	raw(length: number): Span {
		const start = this.position;
		if (this.fault !== undefined || start + length > this.end) {
			this.fail('truncated', start, this.end);
			return NOWHERE;
		}
		this.position = start + length;
		return { start, end: this.position };
	}

	/** The content of a `string` field. */
	string(): Span {
		return this.raw(this.uint32());
	}

	/** A reader of the fields inside a `string` field. */
	nested(): WireReader {
		const { start, end } = this.string();
		return new WireReader(this.bytes, start, end);
	}

	/** The content of a `string` field that is a name: one zero byte at the end is dropped, any other is a fault (OpenSSH's `sshbuf_get_cstring`). */
	name(): Span {
		const span = this.string();
		const nul = this.bytes.indexOf(0, span.start);
		if (nul === -1 || nul >= span.end) {
			return span;
		}
		if (nul !== span.end - 1) {
			this.fail('nul', nul, nul + 1);
			return NOWHERE;
		}
		this.canonical = false;
		return { start: span.start, end: nul };
	}

	/** A name as text. */
	text(encoding: 'latin1' | 'utf8' = 'latin1'): string {
		const { start, end } = this.name();
		return this.bytes.toString(encoding, start, end);
	}

	/** The magnitude of an `mpint` field without leading zero bytes. OpenSSH refuses negative numbers and those over 16,384 bits, and takes
	 * needless leading zeros. */
	number(): Span {
		const span = this.string();
		const { bytes } = this;
		const length = span.end - span.start;
		const first = bytes[span.start] ?? 0;
		if (length === 0) {
			return span;
		}
		if (first >= 0x80) {
			this.fail('negative', span.start, span.end);
			return NOWHERE;
		}
		if (length > MAX_NUMBER_BYTES + 1 || (length === MAX_NUMBER_BYTES + 1 && first !== 0)) {
			this.fail('tooLarge', span.start, span.end);
			return NOWHERE;
		}
		if (first !== 0) {
			return span;
		}
		let start = span.start + 1;
		while (start < span.end && bytes[start] === 0) {
			start += 1;
		}
		if (start > span.start + 1 || start === span.end || (bytes[start] ?? 0) < 0x80) {
			this.canonical = false;
		}
		return { start, end: span.end };
	}

	private fail(reason: WireReason, start: number, end: number): void {
		this.fault ??= { reason, start, end };
	}
}

/** A `string` field. */
export function wireString(content: Uint8Array | string): Buffer {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const field = Buffer.allocUnsafe(4 + bytes.length);
	field.writeUInt32BE(bytes.length);
	field.set(bytes, 4);
	return field;
}

/** An `mpint` field of a magnitude, spelled in the one way RFC 4251 allows. */
export function wireNumber(magnitude: Uint8Array): Buffer {
	let zeros = 0;
	while (zeros < magnitude.length && magnitude[zeros] === 0) {
		zeros += 1;
	}
	const digits = magnitude.subarray(zeros);
	return wireString((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** How many bits a magnitude without leading zeros has. */
export function bitLength(bytes: Uint8Array, { start, end }: Span = { start: 0, end: bytes.length }): number {
	return start === end ? 0 : (end - start) * 8 - Math.clz32(bytes[start] ?? 0) + 24;
}
