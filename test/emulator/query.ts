import { AwsError } from './awsError';
import type { HttpRequest } from './http/message';

/** The parameters of an AWS Query request, by name. */
export class QueryParameters {
	readonly #values: ReadonlyMap<string, string>;
	constructor(values: ReadonlyMap<string, string>) {
		this.#values = values;
	}

	/** The value, or undefined when the parameter is missing. */
	get(name: string): string | undefined {
		return this.#values.get(name);
	}

	/** Every parameter name. */
	names(): string[] {
		return [...this.#values.keys()];
	}

	/** The list `Name.1`, `Name.2` …, by number; gaps are allowed. */
	list(name: string): string[] {
		return this.members(name).flatMap((member) => this.get(member) ?? []);
	}

	/** The prefixes `Name.1`, `Name.2` … under which the request has parameters, by number. */
	members(name: string): string[] {
		const numbers = new Set<number>();
		for (const key of this.#values.keys()) {
			const number = key.startsWith(`${name}.`) ? /^\d+/.exec(key.slice(name.length + 1))?.[0] : undefined;
			if (number !== undefined) numbers.add(Number(number));
		}
		return [...numbers].sort((a, b) => a - b).map((number) => `${name}.${number}`);
	}

	/** As a plain object without the parameters of a signature. */
	toRecord(): Record<string, string> {
		return Object.fromEntries([...this.#values].filter(([name]) => !name.startsWith('X-Amz-')));
	}
}

/** The parameters of the query string and of a form body together.
 * @throws {AwsError} MalformedQueryString when a percent-encoding is broken. */
export function parseQuery(request: HttpRequest): QueryParameters {
	const values = new Map<string, string>();
	for (const text of [request.query, request.body.toString('utf8')]) {
		for (const pair of text.split('&')) {
			if (pair === '') continue;
			const equals = pair.indexOf('=');
			const name = decode(equals < 0 ? pair : pair.slice(0, equals));
			if (!values.has(name)) values.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
		}
	}
	return new QueryParameters(values);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		throw new AwsError('MalformedQueryString', 'The query string contains a syntax error', 404);
	}
}
