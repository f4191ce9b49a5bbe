import { Agent, request } from 'node:http';

const REQUEST_LIMIT_MS = 15_000;
/** How long one request may keep failing for want of a server before the play is given up. */
const OUTAGE_LIMIT_MS = 120_000;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Whatever else belongs to a request.
 * @typedef {{ token?: string, body?: object, key?: string }} Options
 */

/** @typedef {{ status: number, headers: import('node:http').IncomingHttpHeaders, body: unknown }} Answer */

/**
 * A problem document, or anything else that says no.
 * @typedef {{ detail?: string, code?: string, errors?: { pointer: string, message: string }[] } | null} Problem
 */

/** An answer that no repetition mends: the server refused, and says why. */
export class Refused extends Error {
  /** @param {string} method @param {string} path @param {Answer} answer */
  constructor(method, path, { status, body: said }) {
    const body = /** @type {Problem} */ (said);
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

  /** @param {string} url @param {number} connections */
  constructor(url, connections) {
    this.#base = new URL('/api/v1', url).href;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /**
   * @param {string} method @param {string} path @param {Options} options
   * @returns {Promise<Answer>}
   */
  #once(method, path, { token, body, key }) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    /** @type {import('node:http').OutgoingHttpHeaders} */
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
          /** @type {Buffer[]} */
          const chunks = [];
          incoming.on('data', (chunk) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const raw = Buffer.concat(chunks).toString();
            try {
              resolve({
                status: incoming.statusCode ?? 0,
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
   * @param {string} method @param {string} path @param {Options} options
   */
  async call(method, path, options = {}) {
    const giveUpAt = performance.now() + OUTAGE_LIMIT_MS;
    for (let pause = 100; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      /** @type {unknown} */
      let trouble;
      this.sent += 1;
      try {
        const answer = await this.#once(method, path, options);
        if (answer.status < 300) return answer;
        if (answer.status < 500 && answer.status !== 429) throw new Refused(method, path, answer);
        trouble = new Refused(method, path, answer);
      } catch (error) {
        if (error instanceof Refused && error.status < 500) throw error;
        trouble = error;
      }
      if (this.#gone || performance.now() + pause > giveUpAt)
        throw new Error(
          `${method} ${path} keeps failing: ${trouble instanceof Error ? trouble.message : String(trouble)}`,
        );
      this.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, pause + Math.random() * pause));
    }
  }

  /**
   * The caller says with a type what it expects to read.
   * @param {string} path @param {string} token
   */
  async get(path, token) {
    return (await this.call('GET', path, { token })).body;
  }

  /**
   * All items of a list that is given in pages (`Link: <…>; rel="next"`).
   * @param {string} path @param {string} token
   */
  async getAll(path, token) {
    /** @type {unknown[]} */
    const items = [];
    for (let next = /** @type {string | null} */ (path); next !== null;) {
      const { body, headers } = await this.call('GET', next, { token });
      items.push(.../** @type {unknown[]} */ (body));
      const link = /<([^>]+)>;\s*rel="next"/.exec(String(headers.link ?? ''))?.[1];
      next = link ? link.replace(/^.*\/api\/v1/, '') : null;
    }
    return items;
  }

  close() {
    this.#gone = true;
    this.#agent.destroy();
  }
}
