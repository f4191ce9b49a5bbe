import { bold, green, red, say, warn } from '../bootstrap/say.mjs';
import { forEachAtOnce } from './crowd.mjs';
import { compareFigures, totalsOf } from './sum.mjs';

/** @typedef {import('./api.mjs').Api} Api */
/** @typedef {import('./cast.mjs').Sending} Sending */
/** @typedef {import('./stage.mjs').Committee} Committee */
/** @typedef {import('./stage.mjs').Obligation} Obligation */
/** @typedef {import('./sum.mjs').Line} Line */

/**
 * Where a unit stands at the end; `values` of its last acceptable report, `onTime` null while it has none.
 * @typedef {object} Standing
 * @property {Committee} committee
 * @property {import('./report.mjs').Values | null} values
 * @property {boolean | null} onTime
 * @property {string} deadline
 * @property {boolean} seen whether anything was received
 */

/** @typedef {{ expected: number, received: number, accepted: number, onTime: number, late: number }} Counts */

/** @typedef {{ node: { exact: boolean, counts: Counts }, figures: import('./sum.mjs').Shown[] }} Rollup */

const EXACT_LIMIT_MS = 60_000;

/**
 * Where each unit stands at the end, by what was there before and what was sent: the last acceptable report,
 * and whether one came in time.
 * @param {Obligation[]} obligations @param {Sending[]} sendings
 */
function standings(obligations, sendings) {
  /** @type {Map<string, Standing>} */
  const byUnit = new Map(
    obligations.map(({ unit, state, punctuality, deadline, committee }) => [
      unit.code,
      {
        committee,
        values: null,
        onTime: punctuality === null ? null : punctuality === 'on_time',
        deadline,
        seen: state === 'rejected',
      },
    ]),
  );
  for (const { obligation, values, receivedAt, state } of sendings) {
    if (state === 'refused') continue;
    const unit = byUnit.get(obligation.unit.code);
    if (unit === undefined || receivedAt === undefined)
      throw new Error(`${obligation.unit.code} was not asked, or has no receipt.`);
    unit.seen = true;
    if (values === null) continue;
    unit.values = values;
    // The earliest acceptable report counts; when the play is repeated the clock has gone back, and a late
    // unit may become punctual.
    unit.onTime = unit.onTime === true || Date.parse(receivedAt) <= Date.parse(unit.deadline);
  }
  return [...byUnit.values()];
}

/** @param {Standing[]} units @returns {Counts} */
function countsOf(units) {
  const accepted = units.filter(({ values }) => values !== null);
  return {
    expected: units.length,
    received: units.filter(({ seen, values }) => seen || values !== null).length,
    accepted: accepted.length,
    onTime: accepted.filter(({ onTime }) => onTime).length,
    late: accepted.filter(({ onTime }) => !onTime).length,
  };
}

/**
 * The roll-up of a unit once it says that it is exact, and counts what was accepted; the last one read when
 * it never does.
 * @param {Api} api @param {string} token @param {string} path @param {number} accepted
 */
async function exactRollup(api, token, path, accepted) {
  const until = performance.now() + EXACT_LIMIT_MS;
  for (;;) {
    const view = /** @type {Rollup} */ (await api.get(path, token));
    if ((view.node.exact && view.node.counts.accepted === accepted) || performance.now() > until) return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const COUNTS = /** @type {const} */ (['expected', 'received', 'accepted', 'onTime', 'late']);

/** @param {Counts} own @param {Counts} theirs @returns {Line[]} */
function compareCounts(own, theirs) {
  return COUNTS.map((label) => ({
    label,
    unit: '',
    api: String(theirs[label]),
    own: String(own[label]),
    equal: theirs[label] === own[label],
  }));
}

/** @param {Line[]} lines */
function print(lines) {
  /** @param {string} text @param {number} width */
  const short = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));
  say(`  ${short('', 58)} ${'Mạch says'.padStart(24)} ${'added up from what was sent'.padStart(30)}`);
  for (const { label, unit, api, own, equal } of lines) {
    say(
      `  ${short(unit ? `${label} (${unit})` : label, 58)} ${api.padStart(24)} ${own.padStart(30)}  ${equal ? green('=') : red('≠')}`,
    );
  }
}

/** Every decision has to be the one that the report deserved. @param {Sending[]} sendings */
function wrongDecisions(sendings) {
  return sendings.filter(({ values, state }) =>
    values === null
      ? state !== 'rejected' && state !== 'refused'
      : state !== 'accepted' && state !== 'superseded',
  );
}

/**
 * Compares city and committees with what was sent, prints both, and returns whether all of it is equal.
 * @param {Api} api
 * @param {Awaited<ReturnType<typeof import('./stage.mjs').setStage>>} stage
 * @param {Sending[]} sendings
 * @param {import('./stage.mjs').Asked} asked
 */
export async function verdict(
  api,
  { administrator, city, committees, obligations, form },
  sendings,
  { requirement, period },
) {
  const units = standings(obligations, sendings);
  /** @param {Standing[]} some */
  const reported = (some) => some.map(({ values }) => values).filter((values) => values !== null);
  /** @param {string} code @param {Standing[]} some */
  const compare = async (code, some) => {
    const counts = countsOf(some);
    const view = await exactRollup(
      api,
      administrator,
      `/rollups/${requirement}/${period}/${code}`,
      counts.accepted,
    );
    return [
      ...compareCounts(counts, view.node.counts),
      ...compareFigures(form.definition, totalsOf(form.definition, reported(some)), view.figures),
    ];
  };

  const lines = await compare(city.code, units);
  say();
  say(bold(`${city.name}, ${period}`));
  print(lines);

  /** @type {{ committee: Committee, own: Line[] }[]} */
  const unequal = [];
  await forEachAtOnce(committees, 8, async (committee) => {
    const own = await compare(
      committee.code,
      units.filter((unit) => unit.committee === committee),
    );
    if (!own.every(({ equal }) => equal)) unequal.push({ committee, own });
  });
  say();
  say(`  The same for each committee: ${committees.length - unequal.length} of ${committees.length} equal.`);
  for (const { committee, own } of unequal.slice(0, 3)) {
    say(`  ${committee.name} (${committee.code}):`);
    print(own.filter(({ equal }) => !equal));
  }
  const wrong = wrongDecisions(sendings);
  for (const { receiptNumber, state, values } of wrong.slice(0, 5))
    warn(
      `${receiptNumber} is ${state}; it should be ${values === null ? 'refused or rejected' : 'accepted'}`,
    );
  return lines.every(({ equal }) => equal) && unequal.length === 0 && wrong.length === 0;
}
