import { readFileSync } from 'node:fs';
import Module from 'node:module';
import type * as failures from '../../../src/ui/messages/failures';

const translations: Readonly<Record<string, string>> = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8'));

/** How the words for failures are looked up: as they stand, or in Chinese as VS Code does. */
type Language = 'en' | 'zh-cn';

/** The words for failures as VS Code would show them, without VS Code: only its `l10n.t` is wanted. */
export function describeFailureIn(language: Language): typeof failures.describeFailure {
	const t = (text: string, ...values: readonly unknown[]): string => {
		const template = language === 'en' ? text : translations[text];
		if (template === undefined) {
			throw new Error(`Without translation: ${text}`);
		}
		return template.replace(/\{(\d+)\}/g, (_, index) => String(values[index]));
	};
	const load = Reflect.get(Module, '_load');
	const file = require.resolve('../../../src/ui/messages/failures');
	Reflect.set(Module, '_load', (request: string, ...more: readonly unknown[]) =>
		request === 'vscode' ? { l10n: { t } } : load(request, ...more),
	);
	try {
		delete require.cache[file];
		const loaded: typeof failures = require(file);
		return loaded.describeFailure;
	} finally {
		delete require.cache[file];
		Reflect.set(Module, '_load', load);
	}
}
