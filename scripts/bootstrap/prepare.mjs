/**
 * Before every command but `npm start` (which does it itself) and those that speak to a running one: what a fresh clone
 * needs before anything else can be imported. Node built-ins only.
 */
import { installDependencies } from './dependencies.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { fail } from './say.mjs';

try {
  checkNodeVersion();
  await installDependencies();
} catch (error) {
  fail(error);
}
