import { Range as HostRange } from 'vscode';
import type { Range } from '../../domain/text';

/** The same stretch in VS Code's terms. */
export function toHostRange({ start, end }: Range): HostRange {
	return new HostRange(start.line, start.character, end.line, end.character);
}
