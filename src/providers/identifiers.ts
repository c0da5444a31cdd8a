// What services name things by goes into failures and logs as it came. Whoever answers in their place may send anything: what does not look like a name is
// left out.

/** The value as an error code, such as `InvalidKeyPair.Duplicate`; undefined when it can't be one. */
export function asCode(value: string | undefined): string | undefined {
	return value !== undefined && /^[A-Za-z][\w.:%-]{0,79}$/.test(value) ? value : undefined;
}

/** The value as the id of a request; undefined when it can't be one. */
export function asRequestId(value: string | undefined): string | undefined {
	return value !== undefined && /^[\w.:-]{1,100}$/.test(value) ? value : undefined;
}

/** The value as the name of a permission, such as `ecs:ImportKeyPair`; undefined when it can't be one. */
export function asAction(value: string | undefined): string | undefined {
	return value !== undefined && /^[a-z][a-z0-9-]{0,39}:\w{1,80}$/i.test(value) ? value : undefined;
}
