import { HttpException } from '@nestjs/common';
import type { ProblemCode } from '@mach/contracts';
import { ProblemException } from './problem.exception';

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'request.malformed',
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'resource.notFound',
  405: 'resource.notFound',
  409: 'resource.conflict',
  413: 'request.tooLarge',
  415: 'request.unsupportedMediaType',
  422: 'request.invalid',
  503: 'server.busy',
};

/** PostgreSQL or its pool cannot be reached, or takes no more connections: worth trying again, unlike a bug. */
const BUSY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '53300',
  '57P01',
  '57P03',
  '08006',
  '08001',
  '08003',
]);

function fieldOf(error: unknown, name: 'statusCode' | 'code'): unknown {
  return typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined;
}

/**
 * The problem that stands for whatever was thrown: our own problems as they are, those of Nest and Fastify by their status
 * (their English messages are not shown), a database out of reach as `server.busy`, everything else as `server.unexpected`.
 */
export function problemOf(error: unknown): ProblemException {
  if (error instanceof ProblemException) return error;
  const status = error instanceof HttpException ? error.getStatus() : fieldOf(error, 'statusCode');
  if (typeof status === 'number' && status < 500) return new ProblemException(CODE_OF_STATUS[status] ?? 'request.malformed');
  const code = fieldOf(error, 'code');
  if (status === 503 || (typeof code === 'string' && BUSY_CODES.has(code))) return new ProblemException('server.busy', { retryAfter: 2 });
  return new ProblemException('server.unexpected');
}
