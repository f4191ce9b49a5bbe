import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';

/** A request whose body is handed on as its bytes. */
export type FileRequest = FastifyRequest & { body: Buffer };

interface FileConfig {
  readonly fileTypes?: readonly string[];
}

/** The body of this route is a file: at most `bytes`, in one of these media types, and not looked into at the edge. */
export function FileBody(bytes: number, types: readonly string[]): MethodDecorator {
  return RouteConfig({ bodyBytes: bytes, fileTypes: types });
}

/** The media type of a request without its parameters. */
export function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type']?.split(';')[0] ?? '').trim().toLowerCase();
}

/** Whether this route takes its body, in the media type it came in, as a file. */
export function isFileBody(request: FastifyRequest): boolean {
  const { fileTypes } = request.routeOptions.config as FileConfig;
  return fileTypes?.includes(mediaTypeOf(request)) === true;
}

/** Media types that are taken as files where a route says so, and nowhere else. */
export function useFileBodies(fastify: FastifyInstance, types: readonly string[]): void {
  fastify.addContentTypeParser([...types], { parseAs: 'buffer' }, (request, body, done) => {
    if (isFileBody(request)) done(null, body);
    else done(new ProblemException('request.unsupportedMediaType'));
  });
}
