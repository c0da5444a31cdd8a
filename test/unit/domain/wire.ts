/** Writers of wire blobs, apart from those under test. */

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

export function field(content: string | Uint8Array): Buffer {
	const bytes = Buffer.from(content);
	return Buffer.concat([uint32(bytes.length), bytes]);
}

export function blob(...fields: readonly (string | Uint8Array)[]): Buffer {
	return Buffer.concat(fields.map(field));
}

/** The contents of the `string` fields of a blob that consists of nothing else. */
export function fieldsOf(bytes: Buffer): Buffer[] {
	const fields: Buffer[] = [];
	for (let at = 0; at < bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		fields.push(bytes.subarray(at + 4, at + 4 + length));
		at += 4 + length;
	}
	return fields;
}
