/** Reads the fields of an SSH wire blob (RFC 4251, section 5). */
export class WireReader {
	#offset = 0;
	readonly #bytes: Buffer;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	/** The next length-prefixed field, or undefined when the bytes run out. */
	next(): Buffer | undefined {
		if (this.#offset + 4 > this.#bytes.length) return undefined;
		const start = this.#offset + 4;
		const end = start + this.#bytes.readUInt32BE(this.#offset);
		if (end > this.#bytes.length) return undefined;
		this.#offset = end;
		return this.#bytes.subarray(start, end);
	}

	/** Whether every byte was read. */
	get atEnd(): boolean {
		return this.#offset === this.#bytes.length;
	}
}

/** A length-prefixed field. */
export function wireString(data: Buffer | string): Buffer {
	const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
	return Buffer.concat([wireUint32(bytes.length), bytes]);
}

/** An unsigned number as `mpint`: no leading zeros, but one where the top bit is set (RFC 4251, section 5). */
export function wireMpint(bytes: Buffer): Buffer {
	const start = bytes.findIndex((byte) => byte !== 0);
	const digits = start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
	return wireString((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** Four bytes, most significant first. */
export function wireUint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}
