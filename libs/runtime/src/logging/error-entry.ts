/** Errors behind errors, so many levels deep. */
const CAUSES = 3;
/** PostgreSQL quotes the value it could not read at the end of its message. */
const QUOTED_VALUE = /: ".*"/s;

interface ErrorEntry {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack: string;
  readonly cause?: unknown;
}

/**
 * What the log says of an error: what it is and where it came from. Nothing else that hangs on it: a database
 * error carries the whole statement, its parameters and the row that was refused, which are people's reports,
 * keys and addresses; a Redis error carries its command. What is no error stays as it is.
 */
export function errorEntry(error: unknown, causes = CAUSES): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack = '', cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  const said = message.replace(QUOTED_VALUE, ': […]');
  // The stack begins with the message; only its frames are taken.
  const frames = stack.indexOf('\n    at ');
  const entry: ErrorEntry = {
    name,
    message: said,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: `${name}: ${said}${frames < 0 ? '' : stack.slice(frames)}`,
    ...(cause === undefined || causes === 0 ? {} : { cause: errorEntry(cause, causes - 1) }),
  };
  return entry;
}

/** The fields of a log line with every error among them told like this. */
export function withErrorEntries(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, errorEntry(value)]));
}
