// Mocha's own report for people, and the counts in the file that TEST_REPORT names.
const fs = require('node:fs');
const { Runner, reporters } = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;

/** Writes `{passed, failed, pending, complete}`; `complete` is missing in a run that broke off. */
class CountingReporter extends reporters.Spec {
	constructor(runner, options) {
		super(runner, options);
		const file = process.env.TEST_REPORT;
		if (!file) {
			return;
		}
		const counts = { passed: 0, failed: 0, pending: 0 };
		const write = (more) => fs.writeFileSync(file, JSON.stringify({ ...counts, ...more }));
		const count = (event, name) =>
			runner.on(event, () => {
				counts[name]++;
				write();
			});
		count(EVENT_TEST_PASS, 'passed');
		count(EVENT_TEST_FAIL, 'failed');
		count(EVENT_TEST_PENDING, 'pending');
		runner.once(EVENT_RUN_END, () => write({ complete: true }));
	}
}

module.exports = CountingReporter;
