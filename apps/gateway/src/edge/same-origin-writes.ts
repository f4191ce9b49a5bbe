import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';

/**
 * A write that a browser's cookie lets in must come from our own pages, one without a body too: the cookie's
 * SameSite is the browser's promise, and says nothing about a neighbour on the same domain. Programs with a
 * bearer token are not asked, no browser sends one by itself.
 */
export function useSameOriginWrites(fastify: FastifyInstance, publicUrl: string): void {
  const own = new URL(publicUrl).origin;
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(isForeignWrite(request, own) ? new ProblemException('request.crossSite') : undefined);
  });
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function isForeignWrite({ method, headers }: FastifyRequest, own: string): boolean {
  if (READS.has(method) || headers.cookie === undefined || headers.authorization !== undefined) return false;
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  // An old browser names neither; it does not send a SameSite cookie from elsewhere either.
  if (origin === undefined || origin === own) return false;
  // Reached under another name than the public one: the page must be of that same name.
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
