import { decodeBase64, decodeBase64Start } from './base64';
import type { Block } from './block';
import { readDerPublicKey } from './der';
import { blobOfDer, type ForeignPlace, foreignKey } from './foreignKey';
import { keyTypeByName } from './keyTypes';
import { privateKeyProblem, privateKeyStart } from './privateKey';
import { errorAt, lineRange, trimmedRange } from './problem';
import { WireReader } from './wireReader';

/** How base64 of something we know starts: markers, names of types, PuTTY's and OpenSSH's headers, DER sequences, wire blobs. */
const KNOWN_STARTS = /^(?:LS0t|c3No|c2st|ZWNk|UHVU|b3Bl|U1NI|M[C-I]|AAAA)/;
const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;

type Content = Pick<Block, 'keys' | 'problems'>;

const NOTHING: Content = { keys: [], problems: [] };

/** What a run of lines of bare base64 stands for: a private key, a public key in DER, an OpenSSH or PEM text encoded once more, or a key's body
 * without its type. Empty when it is none of these, undefined when line `start` is not base64 of that kind. `readText` reads the decoded text. */
export function readBase64Run(
	lines: readonly string[],
	start: number,
	readText: (text: string) => Content,
): Block | undefined {
	const first = lines[start] ?? '';
	if (!KNOWN_STARTS.test(first.trimStart()) || !BASE64_LINE.test(first.trim())) {
		return undefined;
	}
	const texts = [first.trim()];
	let end = start + 1;
	while (end < lines.length && texts.at(-1)?.endsWith('=') !== true) {
		const next = (lines[end] ?? '').trim();
		if (!BASE64_LINE.test(next)) {
			break;
		}
		texts.push(next);
		end += 1;
	}
	const marker = trimmedRange(first, start);
	const whole = { start: marker.start, end: { line: end - 1, character: (lines[end - 1] ?? '').trimEnd().length } };
	return { end, ...readRun(texts.join(''), first, { marker, whole }, readText) };
}

function readRun(
	text: string,
	firstLine: string,
	place: Omit<ForeignPlace, 'format'>,
	readText: (text: string) => Content,
): Content {
	const { line, character } = place.marker.start;
	const bytes = decodeBase64Start(text);
	const bare = privateKeyStart(bytes);
	if (bare !== undefined) {
		return { keys: [], problems: [privateKeyProblem(firstLine, line, 'base64', bare === 'encrypted')] };
	}
	const innerType = keyTypeByName(new WireReader(bytes).text())?.name;
	if (innerType !== undefined) {
		return { keys: [], problems: [errorAt(lineRange(line, character, character + 1), 'unknownType', { innerType })] };
	}
	const exact = decodeBase64(text)?.bytes;
	const der = exact === undefined ? undefined : readDerPublicKey(exact);
	if (der !== undefined) {
		return foreignKey(blobOfDer(der), '', { format: 'der', ...place });
	}
	if (text.startsWith('M') || text.startsWith('AAAA')) {
		return NOTHING;
	}
	const inner = readText(bytes.toString('utf8'));
	const secret = inner.problems.find((problem) => problem.code === 'privateKey');
	if (secret !== undefined) {
		return { keys: [], problems: [privateKeyProblem(firstLine, line, 'base64', secret.data.encrypted === 1)] };
	}
	const [key] = inner.keys;
	if (key === undefined || inner.keys.length > 1) {
		return NOTHING;
	}
	const blob = Buffer.from(key.publicKey.slice(key.type.length + 1), 'base64');
	return foreignKey(blob, key.comment, { format: 'base64', ...place });
}
