/** Every command that the extension registers. Those that begin with `_` are for its own links and buttons. */
export const commandIds = {
	import: 'cloudKeyPairs.import',
	create: 'cloudKeyPairs.create',
	delete: 'cloudKeyPairs.delete',
	editTags: 'cloudKeyPairs.editTags',
	chooseTargets: 'cloudKeyPairs.chooseTargets',
	refresh: 'cloudKeyPairs.refresh',
	signIn: 'cloudKeyPairs.signIn',
	openKeyPair: 'cloudKeyPairs.openKeyPair',
	copyFingerprint: 'cloudKeyPairs.copyFingerprint',
	copyPublicKey: 'cloudKeyPairs.copyPublicKey',
	compareWithLocal: 'cloudKeyPairs.compareWithLocal',
	generate: 'cloudKeyPairs.generate',
	retryFailed: 'cloudKeyPairs.retryFailed',
	showImportDetails: 'cloudKeyPairs.showImportDetails',
	showHistory: 'cloudKeyPairs.showHistory',
	undoImport: 'cloudKeyPairs.undoImport',
	checkPermission: 'cloudKeyPairs.checkPermission',
	addAccessKey: 'cloudKeyPairs.addAccessKey',
	removeAccessKey: 'cloudKeyPairs.removeAccessKey',
	openConfiguration: '_cloudKeyPairs.openConfiguration',
	derivePublicKey: '_cloudKeyPairs.derivePublicKey',
	saveAsUtf8: '_cloudKeyPairs.saveAsUtf8',
	retryImport: '_cloudKeyPairs.retryImport',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
