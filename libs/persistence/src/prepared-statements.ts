const names = new Map<string, string>();

/**
 * Lets PostgreSQL keep this statement, read and planned, on every connection that has asked it, instead of reading
 * and planning it each time. Only for a statement whose one plan is right for a table of any size: the plan
 * made while a table was empty is kept until its statistics change.
 */
export function prepared(statement: string): string {
  names.set(statement, `mach_${String(names.size + 1)}`);
  return statement;
}

/** The name under which a connection keeps this statement; undefined when it is not to be kept. */
export function preparedName(statement: unknown): string | undefined {
  return typeof statement === 'string' ? names.get(statement) : undefined;
}
