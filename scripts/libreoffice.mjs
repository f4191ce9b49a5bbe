/**
 * `npm run libreoffice`: workbooks of ours through a real LibreOffice and back (test/libreoffice). Installs Debian's
 * when there is none and this user may; otherwise says what is missing.
 */
import { join } from 'node:path';
import { findProgram } from './bootstrap/command.mjs';
import { installDebianPackage } from './bootstrap/debian-package.mjs';
import { checkNodeVersion } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { fail } from './bootstrap/say.mjs';
import { runToItsEnd } from './run/to-its-end.mjs';

try {
  checkNodeVersion();
  if (!findProgram('soffice')) {
    const refused = await installDebianPackage('libreoffice-calc');
    if (refused) throw new Error(`This needs LibreOffice (soffice), and ${refused}.`);
  }
  process.exitCode = await runToItsEnd(
    [
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['--selectProjects', 'libreoffice', '--runInBand'],
    ],
    {},
  );
} catch (error) {
  fail(error);
}
