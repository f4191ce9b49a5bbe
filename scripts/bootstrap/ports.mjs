import { createServer } from 'node:net';
import { warn } from './say.mjs';

/** Ports already handed out by this process, so that two services never get the same free one. */
const handedOut = new Set();

function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The wanted port, or the next free one after it, said aloud. */
export async function takePort(what, wanted, host = '127.0.0.1') {
  for (let port = wanted; port < wanted + 200; port += 1) {
    if (handedOut.has(port) || !(await isFree(port, host))) continue;
    handedOut.add(port);
    if (port !== wanted) warn(`Port ${wanted} is taken: ${what} uses ${port}.`);
    return port;
  }
  throw new Error(`No free port for ${what} from ${wanted} to ${wanted + 199}.`);
}

/** Some free port, for tests. */
export function anyPort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
