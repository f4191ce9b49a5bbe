import { type MessageDefinition, patternOf } from '@mach/contracts';

/**
 * What is wrong between the messages a process consumes and the handlers it has: a message without a handler,
 * with two, or a handler for a message that is not consumed. Empty when all is well.
 */
export function handlerFaults(
  consumes: readonly MessageDefinition<object>[],
  handlersPerPattern: ReadonlyMap<string, number>,
): readonly string[] {
  const patterns = consumes.map(patternOf);
  const known = new Set(patterns);
  const twice = patterns
    .filter((pattern, index) => patterns.indexOf(pattern) !== index)
    .map((pattern) => `${pattern} is listed twice`);
  const wrong = [...known].flatMap((pattern) => {
    const count = handlersPerPattern.get(pattern) ?? 0;
    if (count === 1) return [];
    return [count === 0 ? `${pattern} has no handler` : `${pattern} has ${String(count)} handlers`];
  });
  const unknown = [...handlersPerPattern.keys()]
    .filter((pattern) => !known.has(pattern))
    .map((pattern) => `a handler waits for ${pattern}, which this process does not consume`);
  return [...twice, ...wrong, ...unknown];
}
