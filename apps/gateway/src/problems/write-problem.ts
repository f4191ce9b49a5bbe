import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from './problem.exception';

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Answers a problem as RFC 9457 JSON. */
export function writeProblem(request: FastifyRequest, reply: FastifyReply, problem: ProblemException): void {
  if (reply.sent) return;
  if (problem.extra.retryAfter !== undefined)
    void reply.header('retry-after', String(problem.extra.retryAfter));
  void reply
    .code(problem.status)
    .header('content-type', PROBLEM_JSON)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toDetails(pathOf(request.url))));
}

/** Answers what was no HTTP at all, or never came to its end, where there is no request to speak of. */
export function writeClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const problem = new ProblemException(late ? 'request.tooSlow' : 'request.malformed');
  const body = JSON.stringify(problem.toDetails());
  const head = `HTTP/1.1 ${String(problem.status)} ${STATUS_CODES[problem.status] ?? ''}\r\nContent-Type: ${PROBLEM_JSON}\r\n`;
  socket.end(`${head}Content-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`);
}

/** The path without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
