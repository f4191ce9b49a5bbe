import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Inbox, InboxQuery } from './inbox';
import { PAGE } from './page';

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 20_000;

function instantOf(text: string): number | undefined {
  const instant = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

function queryOf(parameters: URLSearchParams): InboxQuery {
  const channel = parameters.get('channel');
  const to = parameters.get('to');
  const since = instantOf(parameters.get('since') ?? '');
  const after = Number(parameters.get('after') ?? 0);
  const limit = Number(parameters.get('limit') ?? DEFAULT_LIMIT);
  return {
    ...(channel === 'email' || channel === 'sms' ? { channel } : {}),
    ...(to === null ? {} : { to }),
    ...(since === undefined ? {} : { since }),
    ...(after > 0 ? { after } : {}),
    limit: limit > 0 ? Math.min(limit, MAX_LIMIT) : DEFAULT_LIMIT,
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

/**
 * The catcher's window: `GET /` a page in Vietnamese, `GET /messages?channel=&to=&since=&after=&limit=`
 * newest first,
 * `GET /messages/:id`, `GET /counts`, `DELETE /messages`. For a developer's own machine: no sign-in, loopback
 * only.
 */
export class HttpView {
  private readonly server: Server;

  constructor(private readonly inbox: Inbox) {
    this.server = createServer((request, response) => {
      this.answer(request, response);
    });
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://catcher');
    const one = /^\/messages\/(\d+)$/.exec(url.pathname);
    if (request.method === 'DELETE' && url.pathname === '/messages') {
      this.inbox.clear();
      sendJson(response, 200, { counts: this.inbox.counts() });
    } else if (request.method !== 'GET') {
      sendJson(response, 405, { error: 'GET or DELETE /messages' });
    } else if (url.pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(PAGE);
    } else if (url.pathname === '/messages') {
      sendJson(response, 200, {
        counts: this.inbox.counts(),
        messages: this.inbox.find(queryOf(url.searchParams)),
      });
    } else if (one !== null) {
      const message = this.inbox.byId(Number(one[1]));
      sendJson(response, message === null ? 404 : 200, message ?? { error: 'no such message' });
    } else if (url.pathname === '/counts') {
      sendJson(response, 200, this.inbox.counts());
    } else {
      sendJson(response, 404, { error: 'not found' });
    }
  }
}
