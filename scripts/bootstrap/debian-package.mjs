import { findProgram, runCommand } from './command.mjs';
import { step } from './say.mjs';

/**
 * How this user may run apt-get: directly as root, through `sudo -n` (never asks for a password), or not at
 * all (null).
 */
async function aptGet() {
  const apt = findProgram('apt-get');
  if (!apt) return null;
  if (process.getuid?.() === 0) return [apt];
  const sudo = findProgram('sudo');
  if (sudo && (await runCommand(sudo, ['-n', 'true'])).code === 0) return [sudo, '-n', apt];
  return null;
}

/**
 * Installs a package of Debian's (or Ubuntu's) when this machine has apt-get and this user may.
 * @param {...string} names
 * @returns null when it is installed, else why not, in one sentence
 */
export async function installDebianPackage(...names) {
  const apt = await aptGet();
  if (!apt) return 'this machine has no apt-get, or you may not install packages here';
  const [program = '', ...before] = apt;
  const run = (/** @type {string[]} */ args, /** @type {(line: string) => void} */ note) =>
    runCommand(program, [...before, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      onLine: note,
    });
  try {
    await step(`Installing Debian's ${names.join(', ')}`, async (note) => {
      await run(['update', '-q'], note);
      const { code, output } = await run(['install', '-y', '-q', '--no-install-recommends', ...names], note);
      if (code !== 0) throw new Error(output.trim().split('\n').slice(-4).join('\n'));
    });
    return null;
  } catch (error) {
    return `apt-get could not install ${names.join(', ')}: ${/** @type {Error} */ (error).message}`;
  }
}
