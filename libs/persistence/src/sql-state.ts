import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** Classes of SQLSTATE that are about the server or the way to it, never about the values sent. */
const SERVER_CLASSES = new Set(['08', '53', '57', '58']);
/** The server ended the session because its transaction idled, or lasted, longer than it may. */
const SESSION_ENDED = new Set(['25P03', '25P04']);
const LOCK_TIMEOUT = '55P03';
/** `query_canceled`: for us always the statement time-out, though its class says that the server is going away. */
const STATEMENT_TIMEOUT = '57014';
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
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed))/;

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
  if (isHeldUp(error)) return false;
  const code = codeOf(error);
  if (code !== null)
    return NETWORK_CODES.has(code) || SESSION_ENDED.has(code) || SERVER_CLASSES.has(code.slice(0, 2));
  return lostInTransaction(error) || (error instanceof Error && CONNECTION_MESSAGE.test(error.message));
}

/** TypeORM's words for a connection that was lost between two statements of a transaction. */
function lostInTransaction(error: unknown): boolean {
  return (
    error instanceof QueryRunnerAlreadyReleasedError ||
    error instanceof QueryRunnerProviderAlreadyReleasedError
  );
}

/**
 * Whether PostgreSQL gave this work up: another transaction held a lock it needed (`lock_timeout`), or its
 * statement took longer than it may (`statement_timeout`). Nothing of the transaction is kept and the server
 * is well; a batch goes on in smaller parts, so that only what is really held up waits.
 */
export function isHeldUp(error: unknown): boolean {
  const code = codeOf(error);
  return code === LOCK_TIMEOUT || code === STATEMENT_TIMEOUT;
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
