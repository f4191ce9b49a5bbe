import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Registry } from 'prom-client';
import { ReadyChecks } from './ready-checks';

const PATHS = ['/health/live', '/health/ready', '/metrics'] as const;

/**
 * `/health/live`, `/health/ready` and `/metrics` on a port of their own, the same in every service: they are
 * for the machine that runs us and never stand on a public address. Listens last, when everything else is in
 * place, so that an answer here means the service has started; stops last, so that a stopping service can
 * still say that it is not ready.
 */
@Injectable()
export class HealthServer implements OnApplicationShutdown {
  private server: Server | null = null;

  constructor(
    private readonly checks: ReadyChecks,
    private readonly registry: Registry,
  ) {}

  /** Port 0 takes a free one. Rejects when the port is taken. Answers the address, without a slash. */
  async listen(port: number, host: string): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      this.answer(request.method ?? '', request.url ?? '', response).catch(() => {
        response.destroy();
      });
    });
    server.listen(port, host);
    await once(server, 'listening');
    this.server = server;
    return this.url;
  }

  /** Empty while it does not listen. */
  get url(): string {
    const address = this.server?.address() as AddressInfo | null | undefined;
    if (address === null || address === undefined) return '';
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${host}:${String(address.port)}`;
  }

  async onApplicationShutdown(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (server === null) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  private async answer(method: string, url: string, response: ServerResponse): Promise<void> {
    const path = PATHS.find((known) => known === url);
    if (path === undefined) {
      write(response, 404, JSON_TYPE, '{}');
      return;
    }
    if (method !== 'GET' && method !== 'HEAD') {
      write(response, 405, JSON_TYPE, '{}');
      return;
    }
    switch (path) {
      case '/health/live':
        write(response, 200, JSON_TYPE, JSON.stringify({ live: true }));
        return;
      case '/health/ready': {
        const readiness = await this.checks.run();
        write(response, readiness.ready ? 200 : 503, JSON_TYPE, JSON.stringify(readiness));
        return;
      }
      case '/metrics':
        write(response, 200, this.registry.contentType, await this.registry.metrics());
    }
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

function write(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
