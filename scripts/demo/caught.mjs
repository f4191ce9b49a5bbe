import { say } from '../bootstrap/say.mjs';

const STILL_MS = 2_500;
const LIMIT_MS = 45_000;

/**
 * @param {string} catcherUrl
 */
async function counts(catcherUrl) {
  const answer = await fetch(`${catcherUrl}/counts`);
  return /** @type {{ email: number, sms: number }} */ (await answer.json());
}

/** E-mails and SMS that the local catcher has received so far; null when messages go elsewhere. @param {string | null} catcherUrl */
export async function caughtSoFar(catcherUrl) {
  if (!catcherUrl) return null;
  return counts(catcherUrl).catch(() => null);
}

/**
 * Waits (bounded) until no more messages come in, and says what came since `before`.
 * @param {string | null} catcherUrl
 * @param {Awaited<ReturnType<typeof caughtSoFar>>} before
 */
export async function tellCaught(catcherUrl, before) {
  if (!catcherUrl || before === null) return;
  const until = performance.now() + LIMIT_MS;
  let last = await counts(catcherUrl);
  let since = performance.now();
  while (performance.now() - since < STILL_MS && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await counts(catcherUrl);
    if (now.email !== last.email || now.sms !== last.sms) since = performance.now();
    last = now;
  }
  say();
  say(
    `  Reminders caught during the play: ${last.email - before.email} e-mails, ${last.sms - before.sms} SMS; read them on ${catcherUrl}`,
  );
}
