import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';

const YEAR_SECONDS = 31_536_000;
/** Vite puts a hash of the content into the names of these, so a browser need never ask again. */
const HASHED = `${join('/', 'assets')}/`;
/** Paths with a file's ending, of the API, or of what answers on the health port only, are never pages. */
const NO_PAGE = /^\/(?:api|health|metrics|assets)(?:\/|$)|\.[a-z0-9]{1,8}$/i;

/**
 * Serves the built web application. Any path that is no file and no API answers `index.html`, because the
 * application has its own addresses; what looks like a file and is none is not found.
 */
export async function useWebApp(app: NestFastifyApplication, webRoot: string): Promise<void> {
  const root = resolve(webRoot);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const built = existsSync(join(root, 'index.html'));
  if (!built) new Logger('WebApp').warn(`no web application in ${root}: only the API is served`);
  if (built) {
    await app.register(fastifyStatic, {
      root,
      // Every file gets a route of its own at start: nothing outside the build can be asked for.
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.slice(root.length).startsWith(HASHED);
        void reply.header(
          'cache-control',
          hashed ? `public, max-age=${String(YEAR_SECONDS)}, immutable` : 'no-cache',
        );
      },
    });
  }
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (!built || NO_PAGE.test(path)) throw new ProblemException('resource.notFound');
    return reply.sendFile('index.html');
  });
}
