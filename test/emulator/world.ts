import { createHash, randomBytes } from 'node:crypto';

/** What the emulator takes from outside, so that tests can hold it still. */
export interface World {
	/** Milliseconds since 1970: the cloud's clock. */
	readonly now: () => number;
	/** That many bytes, for ids, secrets and tokens. Key pairs that the cloud creates are always truly random. */
	readonly random: (size: number) => Buffer;
}

/** The machine's clock and random numbers. */
export const realWorld: World = { now: () => Date.now(), random: (size) => randomBytes(size) };

/** A source of bytes that gives the same sequence for the same seed. */
export function seededRandom(seed: string): (size: number) => Buffer {
	let counter = 0;
	return (size) => {
		const blocks: Buffer[] = [];
		for (let length = 0; length < size; length += 32) {
			blocks.push(createHash('sha256').update(`${seed}/${counter++}`).digest());
		}
		return Buffer.concat(blocks).subarray(0, size);
	};
}

/** A version 4 UUID, as AWS uses for request ids. */
export function newRequestId(world: World): string {
	const bytes = Buffer.from(world.random(16));
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** `2026-05-27T21:51:16Z` */
export function isoSeconds(time: number): string {
	return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
