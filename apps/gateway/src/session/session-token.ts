import type { FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'mach_session';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const COOKIE = /(?:^|;\s*)mach_session=([A-Za-z0-9_-]{43})(?:;|$)/;

/**
 * The token a request carries: `Authorization: Bearer …` of a program, else the browser's cookie. Null when
 * there is none of the right shape.
 */
export function tokenOf(request: FastifyRequest): string | null {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return bearer !== undefined && TOKEN.test(bearer) ? bearer : null;
  }
  return COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? null;
}
