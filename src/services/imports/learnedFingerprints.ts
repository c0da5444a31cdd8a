import type { KeyPair } from '../../domain/keyPair';
import type { Service } from '../../domain/target';

/** The fingerprints that services gave to the key of a run, as they spell them. */
export class LearnedFingerprints {
	private readonly known = new Set<string>();

	/** Takes in what a service answered when the key was imported. */
	learn(service: Service, { fingerprint }: KeyPair): void {
		if (fingerprint !== undefined) {
			this.known.add(`${service} ${fingerprint}`);
		}
	}

	/** Whether the service gave this fingerprint to the key elsewhere. */
	has(service: Service, { fingerprint }: KeyPair): boolean {
		return fingerprint !== undefined && this.known.has(`${service} ${fingerprint}`);
	}
}
