import type { QueryParameters } from '../query';
import { AlibabaError, missingParameter } from './alibabaError';

/** The parameter's value.
 * @throws {AlibabaError} MissingParameter when it is missing or empty. */
export function required(parameters: QueryParameters, name: string): string {
	const value = parameters.get(name);
	if (value === undefined || value === '') throw missingParameter(name);
	return value;
}

/** Which page of a list is asked for. */
export interface Page {
	/** From 1. */
	readonly number: number;
	readonly size: number;
}

/** Reads `PageNumber` and `PageSize`, by default 1 and 10.
 * @throws {AlibabaError} InvalidParameter when one is no whole number or out of range. */
export function readPage(parameters: QueryParameters, largestSize: number): Page {
	return {
		number: wholeNumber(parameters, 'PageNumber', 1, Number.MAX_SAFE_INTEGER),
		size: wholeNumber(parameters, 'PageSize', 10, largestSize),
	};
}

/** The items on the page; none past the end. */
export function pageOf<T>(items: readonly T[], { number, size }: Page): T[] {
	return items.slice((number - 1) * size, number * size);
}

/** `{TotalCount, PageNumber, PageSize}` */
export function pageFields(items: readonly unknown[], { number, size }: Page): object {
	return { TotalCount: items.length, PageNumber: number, PageSize: size };
}

function wholeNumber(parameters: QueryParameters, name: string, byDefault: number, largest: number): number {
	const text = parameters.get(name);
	if (text === undefined || text === '') return byDefault;
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= 1 && value <= largest) return value;
	throw new AlibabaError('InvalidParameter', `The specified parameter "${name}" is not valid.`);
}
