// What the steps of a test run came to.
const fs = require('node:fs');

/** Collects passed and failed counts by step, and prints them. */
function createResults() {
	const rows = [];
	const add = (title, passed, failed, note = '') => rows.push({ title, passed, failed, note });
	const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
	return {
		/** A step that is no test run counts as one. */
		add,
		/** Adds the counts of a mocha run. One that broke off, ran nothing or ended badly without saying why counts one failure more. */
		addReport(title, file, exitCode) {
			const report = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
			if (!report.complete) {
				add(title, report.passed, report.failed + 1, 'broke off');
			} else if (report.passed + report.failed === 0) {
				add(title, 0, 1, 'no tests ran');
			} else if (exitCode !== 0 && report.failed === 0) {
				add(title, report.passed, 1, `exit code ${exitCode}`);
			} else {
				add(title, report.passed, report.failed, report.pending ? `${report.pending} left out` : '');
			}
		},
		/** Prints a line per step and, last and alone, the sums. Returns whether all passed. */
		print() {
			const width = Math.max(...rows.map((row) => row.title.length));
			console.log('');
			for (const { title, passed, failed, note } of rows) {
				console.log(`${title.padEnd(width)}  ${passed} passed, ${failed} failed${note && ` (${note})`}`);
			}
			console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
			return sum('failed') === 0;
		},
	};
}

module.exports = { createResults };
