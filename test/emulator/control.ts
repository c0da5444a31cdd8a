import type { FaultScript } from './faults/fault';
import { parseFaults } from './faults/parseFaults';
import type { HttpReply, HttpRequest } from './http/message';
import type { RequestLog } from './requestLog';

/** The path under which the emulator itself is told what to do. */
export const controlPath = '/_emulator/';

/** Answers the emulator's own endpoints: GET, POST and DELETE `/_emulator/faults`, GET and DELETE `/_emulator/requests`. */
export function control(request: HttpRequest, faults: FaultScript, requests: RequestLog): HttpReply {
	switch (`${request.method} ${request.path.slice(controlPath.length)}`) {
		case 'GET faults':
			return json(200, faults.get());
		case 'POST faults':
			try {
				faults.set(parseFaults(JSON.parse(request.body.toString('utf8'))));
				return json(200, faults.get());
			} catch (error) {
				return json(400, { message: error instanceof Error ? error.message : String(error) });
			}
		case 'DELETE faults':
			faults.clear();
			return json(200, []);
		case 'GET requests':
			return json(200, requests.all());
		case 'DELETE requests':
			requests.clear();
			return json(200, []);
		default:
			return json(404, { message: `Nothing is at ${request.method} ${request.path}` });
	}
}

function json(status: number, value: unknown): HttpReply {
	return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value, null, '\t')}\n` };
}
