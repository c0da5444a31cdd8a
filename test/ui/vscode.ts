import { createRequire } from 'node:module';
import path from 'node:path';
import type * as VsCode from '../vscode/index.js';

/** The project's folder. */
export const ROOT = path.resolve(__dirname, '..', '..', '..');

/** The packaged extension: that of the test run, or else what `npm run package` wrote. */
export const VSIX = process.env['TEST_VSIX'] ?? path.join(ROOT, 'cloud-key-pairs.vsix');

/** The VS Code of test/vscode: plain JavaScript beside its packages, not compiled with the tests. */
export const vscodeForTests: typeof VsCode = createRequire(__filename)(path.join(ROOT, 'test', 'vscode', 'index.js'));
