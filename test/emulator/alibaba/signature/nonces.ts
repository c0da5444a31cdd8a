/** The nonces of signatures that have been seen, for as long as a signature may be used. */
export class Nonces {
	readonly #seen = new Map<string, number>();

	/** Whether the nonce is new for the key; notes it. `now` and `keepMs` in milliseconds. */
	use(accessKeyId: string, nonce: string, now: number, keepMs: number): boolean {
		for (const [known, time] of this.#seen) {
			if (time > now - keepMs) break;
			this.#seen.delete(known);
		}
		const key = `${accessKeyId}/${nonce}`;
		if (this.#seen.has(key)) return false;
		this.#seen.set(key, now);
		return true;
	}
}
