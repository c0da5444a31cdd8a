import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './awsError';
import type { Call } from './call';
import type { Effect, Fault } from './faults/fault';
import type { Outcome } from './http/exchange';
import type { HttpReply } from './http/message';
import type { LoggedRequest } from './requestLog';

/** Does the call, or what the fault makes of it, and notes in the log what became of it. */
export async function answer(
	call: Call,
	fault: Fault | undefined,
	entry: LoggedRequest,
	signal: AbortSignal,
): Promise<Outcome> {
	const { delayMs = 0, effect, when } = fault ?? {};
	const isAfter = when === 'after';
	const wait = async () => {
		if (delayMs > 0) await sleep(delayMs, undefined, { signal });
	};
	if (!isAfter) await wait();
	if (effect !== undefined && effect.kind !== 'slowBody' && !isAfter) return outcomeOf(effect, call, entry);
	const reply = await perform(call, entry);
	if (isAfter) await wait();
	if (effect === undefined) return { kind: 'reply', reply };
	if (effect.kind === 'slowBody') return { kind: 'reply', reply, bodyOverMs: effect.overMs };
	return outcomeOf(effect, call, entry);
}

async function perform(call: Call, entry: LoggedRequest): Promise<HttpReply> {
	try {
		const reply = await call.perform();
		entry.done = true;
		entry.status = reply.status;
		return reply;
	} catch (error) {
		if (!(error instanceof AwsError)) throw error;
		return refuse(call, error, entry);
	}
}

function refuse(call: Call, error: AwsError, entry: LoggedRequest): HttpReply {
	entry.status = error.status;
	entry.code = error.code;
	return call.refuse(error);
}

function outcomeOf(effect: Exclude<Effect, { kind: 'slowBody' }>, call: Call, entry: LoggedRequest): Outcome {
	switch (effect.kind) {
		case 'drop':
		case 'hang':
			delete entry.status;
			return { kind: effect.kind };
		case 'html':
			entry.status = effect.status;
			return { kind: 'reply', reply: htmlPage(effect.status) };
		case 'throttle':
			return { kind: 'reply', reply: refuse(call, call.throttled(), entry) };
		case 'serverError':
			return { kind: 'reply', reply: refuse(call, call.broken(), entry) };
		case 'error': {
			const { code, message = `The emulator was told to answer ${code}.`, status = 400, members } = effect;
			return { kind: 'reply', reply: refuse(call, new AwsError(code, message, status, members), entry) };
		}
	}
}

function htmlPage(status: number): HttpReply {
	const title = status < 400 ? 'Sign in to the network' : `${status} Bad Gateway`;
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
	};
}
