// The parts of this folder for who drives a window: the UI tests, the demo, the benchmark. Types: index.d.ts.
module.exports = {
	...require('./guard.js'),
	...require('./setup.js'),
	...require('./settings.js'),
	...require('./server.js'),
	...require('./address.js'),
	...require('./browser.js'),
};
