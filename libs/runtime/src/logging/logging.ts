import type { LoggerOptions } from 'pino';
import type { MachConfig, ServiceName } from '../config/mach-config';
import { withErrorEntries } from './error-entry';
import { maskPersonalData } from './mask';

/** Keys whose value never reaches the log, at the top and one level down. */
const SECRET_KEYS = [
  'password',
  'token',
  'email',
  'phone',
  'cookie',
  'authorization',
  '["set-cookie"]',
  '["idempotency-key"]',
];

/**
 * JSON lines on standard output. Secrets are redacted by key; of errors only name, message, code and stack are
 * told; addresses and numbers are masked wherever they stand, also inside messages and stack traces.
 */
export function loggingOf(config: Pick<MachConfig, 'logLevel'>, service: ServiceName): LoggerOptions {
  return {
    level: config.logLevel,
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: withErrorEntries },
    // Pino's own serializer would copy everything that hangs on an error.
    serializers: { err: (entry: unknown) => entry },
    redact: {
      paths: SECRET_KEYS.flatMap((key) => (key.startsWith('[') ? [key, `*${key}`] : [key, `*.${key}`])),
      censor: '[redacted]',
    },
    hooks: { streamWrite: maskPersonalData },
  };
}
