import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** What an administrator's request takes at most, unless its route says otherwise. */
const USUAL_LIMIT = 32 * 1024;

/** Largest body of this route, in bytes. */
export function BodyLimit(bytes: number): MethodDecorator {
  return RouteConfig({ bodyBytes: bytes });
}

/** Gives every route its own limit; before the routes are made. */
export function useBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { bodyBytes } = (route.config ?? {}) as { readonly bodyBytes?: number };
    route.bodyLimit = bodyBytes ?? USUAL_LIMIT;
  });
}
