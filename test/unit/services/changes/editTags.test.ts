import assert from 'node:assert/strict';
import { ecsRules, ensRules } from '../../../../src/providers/alibaba/rules';
import { ec2Rules } from '../../../../src/providers/aws/rules';
import type { TagChange } from '../../../../src/providers/contract';
import {
	checkTagEdit,
	editTags,
	isReserved,
	tagDifference,
	withChange,
} from '../../../../src/services/changes/editTags';
import { FakeClock } from '../../../fakes/clock';
import { aDoubt, aFailure } from '../../../fakes/failures';
import { aKeyPair } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { answers, doesBut, FakeProvider, refuses } from '../../../fakes/provider';
import { fakeProviders } from '../../../fakes/vendors';
import { here } from '../imports/importing';

describe('tagDifference', () => {
	it('is what was added, changed and removed, and nothing else', () => {
		assert.deepEqual(tagDifference({ a: '1', b: '2', c: '3' }, { a: '1', b: '', d: '4' }), {
			set: { b: '', d: '4' },
			remove: ['c'],
		});
	});

	it('is undefined where nothing differs, whatever the order', () => {
		assert.equal(tagDifference({ a: '1', b: '2' }, { b: '2', a: '1' }), undefined);
		assert.equal(tagDifference({}, {}), undefined);
	});

	it('is undone by no name that objects have by themselves', () => {
		assert.deepEqual(tagDifference({}, { constructor: 'x' }), { set: { constructor: 'x' }, remove: [] });
		assert.deepEqual(tagDifference({ toString: 'x' }, {}), { set: {}, remove: ['toString'] });
	});

	it('leads from the one to the other', () => {
		const before = { a: '1', b: '2' };
		const after = { b: '3', c: '4' };
		assert.deepEqual(withChange(before, tagDifference(before, after) ?? { set: {}, remove: [] }), after);
	});
});

describe('checkTagEdit', () => {
	it('minds what is changed, and not what was there before', () => {
		const before = { 'aws:cloudformation:stack': 'x', ['k'.repeat(200)]: 'too long' };
		assert.deepEqual(checkTagEdit(before, { ...before, Owner: 'mel' }, ec2Rules), []);
		assert.deepEqual(codes(checkTagEdit(before, { ...before, 'aws:x': 'y' }, ec2Rules)), ['tagKeyReserved']);
	});

	it("refuses to change or remove the vendor's own tags", () => {
		const before = { 'aws:x': 'y', Owner: 'mel' };
		assert.deepEqual(codes(checkTagEdit(before, { Owner: 'mel' }, ec2Rules)), ['tagKeyReserved']);
		assert.deepEqual(codes(checkTagEdit(before, { ...before, 'aws:x': 'z' }, ec2Rules)), ['tagKeyReserved']);
		assert.ok(isReserved('AWS:x', ec2Rules) && isReserved('acs:x', ecsRules) && !isReserved('Owner', ec2Rules));
	});

	it("counts the person's own tags", () => {
		const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '']));
		assert.deepEqual(checkTagEdit({}, { ...tags(50), 'aws:x': '' }, ec2Rules).length, 1);
		assert.deepEqual(checkTagEdit({ 'aws:x': '' }, { ...tags(50), 'aws:x': '' }, ec2Rules), []);
		assert.deepEqual(codes(checkTagEdit({}, tags(51), ec2Rules)), ['tagTooMany']);
		assert.deepEqual(codes(checkTagEdit({}, tags(21), ecsRules)), ['tagTooMany']);
	});

	it('refuses tags where there are none', () => {
		assert.ok(codes(checkTagEdit({}, { a: 'b' }, ensRules)).includes('tagsUnsupported'));
	});

	const codes = (problems: ReturnType<typeof checkTagEdit>) => problems.map(({ code }) => code);
});

