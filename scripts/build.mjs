/** `npm run build`: dist anew, whatever is there. */
import { fail, step } from './bootstrap/say.mjs';
import { buildServer } from './build/server.mjs';
import { buildWeb } from './build/web.mjs';

try {
  await step('Building the services', (note) => buildServer({ note, force: true }));
  await step('Building the web application', (note) => buildWeb({ note, force: true }));
} catch (error) {
  fail(error);
}
