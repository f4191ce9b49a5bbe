import { HttpException } from '@nestjs/common';
import type { ProblemCode } from '@mach/contracts';
import { isConnectionFault, isHeldUp } from '@mach/persistence';
import { ProblemException } from './problem.exception';

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'request.malformed',
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'resource.notFound',
  405: 'resource.notFound',
  408: 'request.tooSlow',
  409: 'resource.conflict',
  413: 'request.tooLarge',
  415: 'request.unsupportedMediaType',
  422: 'request.invalid',
  503: 'server.busy',
};

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
}

/**
 * The problem that stands for whatever was thrown: our own problems as they are, those of Nest and Fastify by
 * their status
 * (their English messages are not shown), a database out of reach or held up as `server.busy`, everything else as
 * `server.unexpected`.
 */
export function problemOf(error: unknown): ProblemException {
  if (error instanceof ProblemException) return error;
  const status = statusOf(error);
  if (status !== null && status < 500)
    return new ProblemException(CODE_OF_STATUS[status] ?? 'request.malformed');
  if (status === 503 || isConnectionFault(error) || isHeldUp(error))
    return new ProblemException('server.busy', { retryAfter: 2 });
  return new ProblemException('server.unexpected');
}
