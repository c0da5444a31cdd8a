/** Whether a session policy allows an action such as `ecs:ImportKeyPair`. */
export type SessionPolicy = (action: string) => boolean;

/** What the text of a session policy allows; resources and conditions are not looked at. Undefined when it is not a policy.
 * Source: RAM documentation, "Policy structure and syntax". */
export function readSessionPolicy(text: string): SessionPolicy | undefined {
	const statements = statementsOf(text);
	if (statements === undefined) return undefined;
	const has = (effect: string, action: string) =>
		statements.some((statement) => statement.effect === effect && statement.actions.some((glob) => fits(glob, action)));
	return (action) => has('Allow', action) && !has('Deny', action);
}

interface Statement {
	readonly effect: string;
	readonly actions: readonly string[];
}

function statementsOf(text: string): Statement[] | undefined {
	const policy = parse(text);
	if (!isObject(policy) || policy['Version'] !== '1') return undefined;
	const given = policy['Statement'];
	const statements = (Array.isArray(given) ? given : [given]).map((item: unknown) => {
		if (!isObject(item)) return undefined;
		const { Effect: effect, Action: action } = item;
		const actions = Array.isArray(action) ? action : [action];
		if (effect !== 'Allow' && effect !== 'Deny') return undefined;
		return actions.every((glob) => typeof glob === 'string') ? { effect, actions } : undefined;
	});
	return statements.every((statement) => statement !== undefined) ? statements : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(glob: string, action: string): boolean {
	const pattern = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
	return new RegExp(`^${pattern}$`, 'i').test(action);
}
