import { findProgram } from './command.mjs';
import { installDebianPackage } from './debian-package.mjs';
import { Advice } from './say.mjs';

/** Path of a Chromium (or Chrome) for the browser tests, Debian's installed when missing and allowed. */
export async function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const found = process.env.MACH_CHROMIUM ?? findProgram(...names);
  if (found) return found;
  const refused = await installDebianPackage('chromium');
  const installed = findProgram(...names);
  if (installed) return installed;
  throw new Advice(
    `The browser tests need Chromium and found none; ${refused ?? 'the installed package brought none'}. Install chromium or Chrome, or name it: MACH_CHROMIUM=/path/to/chromium npm test`,
  );
}
