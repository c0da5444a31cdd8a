// What the window itself logs in every run, beside the tests' console, and which says nothing about them.
const CHATTER = [
	/^Resolv(ing|ed) connection token/,
	/^Creating a socket/,
	/^Creation of workbench contribution/,
	/^\[(reconnection-grace-time|Service Worker|AccountPolicyGate|AgentHost\S*|RemoteAgentHostProtocol|ChatModelSelection)\]/,
	/^(Ignoring fetching|Updating) additional builtin extensions/,
	/^No extension gallery service configured/,
	/^Canceled: Canceled/,
];

/** Whether a line of the window's log is of that kind. */
function isChatter(text) {
	return CHATTER.some((pattern) => pattern.test(text));
}

module.exports = { isChatter };
