// In the place of @vscode/native-watchdog, a native module that would need a compiler: ends the extension host with its server.

/** Ends this process within a second of the end of another. */
exports.start = (pid) => {
	setInterval(() => {
		try {
			process.kill(pid, 0);
		} catch {
			process.exit(0);
		}
	}, 1000).unref();
};

exports.exit = (code) => process.exit(code ?? 0);
