import type { Log } from '../../src/services/ports';

/** A log that keeps its lines, each after its level: `info: …`. */
export interface MemoryLog extends Log {
	readonly lines: readonly string[];
}

/** An empty log. */
export function memoryLog(): MemoryLog {
	const lines: string[] = [];
	const at =
		(level: string) =>
		(message: string): void =>
			void lines.push(`${level}: ${message}`);
	return { lines, info: at('info'), debug: at('debug'), warn: at('warn'), error: at('error') };
}
