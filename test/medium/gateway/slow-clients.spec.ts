import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { RunningGateway } from './running-gateway';

let gateway: RunningGateway;

afterEach(async () => {
  await gateway.stop();
});

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** What the gateway said until it closed the connection. */
async function lastWords(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (piece: Buffer) => (text += piece.toString()));
  if (!socket.closed) await once(socket, 'close');
  return text;
}

const HEAD = 'POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

describe('a client that sends slowly', () => {
  it('is told so and let go, in the headers as in the body, while others are served', async () => {
    gateway = await RunningGateway.start({}, (url) => url, {
      headersWithinMs: 200,
      requestWithinMs: 400,
      lateCheckMs: 50,
    });
    const sockets = await Promise.all(Array.from({ length: 100 }, open));
    const words = sockets.map(lastWords);
    const drips = sockets.map((socket, index) => {
      const begin = index % 2 === 0 ? HEAD : `${HEAD}Content-Length: 3000\r\n\r\n{"unit"`;
      socket.write(begin);
      return setInterval(() => socket.write('x'), 40);
    });
    try {
      expect((await gateway.submit('w1-1')).status).toBe(202);
      for (const answer of await Promise.all(words)) {
        expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
        expect(answer).toContain('request.tooSlow');
      }
      expect((await gateway.submit('w1-1')).status).toBe(202);
    } finally {
      for (const drip of drips) clearInterval(drip);
    }
  });

  it('holds no more bytes than all of them together may, and the oldest goes first', async () => {
    gateway = await RunningGateway.start({}, (url) => url, { unfinishedBytes: 200_000 });
    const piece = 'x'.repeat(20_000);
    const sockets: Socket[] = [];
    const words: Promise<string>[] = [];
    for (let index = 0; index < 30; index += 1) {
      const socket = await open();
      sockets.push(socket);
      words.push(lastWords(socket));
      socket.write(`${HEAD}Content-Length: 100000\r\n\r\n${piece}`);
      // The next comes when this one's bytes are counted: the eleventh and every later one lets the oldest go.
      const letGo = words[index - 10];
      if (letGo !== undefined) expect(await letGo).toContain('request.tooSlow');
      expect((await gateway.submit('w1-1')).status).toBe(202);
    }
    expect(sockets.filter((socket) => !socket.closed)).toHaveLength(10);
    for (const socket of sockets) socket.destroy();
  });

  it('gives the bytes back when it leaves or comes to its end', async () => {
    gateway = await RunningGateway.start({}, (url) => url, { unfinishedBytes: 200_000 });
    for (let index = 0; index < 12; index += 1) {
      const socket = await open();
      socket.write(`${HEAD}Content-Length: 100000\r\n\r\n${'x'.repeat(20_000)}`);
      expect((await gateway.submit('w1-1')).status).toBe(202);
      socket.destroy();
      await once(socket, 'close');
    }
    const staying = await open();
    staying.write(`${HEAD}Content-Length: 100000\r\n\r\n${'x'.repeat(20_000)}`);
    for (let index = 0; index < 12; index += 1) {
      const answer = await gateway.submit('w1-1', {
        unit: 'W9',
        narratives: { remarks: 'x'.repeat(19_000) },
      });
      expect(answer.body.code).toBe('unit.unknown');
    }
    expect(staying.closed).toBe(false);
    staying.destroy();
  });
});
