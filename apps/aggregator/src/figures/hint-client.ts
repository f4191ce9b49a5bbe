import { type RedisOptions, Transport } from '@nestjs/microservices';

const RETRY_EVERY_MS = 1_000;

/** Nest's Redis transporter for the hint `figures.changed`: it takes no address but its parts, and gives up for ever unless told to retry. */
export function hintTransport(redisUrl: string): RedisOptions & { readonly transport: Transport.REDIS } {
  const url = new URL(redisUrl);
  return {
    transport: Transport.REDIS,
    options: {
      host: url.hostname,
      port: url.port === '' ? 6379 : Number(url.port),
      ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
      ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
      retryAttempts: Number.POSITIVE_INFINITY,
      retryDelay: RETRY_EVERY_MS,
    },
  };
}
