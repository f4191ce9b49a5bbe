import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

export interface RegisteredRoute {
  readonly method: string;
  /** With its parameters as they are declared: `/api/v1/units/:code`. */
  readonly url: string;
}

/**
 * Every route that the gateway started by `start` has registered, as Fastify itself tells: a new route is known
 * here without anybody listing it. `HEAD` comes with every `GET` and is left out.
 */
export async function withRoutesOf<T>(
  start: () => Promise<T>,
): Promise<{ readonly started: T; readonly routes: readonly RegisteredRoute[] }> {
  const routes: RegisteredRoute[] = [];
  const listen = (message: unknown): void => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, url });
    });
  };
  diagnostics.subscribe('fastify.initialization', listen);
  try {
    return { started: await start(), routes };
  } finally {
    diagnostics.unsubscribe('fastify.initialization', listen);
  }
}
