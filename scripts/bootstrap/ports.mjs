import { createServer } from 'node:net';
import { warn } from './say.mjs';

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The wanted port, or the next free one after it, said aloud. Free at this moment: who binds it finds out
 * whether it still is.
 * @param {string} what
 * @param {number} wanted
 * @param {{ host?: string, promised?: Set<number> }} options `promised`: ports given to others that are not
 *   bound yet; this one is added
 */
export async function takePort(what, wanted, { host = '127.0.0.1', promised = new Set() } = {}) {
  for (let port = wanted; port < wanted + 200; port += 1) {
    if (promised.has(port) || !(await isFree(port, host))) continue;
    promised.add(port);
    if (port !== wanted) warn(`Port ${wanted} is taken: ${what} uses ${port}.`);
    return port;
  }
  throw new Error(`No free port for ${what} from ${wanted} to ${wanted + 199}.`);
}

/** Some free port, for tests. @returns {Promise<number>} */
export function anyPort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host }, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