describe('editTags', () => {
	let ec2: FakeProvider;
	const keyPair = aKeyPair({ name: 'deploy', id: 'key-1', tags: { a: '1', b: '2' } });
	const change: TagChange = { set: { a: '9', c: '3' }, remove: ['b'] };

	let clock: FakeClock;
	beforeEach(() => {
		clock = new FakeClock();
		ec2 = new FakeProvider(clock);
		ec2.put(here, keyPair);
	});

	const run = (wanted: TagChange = change, signal = new AbortController().signal) =>
		editTags(here, keyPair, wanted, { providers: fakeProviders([ec2]), clock, log: memoryLog() }, signal);
	const tagsNow = () => ec2.existing(here)[0]?.tags;

	it('changes what is to be changed', async () => {
		const outcome = await run();
		assert.deepEqual(outcome, { status: 'changed', keyPair: { ...keyPair, tags: { a: '9', c: '3' } } });
		assert.deepEqual(tagsNow(), { a: '9', c: '3' });
	});

	it('keeps what others changed meanwhile, and sends only what differs still', async () => {
		const sent: TagChange[] = [];
		const changeTags = ec2.changeTags.bind(ec2);
		ec2.changeTags = (...args) => {
			sent.push(args[2]);
			return changeTags(...args);
		};
		await run({ set: { others: 'x', a: '9' }, remove: ['b'] });
		const outcome = await run();
		assert.ok(outcome.status === 'changed');
		assert.deepEqual(sent.slice(1), [{ set: { c: '3' }, remove: [] }]);
		assert.deepEqual(tagsNow(), { others: 'x', a: '9', c: '3' });
	});

	it('sends nothing where nothing differs', async () => {
		assert.equal((await run({ set: { a: '1' }, remove: ['gone'] })).status, 'changed');
		assert.ok(!ec2.calls.some((call) => call.startsWith('changeTags')));
	});

	it('sends nothing that breaks the rules', async () => {
		const outcome = await run({ set: { 'aws:x': 'y' }, remove: [] });
		assert.ok(outcome.status === 'refused');
		assert.ok(!ec2.calls.some((call) => call.startsWith('changeTags')));
	});

	it('leaves another key pair alone that has the name by now', async () => {
		ec2.next('find', () => aKeyPair({ name: 'deploy', id: 'key-9' }));
		assert.deepEqual(await run(), { status: 'notThere' });
		assert.deepEqual(tagsNow(), keyPair.tags);
	});

	it('finds out that a change was made whose answer was lost', async () => {
		ec2.next('changeTags', doesBut(aDoubt('timedOut')));
		const outcome = await run();
		assert.ok(outcome.status === 'changed');
		assert.deepEqual(outcome.keyPair.tags, { a: '9', c: '3' });
	});

	it('looks for a while: a change may not be visible at once', async () => {
		ec2.next('changeTags', doesBut(aDoubt('timedOut')));
		ec2.next('find', answers(keyPair), answers(keyPair), answers(keyPair));
		assert.equal((await run()).status, 'changed');
		assert.deepEqual(clock.waits, [0, 500, 1500]);
	});

	it('looks once when it was refused for certain: a part may have been made', async () => {
		ec2.next('changeTags', refuses(aFailure('notPermitted')));
		const outcome = await run();
		assert.ok(outcome.status === 'failed' && outcome.keyPair);
		assert.deepEqual(ec2.calls, ['find us-east-1', 'changeTags us-east-1', 'find us-east-1']);
	});

	it('tells the tags as they are when the change failed, or a part of it', async () => {
		ec2.next('changeTags', refuses(aDoubt('serverError')));
		const outcome = await run();
		assert.ok(outcome.status === 'failed');
		assert.equal(outcome.failure.outcomeUnknown, false);
		assert.deepEqual(outcome.keyPair?.tags, keyPair.tags);
	});

	it('leaves open what can not be found out', async () => {
		ec2.next('changeTags', refuses(aDoubt('timedOut')));
		ec2.next('find', (perform) => perform(), refuses(aFailure('unreachable')));
		const outcome = await run();
		assert.ok(outcome.status === 'failed' && outcome.failure.outcomeUnknown);
		assert.equal(outcome.keyPair, undefined);
	});
});
