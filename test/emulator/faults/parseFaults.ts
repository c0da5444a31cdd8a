import type { Effect, Fault } from './fault';

/** The faults that a JSON value describes.
 * @throws {Error} that says what is wrong with it. */
export function parseFaults(value: unknown): Fault[] {
	if (!Array.isArray(value)) throw new Error('Faults have to be an array');
	return value.map((item: unknown, index) => {
		try {
			return parseFault(item);
		} catch (error) {
			throw new Error(`Fault ${index}: ${error instanceof Error ? error.message : String(error)}`);
		}
	});
}

function parseFault(value: unknown): Fault {
	const fields = new Fields(value);
	const when = fields.text('when');
	if (when !== undefined && when !== 'before' && when !== 'after') throw new Error('when is before or after');
	const effect = fields.take('effect');
	const calls = fields.take('calls');
	if (calls !== undefined && !(Array.isArray(calls) && calls.every((call) => Number.isInteger(call) && call > 0))) {
		throw new Error('calls is an array of numbers from 1');
	}
	const fault: Fault = {
		...fields.texts('service', 'operation', 'region', 'account'),
		...(calls === undefined ? {} : { calls: calls.map(Number) }),
		...fields.numbers('delayMs'),
		...(when === undefined ? {} : { when }),
		...(effect === undefined ? {} : { effect: parseEffect(effect) }),
	};
	fields.end();
	return fault;
}

function parseEffect(value: unknown): Effect {
	const fields = new Fields(value);
	const kind = fields.text('kind');
	const effect = effectOf(kind, fields);
	fields.end();
	return effect;
}

function effectOf(kind: string | undefined, fields: Fields): Effect {
	switch (kind) {
		case 'throttle':
		case 'serverError':
		case 'drop':
		case 'hang':
			return { kind };
		case 'error':
			return {
				kind,
				code: fields.needed(fields.text('code'), 'code'),
				...fields.numbers('status'),
				...fields.texts('message'),
				...fields.strings('members'),
			};
		case 'html':
			return { kind, status: fields.needed(fields.number('status'), 'status') };
		case 'slowBody':
			return { kind, overMs: fields.needed(fields.number('overMs'), 'overMs') };
		default:
			throw new Error('effect.kind is throttle, serverError, error, drop, html, slowBody or hang');
	}
}

/** Takes the fields of a JSON object one by one, so that what is left over is known. */
class Fields {
	readonly #rest: Map<string, unknown>;

	constructor(value: unknown) {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
		this.#rest = new Map(Object.entries(value));
	}

	take(name: string): unknown {
		const value = this.#rest.get(name);
		this.#rest.delete(name);
		return value;
	}

	text(name: string): string | undefined {
		const value = this.take(name);
		if (value !== undefined && typeof value !== 'string') throw new Error(`${name} is a string`);
		return value;
	}

	number(name: string): number | undefined {
		const value = this.take(name);
		if (value !== undefined && (typeof value !== 'number' || !(value >= 0))) throw new Error(`${name} is a number`);
		return value;
	}

	texts<N extends string>(...names: readonly N[]): { [K in N]?: string } {
		return this.#present(names, (name) => this.text(name));
	}

	/** An object of strings. */
	strings<N extends string>(...names: readonly N[]): { [K in N]?: Readonly<Record<string, string>> } {
		return this.#present(names, (name) => {
			const value = this.take(name);
			if (value === undefined) return undefined;
			const inner = new Fields(value);
			return Object.fromEntries([...inner.#rest.keys()].map((key) => [key, inner.needed(inner.text(key), key)]));
		});
	}

	numbers<N extends string>(...names: readonly N[]): { [K in N]?: number } {
		return this.#present(names, (name) => this.number(name));
	}

	needed<T>(value: T | undefined, name: string): T {
		if (value === undefined) throw new Error(`${name} is missing`);
		return value;
	}

	end(): void {
		const [name] = this.#rest.keys();
		if (name !== undefined) throw new Error(`${name} is not known here`);
	}

	#present<N extends string, T>(names: readonly N[], read: (name: N) => T | undefined): { [K in N]?: T } {
		const result: { [K in N]?: T } = {};
		for (const name of names) {
			const value = read(name);
			if (value !== undefined) result[name] = value;
		}
		return result;
	}
}
