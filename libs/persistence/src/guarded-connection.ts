import type { ClientBase } from 'pg';
import { preparedName } from './prepared-statements';

/** What a statement may take on a connection at this moment; changed by transactions of another kind of work. */
const patience = new WeakMap<object, number>();

/**
 * Makes a fresh connection safe to lose and unable to hang.
 *
 * Safe to lose: between pg-pool's listener and TypeORM's there is a moment in which nobody listens for
 * `error`; a server that ends the session then (its last words arrive together with the answer before them)
 * would end the process. One listener of our own is there from beginning to end; who uses the connection
 * learns of its end from its own statements.
 *
 * Unable to hang: a statement without an answer for `silenceMs` closes the connection, and so fails. pg's own
 * `query_timeout` only stops waiting: the connection would go back into the pool with its transaction open.
 *
 * And statements that are to be kept (`prepared`) are.
 */
export function guardConnection(client: ClientBase, silenceMs: number): void {
  client.on('error', () => undefined);
  patience.set(client, silenceMs);
  const ask = client.query.bind(client) as (...asked: readonly unknown[]) => unknown;
  client.query = ((...asked: readonly unknown[]) =>
    hangUpOnSilence(client, ask(...named(asked)))) as typeof client.query;
}

/** Lets the statements of `work` take up to `silenceMs` on this connection. */
export async function withPatience<T>(client: object, silenceMs: number, work: () => Promise<T>): Promise<T> {
  const before = patience.get(client) ?? silenceMs;
  patience.set(client, silenceMs);
  try {
    return await work();
  } finally {
    patience.set(client, before);
  }
}

/** What TypeORM asks with a text and its values, under its name where it is to be kept. */
function named(asked: readonly unknown[]): readonly unknown[] {
  const [text, values, ...others] = asked;
  const name = preparedName(text);
  return name === undefined ? asked : [{ name, text, values }, ...others];
}

function hangUpOnSilence(client: ClientBase, answer: unknown): unknown {
  if (!(answer instanceof Promise)) return answer;
  const timer = setTimeout(() => {
    // With a statement under way `end` closes the socket at once: the statement fails, the pool lets go of it.
    void (client as ClientBase & { end(): Promise<void> }).end();
  }, patience.get(client));
  const answered = (): void => {
    clearTimeout(timer);
  };
  answer.then(answered, answered);
  return answer;
}
