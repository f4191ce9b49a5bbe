import { Agent, request } from 'node:http';

const REQUEST_LIMIT_MS = 15_000;
/** How long one request may keep failing for want of a server before the play is given up. */
const OUTAGE_LIMIT_MS = 120_000;
const LONGEST_PAUSE_MS = 2_000;

/** An answer that no repetition mends: the server refused, and says why. */
export class Refused extends Error {
  constructor(method, path, status, body) {
    const reasons = (body?.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
    super(`${method} ${path} was refused with ${status}: ${body?.detail ?? JSON.stringify(body)} ${reasons}`);
    this.status = status;
    this.code = body?.code;
  }
}

/**
 * The public HTTP API over connections that stay open. A refused or broken connection, a time-out and a 5xx
 * answer are repeated, with the same Idempotency-Key, until they succeed or two minutes have passed: a
 * service killed and started again costs nothing but time.
 */
export class Api {
  #base;
  #agent;
  #gone = false;
  /** Requests sent, and how many of them were repetitions. */
  sent = 0;
  repeated = 0;

  constructor(url, connections) {
    this.#base = new URL('/api/v1', url).href;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  #once(method, path, { token, body, key }) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { accept: 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    if (key) headers['idempotency-key'] = key;
    if (text !== undefined)
      Object.assign(headers, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
    return new Promise((resolve, reject) => {
      const outgoing = request(
        this.#base + path,
        { method, headers, agent: this.#agent, timeout: REQUEST_LIMIT_MS },
        (incoming) => {
          const chunks = [];
          incoming.on('data', (chunk) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const raw = Buffer.concat(chunks).toString();
            try {
              resolve({
                status: incoming.statusCode,
                headers: incoming.headers,
                body: raw === '' ? null : JSON.parse(raw),
              });
            } catch {
              reject(new Error(`${method} ${path}: the answer is no JSON: ${raw.slice(0, 200)}`));
            }
          });
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`no answer within ${REQUEST_LIMIT_MS / 1000} s`)),
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  }

  /**
   * Sends until there is an answer below 500. @returns `{ status, headers, body }` of a 2xx answer; throws
   * `Refused` for another
   */
  async call(method, path, options = {}) {
    const giveUpAt = performance.now() + OUTAGE_LIMIT_MS;
    for (let pause = 100; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      let trouble;
      this.sent += 1;
      try {
        const answer = await this.#once(method, path, options);
        if (answer.status < 300) return answer;
        if (answer.status < 500 && answer.status !== 429)
          throw new Refused(method, path, answer.status, answer.body);
        trouble = new Refused(method, path, answer.status, answer.body);
      } catch (error) {
        if (error instanceof Refused && error.status < 500) throw error;
        trouble = error;
      }
      if (this.#gone || performance.now() + pause > giveUpAt)
        throw new Error(`${method} ${path} keeps failing: ${trouble.message}`);
      this.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, pause + Math.random() * pause));
    }
  }

  async get(path, token) {
    return (await this.call('GET', path, { token })).body;
  }

  /** All items of a list that is given in pages (`Link: <…>; rel="next"`). */
  async getAll(path, token) {
    const items = [];
    for (let next = path; next;) {
      const { body, headers } = await this.call('GET', next, { token });
      items.push(...body);
      const link = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
      next = link ? link.replace(/^.*\/api\/v1/, '') : null;
    }
    return items;
  }

  close() {
    this.#gone = true;
    this.#agent.destroy();
  }
}
