// WOFF 1.0 (https://www.w3.org/TR/WOFF/) to the TrueType or OpenType file inside: Chromium takes only those from fontconfig.
const zlib = require('node:zlib');

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/** The font file that was compressed into a WOFF 1.0 file, byte for byte in the order of its tables. */
function woffToSfnt(woff) {
	if (woff.toString('latin1', 0, 4) !== 'wOFF') {
		throw new Error('not a WOFF 1.0 file');
	}
	const count = woff.readUInt16BE(12);
	const entries = Array.from({ length: count }, (_, i) => woff.subarray(WOFF_HEADER + i * WOFF_ENTRY));
	const header = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
	const power = 2 ** Math.floor(Math.log2(count));
	woff.copy(header, 0, 4, 8); // flavor
	header.writeUInt16BE(count, 4);
	header.writeUInt16BE(power * 16, 6);
	header.writeUInt16BE(Math.log2(power), 8);
	header.writeUInt16BE(count * 16 - power * 16, 10);
	const chunks = [header];
	let position = header.length;
	entries.forEach((entry, i) => {
		const [offset, packedLength, length, checksum] = [4, 8, 12, 16].map((at) => entry.readUInt32BE(at));
		const packed = woff.subarray(offset, offset + packedLength);
		const table = packedLength < length ? zlib.inflateSync(packed) : packed;
		const at = SFNT_HEADER + i * SFNT_ENTRY;
		entry.copy(header, at, 0, 4); // tag
		header.writeUInt32BE(checksum, at + 4);
		header.writeUInt32BE(position, at + 8);
		header.writeUInt32BE(length, at + 12);
		const padded = Buffer.alloc((length + 3) & ~3);
		table.copy(padded);
		chunks.push(padded);
		position += padded.length;
	});
	return Buffer.concat(chunks);
}

module.exports = { woffToSfnt };
