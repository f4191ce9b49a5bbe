import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy that can be cut and mended, frozen and thawed: a server's crash and return, or its silence,
 * without touching the server that other tests use.
 */
export class CuttableProxy {
  private server: Server | null = null;
  private port = 0;
  private readonly ways = new Map<Socket, Socket>();
  private frozen = false;
  private refusing = false;
  /** Connections that came while none was taken (`refuse`). */
  turnedAway = 0;

  constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  /** Starts, or comes back on the same port after a cut. Answers the port. */
  async mend(): Promise<number> {
    this.refusing = false;
    if (this.server !== null) return this.port;
    const server = createServer((near) => {
      if (this.refusing) this.turnAway(near);
      else this.join(near);
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    return this.port;
  }

  /** After a cut: takes every new connection and breaks it at once, until it is mended. */
  async refuse(): Promise<void> {
    await this.mend();
    this.refusing = true;
    this.turnedAway = 0;
  }

  /** Breaks every connection and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.server;
    if (server === null) return;
    this.server = null;
    for (const socket of this.ways.keys()) socket.destroy();
    server.close();
    await once(server, 'close');
  }

  /** From now on nothing passes and nothing is closed: a peer that says nothing. */
  freeze(): void {
    this.frozen = true;
    for (const [from, to] of this.ways) from.unpipe(to).pause();
  }

  /** What was held back passes. */
  thaw(): void {
    this.frozen = false;
    for (const [from, to] of this.ways) from.pipe(to);
  }

  private turnAway(near: Socket): void {
    this.turnedAway += 1;
    near.on('error', () => undefined);
    near.destroy();
  }

  private join(near: Socket): void {
    const far = connect(this.target.port, this.target.host);
    this.lead(near, far);
    this.lead(far, near);
  }

  private lead(from: Socket, to: Socket): void {
    this.ways.set(from, to);
    if (!this.frozen) from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.ways.delete(from);
      to.destroy();
    });
  }
}
