import type { KeyProblem } from '../keyProblem';
import { keyTypeByName } from './keyTypes';
import { checkOptions, skipOptions } from './options';
import { errorAt, lineRange } from './problem';
import { WireReader } from './wireReader';

/** Names that are meant as types, whether or not there is such a type. Also what may be repeated in a message. */
const TYPE_LIKE = /^(?:sk-|ssh-|ecdsa-|rsa-|webauthn-|x509v3-|rsa$|dsa$|dss$|ecdsa$|ed25519$)[a-z0-9@.-]{0,60}$/i;

/** Something of a type or a body. It keeps long texts of another kind from being looked into. */
const KEY_LIKE = /AAAA|ssh-|ecdsa|ed25519|rsa|dsa|dss/i;

/** What is wrong with a line that names no known type where one would stand, or undefined when it does not look like a key at all. */
export function explainOther(line: string, number: number): KeyProblem | undefined {
	if (!KEY_LIKE.test(line)) {
		return undefined;
	}
	const start = line.length - line.trimStart().length;
	const options = skipOptions(line, start, line.length);
	const words = [wordAt(line, start), wordAt(line, options.end)];
	for (const [at, word] of words.entries()) {
		const body = wordAt(line, word.end);
		const innerType = innerTypeOf(body.text);
		const plainOptions = at === 0 || checkOptions(line, start, options.end) === undefined;
		if (innerType !== undefined || (TYPE_LIKE.test(word.text) && plainOptions)) {
			const data = {
				...(TYPE_LIKE.test(word.text) ? { type: word.text } : {}),
				...(innerType === undefined ? {} : { innerType }),
			};
			return errorAt(lineRange(number, word.start, word.end), 'unknownType', data);
		}
	}
	const bare = innerTypeOf(words[0]?.text ?? '');
	return bare === undefined
		? undefined
		: errorAt(lineRange(number, start, start + 1), 'unknownType', { innerType: bare });
}

function wordAt(line: string, from: number): { readonly text: string; readonly start: number; readonly end: number } {
	const found = /\S+/y;
	let start = from;
	while (start < line.length && /\s/.test(line[start] ?? '')) {
		start += 1;
	}
	found.lastIndex = start;
	const text = found.exec(line)?.[0] ?? '';
	return { text, start, end: start + text.length };
}

/** The type that a body names inside, when the word is a body. */
function innerTypeOf(word: string): string | undefined {
	if (!word.startsWith('AAAA')) {
		return undefined;
	}
	const name = new WireReader(Buffer.from(word.slice(0, 80), 'base64')).text();
	return keyTypeByName(name)?.name;
}
