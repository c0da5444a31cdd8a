import { l10n } from 'vscode';
import type { AgentFailure } from '../../services/localKeys/agentKeys';

/** What stands for a file name where a key is in ssh-agent alone. The program's own name: not translated. */
export const agentLabel = '(ssh-agent)';

/** Why the agent did not tell its keys, as one sentence. */
export function describeAgentFailure(failure: AgentFailure): string {
	switch (failure) {
		case 'timeout':
			return l10n.t('ssh-agent did not answer within 2 seconds.');
		case 'noPermission':
			return l10n.t('You do not have permission to use the socket of ssh-agent.');
		case 'refused':
			return l10n.t('ssh-agent refused to list its keys.');
		case 'badAnswer':
			return l10n.t('What answered is not ssh-agent.');
	}
}
