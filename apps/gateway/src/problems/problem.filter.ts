import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of-error';
import { pathOf, writeProblem } from './write-problem';

/**
 * Writes everything that is thrown while answering a request, most of Fastify's own errors included, as RFC
 * 9457 problem JSON.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500)
      this.logger.error({ err: error, method: request.method, path: pathOf(request.url) }, problem.code);
    writeProblem(request, reply, problem);
  }
}
