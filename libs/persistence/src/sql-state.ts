/** Classes of SQLSTATE that are about the server or the way to it, never about the values sent. */
const SERVER_CLASSES = new Set(['08', '53', '57', '58']);
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** pg reports a broken socket and a full pool with a message and no code. */
const CONNECTION_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * The five-character SQLSTATE of a database error, or null when `error` is something else. TypeORM copies the
 * driver's `code` onto its own error.
 */
export function sqlStateOf(error: unknown): string | null {
  const code = codeOf(error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) && !NETWORK_CODES.has(code) ? code : null;
}

/** Whether PostgreSQL could not be reached or refused to work at all: trying other values will not help. */
export function isConnectionFault(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null) return NETWORK_CODES.has(code) || SERVER_CLASSES.has(code.slice(0, 2));
  return error instanceof Error && CONNECTION_MESSAGE.test(error.message);
}

/** PostgreSQL was not reached at all: nothing was sent, so nothing can have been written. */
const NOT_REACHED = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const NO_CONNECTION = /^timeout exceeded when trying to connect/;
/** The server was being stopped or was crashing when it said so, perhaps after the commit. */
const GOING_DOWN = /^(?:57P01|57P02|08.{3})$/;

/**
 * Whether a write that failed like this may stand all the same: the connection broke after the statement was
 * sent, and its commit may have come first. Any other error that PostgreSQL answered means rolled back.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!isConnectionFault(error)) return false;
  if (sqlStateOf(error) !== null) return GOING_DOWN.test(sqlStateOf(error) ?? '');
  const message = error instanceof Error ? error.message : '';
  return !NOT_REACHED.test(codeOf(error) ?? '') && !NO_CONNECTION.test(message);
}

function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
