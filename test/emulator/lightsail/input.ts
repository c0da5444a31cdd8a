import { AwsError } from '../awsError';
import type { HttpRequest } from '../http/message';
import { invalidInput, invalidMember } from './errors';

/** The pattern of names (model of Lightsail, ResourceName): two characters at least. */
const namePattern = /^\w[\w-]*\w$/;

/** The members of a request's JSON body. Members that the operation does not have are ignored, as AWS does. */
export class Input {
	readonly #members: Readonly<Record<string, unknown>>;

	constructor(members: Readonly<Record<string, unknown>>) {
		this.#members = members;
	}

	/** A string.
	 * @throws {AwsError} SerializationException when it is something else. */
	text(name: string): string | undefined {
		const value = this.#get(name);
		if (value !== undefined && typeof value !== 'string') throw serialization(name, 'a string');
		return value;
	}

	/** @throws {AwsError} InvalidInputException when it is missing or empty. */
	neededText(name: string): string {
		const value = this.text(name);
		if (value === undefined) throw missing(name);
		if (value.trim() === '') throw invalidMember(`'${value}'`, name, 'Member must not be blank');
		return value;
	}

	/** The name of a resource.
	 * @throws {AwsError} InvalidInputException when it is missing or does not match the pattern. */
	resourceName(name: string): string {
		const value = this.text(name);
		if (value === undefined) throw missing(name);
		if (!namePattern.test(value)) {
			const pattern = String.raw`\w[\w\-]*\w`;
			throw invalidMember(`'${value}'`, name, `Member must satisfy regular expression pattern: ${pattern}`);
		}
		return value;
	}

	/** False when it is missing. */
	flag(name: string): boolean {
		const value = this.#get(name);
		if (value !== undefined && typeof value !== 'boolean') throw serialization(name, 'a boolean');
		return value ?? false;
	}

	/** A list of strings; undefined when it is missing. */
	texts(name: string): readonly string[] | undefined {
		return this.#list(name)?.map((item) => {
			if (typeof item !== 'string') throw serialization(name, 'strings');
			return item;
		});
	}

	/** A list of objects; undefined when it is missing. */
	objects(name: string): readonly Input[] | undefined {
		return this.#list(name)?.map((item) => {
			if (!isObject(item)) throw serialization(name, 'structures');
			return new Input(item);
		});
	}

	/** As a request log shows it: strings as they are, everything else as JSON. */
	toRecord(): Record<string, string> {
		return Object.fromEntries(
			Object.entries(this.#members).map(([name, value]) => [
				name,
				typeof value === 'string' ? value : JSON.stringify(value),
			]),
		);
	}

	#get(name: string): unknown {
		return this.#members[name] ?? undefined;
	}

	#list(name: string): readonly unknown[] | undefined {
		const value = this.#get(name);
		if (value !== undefined && !Array.isArray(value)) throw serialization(name, 'a list');
		return value;
	}
}

/** The body of the request; an empty body has no members.
 * @throws {AwsError} SerializationException when it is no JSON object. */
export function readInput(request: HttpRequest): Input {
	const text = request.body.toString('utf8');
	if (text === '') return new Input({});
	try {
		const body: unknown = JSON.parse(text);
		if (isObject(body)) return new Input(body);
	} catch {
		// Not JSON.
	}
	throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
}

/** The refusal of a request without that member. */
export function missing(name: string) {
	return invalidMember('null', name, 'Member must not be null');
}

/** The tags of the member `tags`; a value may be left out.
 * @throws {AwsError} InvalidInputException for what a tag can't be. */
export function readTags(input: Input): Map<string, string | undefined> | undefined {
	const tags = input.objects('tags');
	if (tags === undefined) return undefined;
	const result = new Map<string, string | undefined>();
	for (const tag of tags) {
		const key = tag.text('key') ?? '';
		const value = tag.text('value');
		checkTag('key', key, 128);
		if (key === '') throw invalidInput('The tag key must not be empty.');
		if (key.toLowerCase().startsWith('aws:')) {
			throw invalidInput("Tag keys starting with 'aws:' are reserved for system use.");
		}
		if (value !== undefined) checkTag('value', value, 256);
		if (result.has(key)) throw invalidInput(`Duplicate tag key: ${key}`);
		result.set(key, value);
	}
	return result;
}

/** The most tags that a resource can have (AWS General Reference, "Amazon Lightsail quotas"). */
export const maxTags = 50;

/** Letters, digits, spaces and `+ - = . _ : / @` (Lightsail Developer Guide, "Tags"). */
function checkTag(part: string, text: string, longest: number): void {
	if ([...text].length > longest) throw invalidInput(`The tag ${part} is longer than ${longest} characters.`);
	if (!/^[\p{L}\p{M}\p{N}\p{Z}+\-=._:/@]*$/u.test(text)) {
		throw invalidInput(`The tag ${part} has characters that are not allowed.`);
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function serialization(name: string, what: string): AwsError {
	return new AwsError('SerializationException', `The member ${name} must be ${what}.`);
}
