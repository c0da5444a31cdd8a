import { homedir } from 'node:os';
import path from 'node:path';
import { Uri } from 'vscode';
import type { Profile } from '../domain/profile';
import type { Service, Target } from '../domain/target';
import type { ServiceManifest } from '../providers/contract';
import { ArgumentError } from './commands/run';
import type { CreateAnswer, CreateDraft } from './forms/createDraft';
import { isRecord } from './isRecord';
import type { Services } from './services';

/** What the argument of *Create Key Pair* says: `{ target, keyName, type?, format?, tags?, resourceGroupId?, folder? }`, or a part of it.
 * @throws {ArgumentError} naming the field that is wrong. */
export async function toCreateDraft(
	argument: Readonly<Record<string, unknown>>,
	services: Pick<Services, 'profiles' | 'providers'>,
): Promise<CreateDraft> {
	const { target, keyName, type, format, tags, resourceGroupId, folder } = argument;
	const place = target === undefined ? undefined : await toPlace(target, services);
	const { types, formats } = place?.manifest.capabilities.create ?? everyKind(services);
	expect(keyName === undefined || typeof keyName === 'string', 'keyName', 'a string');
	expect(type === undefined || types.some((known) => known === type), 'type', `one of: ${types.join(', ')}`);
	expect(format === undefined || formats.some((known) => known === format), 'format', `one of: ${formats.join(', ')}`);
	expect(tags === undefined || isTags(tags), 'tags', 'an object of strings');
	expect(resourceGroupId === undefined || typeof resourceGroupId === 'string', 'resourceGroupId', 'a string');
	const absolute = folder === undefined ? undefined : toFolder(folder);
	const draft = {
		...(keyName !== undefined && { keyName }),
		...(type !== undefined && { type }),
		...(format !== undefined && { format }),
		...(tags !== undefined && { tags }),
		...(resourceGroupId !== undefined && { resourceGroupId }),
		...(absolute !== undefined && { folder: absolute }),
	} as Omit<CreateDraft, 'given'>;
	const answered = Object.keys(draft).map((name) => (name === 'resourceGroupId' ? 'resourceGroup' : name));
	return {
		...draft,
		...(place && { target: place.target, profile: place.profile, service: place.target.service }),
		given: new Set([...answered, ...(place ? ['target'] : [])] as CreateAnswer[]),
	};
}

async function toPlace(
	value: unknown,
	{ profiles, providers }: Pick<Services, 'profiles' | 'providers'>,
): Promise<{ readonly target: Target; readonly profile: Profile; readonly manifest: ServiceManifest }> {
	const known = providers.vendors.flatMap((vendor) => vendor.services);
	const { service, profile: name, region } = isRecord(value) ? value : {};
	const manifest = known.find((candidate) => candidate.service === service);
	const isRegionFine = manifest?.capabilities.regions ? typeof region === 'string' : region === undefined;
	if (!manifest || typeof name !== 'string' || !isRegionFine) {
		const names: readonly Service[] = known.map((candidate) => candidate.service);
		throw new ArgumentError(
			`cloudKeyPairs.create: target must be { service, profile, region }, service one of: ${names.join(', ')}; region where the service has regions`,
		);
	}
	const profile = await profiles.find(name, manifest.service);
	if (!profile) {
		throw new ArgumentError(`cloudKeyPairs.create: there is no profile named: ${name}`);
	}
	const target: Target = { service: manifest.service, profile: name, ...(typeof region === 'string' && { region }) };
	return { target, profile, manifest };
}

function everyKind({ providers }: Pick<Services, 'providers'>) {
	const kinds = providers.vendors.flatMap((vendor) => vendor.services.map(({ capabilities }) => capabilities.create));
	return {
		types: [...new Set(kinds.flatMap(({ types }) => types))],
		formats: [...new Set(kinds.flatMap(({ formats }) => formats))],
	};
}

function toFolder(value: unknown): string {
	const text = value instanceof Uri && value.scheme === 'file' ? value.fsPath : value;
	const folder = typeof text === 'string' && /^~(?:$|[/\\])/.test(text) ? path.join(homedir(), text.slice(1)) : text;
	if (typeof folder !== 'string' || !path.isAbsolute(folder)) {
		throw new ArgumentError(
			'cloudKeyPairs.create: folder must be an absolute path, or the Uri of a folder of this machine',
		);
	}
	return folder;
}

function isTags(value: unknown): value is Readonly<Record<string, string>> {
	return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function expect(isFine: boolean, field: string, wanted: string): void {
	if (!isFine) {
		throw new ArgumentError(`cloudKeyPairs.create: ${field} must be ${wanted}`);
	}
}
