import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What an administrator's request takes at most, unless its route says otherwise. */
const USUAL_LIMIT = 32 * 1024;

/** Largest body of this route, in bytes. */
export function BodyLimit(bytes: number): MethodDecorator {
  return RouteConfig({ bodyBytes: bytes });
}

/**
 * The body of this route is read by the route itself, piece by piece, and never held in memory: `application/octet-stream`
 * of at most so many bytes.
 */
export function StreamedBody(bytes: number): MethodDecorator {
  return RouteConfig({ bodyBytes: bytes, streamed: true });
}

/** Whether the route of this request reads its body itself. */
export function isStreamed(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { readonly streamed?: boolean }).streamed === true;
}

/** Gives every route its own limit; before the routes are made. */
export function useBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { bodyBytes } = (route.config ?? {}) as { readonly bodyBytes?: number };
    route.bodyLimit = bodyBytes ?? USUAL_LIMIT;
  });
}
