import { createRequire } from 'node:module';
import path from 'node:path';
import type * as VsCode from '../vscode/index.js';

/** The project's folder. */
export const ROOT = path.resolve(__dirname, '..', '..', '..');

/** The VS Code of test/vscode: plain JavaScript beside its packages, not compiled with the tests. */
export const vscodeForTests: typeof VsCode = createRequire(__filename)(path.join(ROOT, 'test', 'vscode', 'index.js'));
