import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { EDGE_LIMITS } from './edge-limits';
import { RequestsInHand } from './requests-in-hand';

const LIMIT = 10_000;
const ANSWER_WITHIN_MS = 300;

let fastify: FastifyInstance;
let port: number;

beforeEach(async () => {
  fastify = Fastify();
  new RequestsInHand({
    ...EDGE_LIMITS,
    unfinishedBytes: LIMIT,
    answerWithinMs: ANSWER_WITHIN_MS,
    lastRequestsMs: 0,
  }).useOn(fastify);
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (request.url === '/refused') void reply.code(401).send('no');
    else done(null, payload);
  });
  fastify.post('/refused', () => 'never');
  fastify.post('/taken', () => 'yes');
  fastify.get('/file', (_request, reply) => reply.send(Readable.from(slowFile())));
  fastify.get('/silent', () => new Promise(() => undefined));
  await fastify.listen({ host: '127.0.0.1', port: 0 });
  port = fastify.addresses()[0]?.port ?? 0;
});

afterEach(async () => {
  await fastify.close();
});

/** Its first half is sent at once, the other when the time for an answer is long over. */
async function* slowFile(): AsyncGenerator<string> {
  yield 'one ';
  await delay(2 * ANSWER_WITHIN_MS);
  yield 'two';
}

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
}

const head = (path: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(length)}\r\n\r\n`;

async function answer(socket: Socket): Promise<string> {
  const [text] = (await once(socket, 'data')) as [string];
  return text.slice(0, 'HTTP/1.1 200'.length);
}

describe('bodies that are not complete', () => {
  it('do not count what a client still sends after its answer', async () => {
    const refused = await open();
    refused.write(`${head('/refused', 4 * LIMIT)}x`);
    expect(await answer(refused)).toBe('HTTP/1.1 401');
    refused.write('x'.repeat(4 * LIMIT - 1));
    // The answer to the next request says that all of it has been read.
    refused.write(`${head('/taken', 2)}{}`);
    expect(await answer(refused)).toBe('HTTP/1.1 200');

    const honest = await open();
    honest.write(`${head('/taken', LIMIT)}"${'x'.repeat(LIMIT / 2)}`);
    refused.write(`${head('/taken', 2)}{}`);
    expect(await answer(refused)).toBe('HTTP/1.1 200');
    honest.write(`${'x'.repeat(LIMIT / 2 - 2)}"`);
    expect(await answer(honest)).toBe('HTTP/1.1 200');
    refused.destroy();
    honest.destroy();
  });
});

describe('the time for an answer', () => {
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${String(port)}${path}`);

  it('is over for one that has not begun', async () => {
    expect((await get('/silent')).status).toBe(503);
  });

  it('does not cut a file that is on its way, however slowly', async () => {
    const file = await get('/file');
    expect([file.status, await file.text()]).toEqual([200, 'one two']);
    expect((await get('/file')).status).toBe(200);
  });
});
