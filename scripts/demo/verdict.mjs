import { bold, green, red, say, warn } from '../bootstrap/say.mjs';
import { forEachAtOnce } from './crowd.mjs';
import { compareFigures, totalsOf } from './sum.mjs';

const EXACT_LIMIT_MS = 60_000;

/**
 * Where each unit stands at the end, by what was there before and what was sent: the last acceptable report,
 * and whether one came in time.
 */
function standings(obligations, sendings) {
  const byUnit = new Map(
    obligations.map(({ unit, state, deadline, committee }) => [
      unit.code,
      {
        committee,
        values: null,
        onTime: state === 'accepted' ? true : state === 'accepted_late' ? false : null,
        deadline,
        seen: state === 'rejected',
      },
    ]),
  );
  for (const { obligation, values, receivedAt } of sendings) {
    const unit = byUnit.get(obligation.unit.code);
    unit.seen = true;
    if (values === null) continue;
    unit.values = values;
    // The earliest acceptable report counts; when the play is repeated the clock has gone back, and a late
    // unit may become punctual.
    unit.onTime = unit.onTime === true || Date.parse(receivedAt) <= Date.parse(unit.deadline);
  }
  return [...byUnit.values()];
}

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
 */
async function exactRollup(api, token, path, accepted) {
  const until = performance.now() + EXACT_LIMIT_MS;
  for (;;) {
    const view = await api.get(path, token);
    if ((view.node.exact && view.node.counts.accepted === accepted) || performance.now() > until) return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function compareCounts(own, theirs) {
  return Object.entries(own).map(([label, count]) => ({
    label,
    unit: '',
    api: String(theirs[label]),
    own: String(count),
    equal: theirs[label] === count,
  }));
}

function print(lines) {
  const short = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));
  say(`  ${short('', 58)} ${'Mạch says'.padStart(24)} ${'added up from what was sent'.padStart(30)}`);
  for (const { label, unit, api, own, equal } of lines) {
    say(
      `  ${short(unit ? `${label} (${unit})` : label, 58)} ${api.padStart(24)} ${own.padStart(30)}  ${equal ? green('=') : red('≠')}`,
    );
  }
}

/** Every decision has to be the one that the report deserved. */
function wrongDecisions(sendings) {
  return sendings.filter(({ values, state }) =>
    values === null ? state !== 'rejected' : state !== 'accepted' && state !== 'superseded',
  );
}

/** Compares city and committees with what was sent, prints both, and returns whether all of it is equal. */
export async function verdict(
  api,
  { administrator, city, committees, obligations, form },
  sendings,
  { requirement, period },
) {
  const units = standings(obligations, sendings);
  const reported = (some) => some.filter(({ values }) => values !== null).map(({ values }) => values);
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
    warn(`${receiptNumber} is ${state}; it should be ${values === null ? 'rejected' : 'accepted'}`);
  return lines.every(({ equal }) => equal) && unequal.length === 0 && wrong.length === 0;
}
