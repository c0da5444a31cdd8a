import { InputBoxValidationSeverity, l10n } from 'vscode';
import { enterText, type TextOptions } from './input';
import { runSteps, type Step } from './steps';

/** What is entered in the form; the answers are kept no longer than it is open. */
interface AccessKeyDraft {
	name?: string;
	id?: string;
	secret?: string;
	token?: string;
	region?: string;
	/** What the caller has answered already. */
	readonly given: ReadonlySet<keyof AccessKeyAnswers>;
}

/** What a caller may answer in place of the person. Never a secret: an argument can come from a link or a file of settings. */
export interface AccessKeyAnswers {
	readonly name?: string;
	readonly accessKeyId?: string;
	/** Empty: none. */
	readonly region?: string;
}

/** An access key as it was entered. A secret. */
export interface EnteredAccessKey {
	readonly name: string;
	readonly id: string;
	readonly secret: string;
	readonly token?: string;
	readonly region?: string;
}

/** What is known of a name: that of a profile of a file, which would be hidden, or of a key that is saved already and is replaced. */
export type NameUse = 'profile' | 'saved' | undefined;

/** Asks for an access key of Alibaba Cloud; undefined when the person gives up. */
export async function askForAccessKey(
	answers: AccessKeyAnswers,
	useOfName: (name: string) => NameUse,
): Promise<EnteredAccessKey | undefined> {
	const { name, accessKeyId: id, region } = answers;
	const given = new Set((['name', 'accessKeyId', 'region'] as const).filter((key) => answers[key] !== undefined));
	const draft: AccessKeyDraft = {
		given,
		...(name === undefined ? {} : { name: name.trim() }),
		...(id === undefined ? {} : { id: id.trim() }),
		...(region === undefined ? {} : { region: region.trim() }),
	};
	const isDone = await runSteps(() => l10n.t('Add Access Key'), steps(useOfName), draft);
	if (!isDone || draft.name === undefined || draft.id === undefined || draft.secret === undefined) {
		return undefined;
	}
	return {
		name: draft.name,
		id: draft.id,
		secret: draft.secret,
		...(draft.token && isTemporary(draft.id) ? { token: draft.token } : {}),
		...(draft.region ? { region: draft.region } : {}),
	};
}

function steps(useOfName: (name: string) => NameUse): readonly Step<AccessKeyDraft>[] {
	return [
		{
			id: 'name',
			title: () => l10n.t('Name'),
			isNeeded: ({ given }) => !given.has('name'),
			ask: text('name', () => ({
				prompt: l10n.t('Name under which the access key is listed as a profile'),
				validate: (value) => checkName(value, useOfName),
			})),
		},
		{
			id: 'id',
			title: () => l10n.t('AccessKey ID'),
			isNeeded: ({ given }) => !given.has('accessKeyId'),
			ask: text('id', () => ({
				prompt: l10n.t('AccessKey ID, from the RAM console of Alibaba Cloud'),
				validate: checkId,
			})),
		},
		{
			id: 'secret',
			title: () => l10n.t('AccessKey secret'),
			isNeeded: () => true,
			ask: text('secret', ({ id = '' }) => ({
				prompt: l10n.t('AccessKey secret of {0}. It is kept in the secret storage of VS Code and nowhere else.', id),
				password: true,
				validate: checkSecret,
			})),
		},
		{
			id: 'token',
			title: () => l10n.t('STS token'),
			isNeeded: ({ id = '' }) => isTemporary(id),
			ask: text('token', () => ({
				prompt: l10n.t('The STS token that belongs to this temporary key'),
				password: true,
				validate: checkSecret,
			})),
		},
		{
			id: 'region',
			title: () => l10n.t('Region'),
			isNeeded: ({ given }) => !given.has('region'),
			ask: text('region', () => ({
				prompt: l10n.t('Region to use first, such as cn-hangzhou; leave empty for none'),
				validate: checkRegion,
			})),
		},
	];
}

/** A step that asks for one text and keeps it, without the spaces around it. */
function text(
	field: 'name' | 'id' | 'secret' | 'token' | 'region',
	options: (draft: AccessKeyDraft) => Omit<TextOptions, 'value'>,
): Step<AccessKeyDraft>['ask'] {
	return async (draft, frame) => {
		const { validate, ...shown } = options(draft);
		const answer = await enterText(frame, {
			...shown,
			value: draft[field] ?? '',
			validate: (value) => validate(value.trim()),
		});
		if (answer.kind !== 'value') {
			return answer.kind;
		}
		draft[field] = answer.value.trim();
		return 'next';
	};
}

/** Whether an access key is good only with a token: STS's keys begin so. */
export function isTemporary(id: string): boolean {
	return /^(?:STS|TMP)\./.test(id);
}

/** What keeps a name from being used, or what using it would do. */
export function checkName(name: string, useOfName: (name: string) => NameUse): Message | undefined {
	if (name === '') {
		return error(l10n.t('Enter a name.'));
	}
	if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,63}$/u.test(name)) {
		return error(
			l10n.t('A name has at most 64 letters, digits, spaces, and . _ @ + -, and begins with a letter or digit.'),
		);
	}
	switch (useOfName(name)) {
		case 'profile':
			return error(l10n.t('There is a profile of this name already.'));
		case 'saved':
			return {
				message: l10n.t('The access key that is saved under this name will be replaced.'),
				severity: InputBoxValidationSeverity.Warning,
			};
		case undefined:
			return undefined;
	}
}

/** What is wrong with an AccessKey ID. */
export function checkId(id: string): Message | undefined {
	return /^[A-Za-z\d][\w.-]{7,127}$/.test(id)
		? undefined
		: error(l10n.t('This is not an AccessKey ID: it looks like LTAI5t…'));
}

function checkSecret(secret: string): Message | undefined {
	return /^[\x21-\x7e]{8,}$/.test(secret) ? undefined : error(l10n.t('Paste the whole text, without spaces in it.'));
}

/** What is wrong with a region. */
export function checkRegion(region: string): Message | undefined {
	return region === '' || /^[a-z]{2,}(?:-[a-z\d]+)+$/.test(region)
		? undefined
		: error(l10n.t('A region looks like cn-hangzhou or ap-southeast-1.'));
}

type Message = NonNullable<ReturnType<TextOptions['validate']>>;

function error(message: string): Message {
	return { message, severity: InputBoxValidationSeverity.Error };
}
