import assert from 'node:assert/strict';
import { keyTypeByName } from '../../../src/domain/parse/keyTypes';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { Certificate } from '../../../src/domain/publicKey';
import { blobOf, lineOf, vector, vectors } from './vectors';

/** The lines of `ssh-keygen -L` that tell the same. */
function describeCertificate(type: string, sha256: string, certificate: Certificate): string[] {
	const short = (name: string) => keyTypeByName(name)?.shortName;
	const day = (seconds: bigint | undefined) => new Date(Number(seconds ?? 0n) * 1000).toISOString().slice(0, 19);
	const { validAfter, validBefore } = certificate;
	return [
		`Type: ${type} ${certificate.kind} certificate`,
		`Public key: ${short(type)} ${sha256}`,
		`Signing CA: ${short(certificate.signingCaType)} ${certificate.signingCa} (using ${certificate.signatureType})`,
		`Key ID: "${certificate.keyId}"`,
		`Serial: ${certificate.serial}`,
		`Valid: ${validAfter === undefined && validBefore === undefined ? 'forever' : `from ${day(validAfter)} to ${day(validBefore)}`}`,
		...(certificate.principals.length === 0
			? ['Principals: (none)']
			: ['Principals: ', ...certificate.principals.map((principal) => `        ${principal}`)]),
	];
}

describe('certificates', () => {
	for (const { name, line, certificate: listed } of vectors.filter((vector) => vector.certificate !== undefined)) {
		it(`tells of ${name} what ssh-keygen -L tells`, () => {
			const [key] = parsePublicKeys(line).keys;
			assert.ok(key?.certificate !== undefined && listed !== undefined);
			const expected = listed.slice(
				0,
				listed.findIndex((text) => text.startsWith('Critical Options')),
			);
			assert.deepEqual(describeCertificate(key.type, key.fingerprints.sha256, key.certificate), expected);
		});
	}

	it('has none of the certified key', () => {
		const [key] = parsePublicKeys(vector('ed25519').line).keys;
		assert.equal(key?.certificate, undefined);
	});

	it('refuses a certificate that was changed anywhere', () => {
		const blob = blobOf('cert-ed25519-by-ed25519');
		for (let at = 0; at < blob.length; at += 7) {
			const changed = Buffer.from(blob);
			changed[at] = (changed[at] ?? 0) ^ 0x10;
			const { keys, problems } = parsePublicKeys(lineOf('ssh-ed25519-cert-v01@openssh.com', changed));
			assert.deepEqual(keys, [], `byte ${at}`);
			assert.ok(problems.some(({ severity }) => severity === 'error'));
		}
	});

	for (const name of [
		'cert-rsa-by-rsa-sha512',
		'cert-dsa-by-dsa',
		'cert-ecdsa-256',
		'cert-ecdsa-384',
		'cert-ecdsa-521',
	]) {
		it(`refuses ${name} with another signature`, () => {
			const blob = blobOf(name);
			const last = blob.length - 1;
			blob[last] = (blob[last] ?? 0) ^ 1;
			const type = vector(name).line.split(' ')[0] ?? '';
			const { keys, problems } = parsePublicKeys(lineOf(type, blob));
			assert.deepEqual(keys, []);
			assert.deepEqual(
				problems.map(({ code, data }) => [code, data.reason]),
				[['badCertificate', 'certificateSignature']],
			);
		});
	}

	it('warns of a signature with SHA-1', () => {
		const codes = (name: string) => parsePublicKeys(vector(name).line).problems.map(({ code }) => code);
		assert.deepEqual(codes('cert-rsa-by-rsa-sha1'), ['sha1Certificate']);
		assert.deepEqual(codes('cert-rsa-by-rsa-sha256'), []);
		assert.deepEqual(codes('cert-dsa-by-dsa'), ['dsa', 'sha1Certificate']);
	});

	it('refuses a certificate for the authority of another', () => {
		const certificate = blobOf('cert-ed25519-by-ed25519');
		const authority = blobOf('ed25519-plain');
		const at = certificate.lastIndexOf(authority);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(certificate.length);
		const nested = Buffer.concat([
			certificate.subarray(0, at - 4),
			length,
			certificate,
			certificate.subarray(at + authority.length),
		]);
		const { problems } = parsePublicKeys(lineOf('ssh-ed25519-cert-v01@openssh.com', nested));
		assert.deepEqual(
			problems.map(({ code, data }) => [code, data.reason]),
			[['badCertificate', 'certificateAuthority']],
		);
	});
});
