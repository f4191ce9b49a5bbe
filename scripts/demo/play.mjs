import { bold, say, warn } from '../bootstrap/say.mjs';
import { SCENES } from './cast.mjs';
import { Chance } from './chance.mjs';
import { forEachAtOnce } from './crowd.mjs';
import { Progress } from './progress.mjs';
import { Refused } from './api.mjs';

/** @typedef {import('./api.mjs').Api} Api */
/** @typedef {import('./cast.mjs').Sending} Sending */
/** @typedef {import('./stage.mjs').Asked} Asked */
/** @typedef {Awaited<ReturnType<typeof import('./stage.mjs').setStage>>} Stage */

/**
 * Moves the demonstration's clock. Returns false when this system's clock is the real one.
 * @param {Api} api @param {string} administrator @param {string} at ISO 8601
 */
async function setClock(api, administrator, at) {
  try {
    await api.call('PUT', '/clock', { token: administrator, body: { now: at } });
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    warn(`The clock of this system is not for setting (${error.code}); everything happens now.`);
    return false;
  }
}

/**
 * Sends one report (some twice at once, with the same key) and notes its receipt. A contradictory one may be refused
 * at the door: then it has none, and nothing of it is stored.
 * @param {Api} api @param {Sending} sending @param {Asked & { form: Stage['form'] }} asked
 */
async function send(api, sending, { requirement, period, form }) {
  const { obligation, payload, key, twice } = sending;
  const base = { basedOn: obligation.latestReceipt, formVersion: form.version };
  const body = { requirement, period, unit: obligation.unit.code, ...base, ...payload };
  const post = () => api.call('POST', '/reports', { token: obligation.committee.token, key, body });
  const again = twice ? post() : null;
  /** @param {Promise<import('./api.mjs').Answer>} answer */
  const unlessRefused = (answer) =>
    answer.catch((error) => {
      if (!(error instanceof Refused) || error.code !== 'report.invalid' || sending.values !== null)
        throw error;
      return null;
    });
  const [first, second] = /** @type {({ receiptNumber: string, receivedAt: string } | undefined)[]} */ (
    (await Promise.all([unlessRefused(post()), again])).map((answer) => answer?.body)
  );
  if (first === undefined && sending.values === null) {
    sending.state = 'refused';
    return;
  }
  if (first === undefined) throw new Error(`No receipt for ${key}.`);
  if (second && second.receiptNumber !== first.receiptNumber) {
    throw new Error(
      `The same report sent twice made two receipts: ${first.receiptNumber} and ${second.receiptNumber}`,
    );
  }
  sending.receiptNumber = first.receiptNumber;
  sending.receivedAt = first.receivedAt;
  obligation.latestReceipt = first.receiptNumber;
}

/**
 * Asks for every receipt until the aggregator has decided on it, and notes the decision.
 * @param {Api} api @param {string} administrator @param {Sending[]} sendings @param {number} limitMs
 */
async function awaitDecisions(api, administrator, sendings, limitMs) {
  const until = performance.now() + limitMs;
  const progress = new Progress(
    'Receipts decided',
    sendings.filter(({ state }) => state !== 'refused').length,
  );
  let open = sendings.filter(({ state }) => state !== 'refused');
  while (open.length > 0) {
    /** @type {Sending[]} */
    const still = [];
    await forEachAtOnce(open, 16, async (sending) => {
      const { state } = /** @type {{ state: string }} */ (
        await api.get(`/reports/${sending.receiptNumber}`, administrator)
      );
      if (state === 'received') return void still.push(sending);
      sending.state = state;
      progress.advance();
    });
    open = still;
    const [first] = open;
    if (first && performance.now() > until) {
      throw new Error(
        `${open.length} reports were not decided within ${limitMs / 1000} s, e.g. ${first.receiptNumber}`,
      );
    }
    if (first) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  progress.end();
}

/**
 * Plays all scenes. Every sending gets `receiptNumber`, `receivedAt` (ISO) and `state`.
 * @param {Api} api @param {Stage} stage @param {Sending[]} sendings
 * @param {Asked & { pace: number, atOnce: number, seed: string }} asked `pace` in reports a second
 */
export async function play(api, stage, sendings, { requirement, period, pace, atOnce, seed }) {
  for (const [scene, { at, title }] of SCENES.entries()) {
    say();
    say(bold(title));
    await setClock(api, stage.administrator, at);
    const now = sendings.filter((sending) => sending.scene === scene);
    for (const wave of [0, 1]) {
      const chance = new Chance(seed, 'order', String(scene), String(wave));
      const crowd = chance.shuffle(now.filter((sending) => sending.wave === wave));
      if (crowd.length === 0) continue;
      const progress = new Progress(wave === 0 ? 'Reports sent' : 'Corrections sent', crowd.length);
      const before = api.repeated;
      await forEachAtOnce(
        crowd,
        atOnce,
        async (sending) => {
          await send(api, sending, { requirement, period, form: stage.form });
          progress.advance(api.repeated > before ? `${api.repeated - before} requests repeated` : '');
        },
        pace,
      );
      progress.end(
        api.repeated > before ? `${api.repeated - before} requests repeated with the same key` : '',
      );
    }
    await awaitDecisions(api, stage.administrator, now, 180_000);
  }
}
