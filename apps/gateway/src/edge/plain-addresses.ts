import type { FastifyInstance } from 'fastify';
import { isPlainLine } from '@mach/domain';
import { ProblemException } from '../problems/problem.exception';
import { pathOf } from '../problems/write-problem';

/**
 * Nothing stands at an address with a control character in it, `%00` above all: no route has to think of what
 * PostgreSQL would say to one.
 */
export function usePlainAddresses(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = pathOf(request.url);
    const plain = !path.includes('%') || isPlainLine(decodeURIComponent(path));
    done(plain ? undefined : new ProblemException('resource.notFound'));
  });
}
