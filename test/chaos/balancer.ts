import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What stands in front of several gateways: each connection goes to the next one in turn, and on to another
 * when it is refused. It knows nothing of HTTP and asks for no health, as the simplest of them do.
 */
export async function balance(ports: readonly number[]): Promise<{ url: string; close(): void }> {
  let turn = 0;
  const open = new Set<Socket>();
  const lead = (near: Socket, tries: number): void => {
    const port = ports[turn++ % ports.length] ?? 0;
    const far = connect(port, '127.0.0.1');
    open.add(far);
    let joined = false;
    far.on('connect', () => {
      joined = true;
      near.pipe(far).pipe(near);
    });
    far.on('error', () => {
      if (joined || tries <= 1) near.destroy();
      else lead(near, tries - 1);
    });
    far.on('close', () => {
      open.delete(far);
      if (joined) near.destroy();
    });
    near.on('close', () => far.destroy());
  };
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => undefined);
    near.on('close', () => open.delete(near));
    lead(near, ports.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
