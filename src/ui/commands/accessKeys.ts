import { InputBoxValidationSeverity, l10n, type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { Profile } from '../../domain/profile';
import { askForAccessKey, checkId, checkName, checkRegion, type NameUse } from '../forms/accessKey';
import { pickOne } from '../forms/input';
import { isRecord } from '../isRecord';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';
import { ArgumentError } from './run';

const secretFields = ['secret', 'accessKeySecret', 'token', 'securityToken', 'stsToken'];

/** Asks for an access key of Alibaba Cloud and saves it in the editor's secret storage; it is a profile from then on. Resolves to the profile's name,
 * undefined when given up. The argument may answer `name`, `accessKeyId` and `region` (empty: none); secrets are asked for always.
 * @throws {ArgumentError} for an answer that does not do, and for one that holds a secret. */
export async function addAccessKey(argument: unknown, services: Services): Promise<string | undefined> {
	const known = await namesInUse(services);
	const useOfName = (name: string): NameUse => known.get(name);
	const entered = await askForAccessKey(answersOf(argument, useOfName), useOfName);
	if (!entered) {
		return undefined;
	}
	const { name, region, id, secret, token } = entered;
	const key = { id, secret, ...(token === undefined ? {} : { token }) };
	await services.accessKeys.save('alibaba', { name, key, ...(region === undefined ? {} : { region }) });
	window.setStatusBarMessage(l10n.t('Saved the access key {0}.', name), 3000);
	return name;
}

/** Removes an access key that was entered by hand: that of a row or of `{ name }` (also the name alone), else one that is chosen. It always asks first.
 * Resolves to whether it was removed.
 * @throws {ArgumentError} when there is no such key. */
export async function removeAccessKey(argument: unknown, { accessKeys }: Services): Promise<boolean> {
	const saved = (await accessKeys.all('alibaba')).map(({ name }) => name);
	const wanted = nameOf(argument);
	if (wanted !== undefined && !saved.includes(wanted)) {
		throw new ArgumentError(`There is no saved access key named: ${wanted}`);
	}
	if (saved.length === 0) {
		void window.showInformationMessage(l10n.t('No access key is saved.'));
		return false;
	}
	const name = wanted ?? (await chooseName(saved));
	if (name === undefined || !(await confirm(name))) {
		return false;
	}
	return accessKeys.remove('alibaba', name);
}

async function namesInUse({ accessKeys, profiles }: Services): Promise<ReadonlyMap<string, NameUse>> {
	const listing = (await profiles.all()).find(({ vendor }) => vendor.vendor === 'alibaba');
	const found: readonly Profile[] = listing && 'profiles' in listing ? listing.profiles : [];
	const saved = await accessKeys.all('alibaba');
	return new Map<string, NameUse>([
		...found.map(({ name }) => [name, 'profile'] as const),
		...saved.map(({ name }) => [name, 'saved'] as const),
	]);
}

function answersOf(argument: unknown, useOfName: (name: string) => NameUse) {
	if (argument === undefined || isCloudNode(argument)) {
		return {};
	}
	if (!isRecord(argument)) {
		throw new ArgumentError('Expected { name, accessKeyId, region }');
	}
	const secret = secretFields.find((field) => field in argument);
	if (secret !== undefined) {
		throw new ArgumentError(`${secret} can't be an argument: the person is asked for it`);
	}
	const { name, accessKeyId, region } = argument;
	const answer = (field: string, value: unknown, check: (text: string) => ReturnType<typeof checkId>) => {
		if (value === undefined) {
			return {};
		}
		const problem = typeof value === 'string' ? check(value.trim()) : undefined;
		if (typeof value !== 'string' || problem?.severity === InputBoxValidationSeverity.Error) {
			throw new ArgumentError(`${field}: ${problem?.message ?? 'a text is expected'}`);
		}
		return { [field]: value };
	};
	return {
		...answer('name', name, (text) => checkName(text, useOfName)),
		...answer('accessKeyId', accessKeyId, checkId),
		...answer('region', region, checkRegion),
	};
}

function nameOf(argument: unknown): string | undefined {
	if (argument === undefined || typeof argument === 'string') {
		return argument;
	}
	if (isCloudNode(argument)) {
		return argument.kind === 'profile' ? argument.profile.name : undefined;
	}
	const name = isRecord(argument) ? argument['name'] : undefined;
	if (typeof name !== 'string') {
		throw new ArgumentError('Expected { name } or a row of the view');
	}
	return name;
}

async function chooseName(saved: readonly string[]): Promise<string | undefined> {
	const items = saved.map((label): QuickPickItem => ({ label, iconPath: new ThemeIcon('account') }));
	const answer = await pickOne(
		{ title: l10n.t('Remove Access Key'), canGoBack: false },
		{ placeholder: l10n.t('Choose the access key to remove'), items },
	);
	return answer.kind === 'value' ? answer.value.label : undefined;
}

async function confirm(name: string): Promise<boolean> {
	const remove = { title: l10n.t('Remove') };
	const detail = l10n.t('It is removed from the secret storage of VS Code. In Alibaba Cloud it stays as it is.');
	const question = l10n.t('Remove the access key {0}?', name);
	return (await window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}
