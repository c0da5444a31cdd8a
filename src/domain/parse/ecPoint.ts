import type { Curve } from './keyTypes';

interface CurveParameters {
	/** Length of a coordinate in bytes. */
	readonly size: number;
	readonly bits: number;
	readonly p: bigint;
	readonly b: bigint;
	readonly order: bigint;
}

/** FIPS 186-4, D.1.2; a is -3 for all three. */
const CURVES: Readonly<Record<Curve, CurveParameters>> = {
	nistp256: {
		size: 32,
		bits: 256,
		p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
		b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
		order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
	},
	nistp384: {
		size: 48,
		bits: 384,
		p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
		b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
		order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
	},
	nistp521: {
		size: 66,
		bits: 521,
		p: (1n << 521n) - 1n,
		b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
		order:
			0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
	},
};

/** Key size in bits as `ssh-keygen -l` prints it. */
export function curveBits(curve: Curve): number {
	return CURVES[curve].bits;
}

/** What OpenSSH finds wrong with a public point (`sshbuf_get_ec`, `sshkey_ec_validate_public`), or undefined. */
export function checkPoint(curve: Curve, point: Buffer): 'pointForm' | 'pointOffCurve' | 'pointWeak' | undefined {
	const { size, bits, p, b, order } = CURVES[curve];
	if (point.length !== 1 + 2 * size || point[0] !== 4) {
		return 'pointForm';
	}
	const x = toInteger(point.subarray(1, 1 + size));
	const y = toInteger(point.subarray(1 + size));
	if (x >= p || y >= p || (y * y - (x * x * x - 3n * x + b)) % p !== 0n) {
		return 'pointOffCurve';
	}
	const least = 1n << BigInt(Math.floor(bits / 2));
	return x < least || y < least || x >= order - 1n || y >= order - 1n ? 'pointWeak' : undefined;
}

/** The uncompressed form of a compressed point (SEC 1, 2.3.4), or undefined when there is no such point. */
export function decompressPoint(curve: Curve, point: Buffer): Buffer | undefined {
	const { size, p, b } = CURVES[curve];
	const sign = point[0];
	if (point.length !== 1 + size || (sign !== 2 && sign !== 3)) {
		return undefined;
	}
	const x = toInteger(point.subarray(1));
	const square = (((x * x * x - 3n * x + b) % p) + p) % p;
	const root = power(square, (p + 1n) / 4n, p); // all three primes are 3 modulo 4
	if (x >= p || (root * root) % p !== square) {
		return undefined;
	}
	const y = (root & 1n) === BigInt(sign & 1) ? root : p - root;
	return Buffer.concat([Buffer.of(4), point.subarray(1), Buffer.from(y.toString(16).padStart(2 * size, '0'), 'hex')]);
}

function toInteger(bytes: Buffer): bigint {
	return BigInt(`0x${bytes.toString('hex')}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
	let result = 1n;
	let factor = base;
	for (let rest = exponent; rest > 0n; rest >>= 1n) {
		if ((rest & 1n) === 1n) {
			result = (result * factor) % modulus;
		}
		factor = (factor * factor) % modulus;
	}
	return result;
}
