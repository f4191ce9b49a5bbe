import { spawn } from 'node:child_process';
import { ROOT } from '../bootstrap/paths.mjs';

/**
 * Runs a Node program in the foreground until it ends and answers its exit code. Ctrl-C reaches it as well, so that
 * it ends first and what it stands on (servers) is stopped after it.
 * @param {string[]} args the script and what it is given
 * @param {Record<string, string>} env beside our own
 * @returns {Promise<number>}
 */
export async function runToItsEnd(args, env = {}) {
  const program = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => program.kill(signal));
  return new Promise((resolve) => program.on('exit', (code) => resolve(code ?? 1)));
}
