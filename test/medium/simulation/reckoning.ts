import type { DataSource } from 'typeorm';
import {
  CLOSES_AT,
  DEADLINE,
  OPENS_AT,
  type PlantedTree,
  type PlantedUnit,
  isNode,
  isUnder,
} from '../aggregator/planted-tree';
import type { Intent } from './clerks';

interface Stored {
  id: string;
  seq: string;
  key: string;
  receipt_number: string;
  obligation_id: string;
  received_at: Date;
  state: string;
  version: number | null;
  based_on: string | null;
  reasons: readonly { readonly code: string }[] | null;
}

interface Standing {
  id: string;
  received_at: Date | null;
  first_accepted_at: Date | null;
  accepted_submission_id: string | null;
  last_version: number;
  deadline: Date;
  correct_by: Date | null;
  approved: boolean;
}

/** An act on an obligation, in the order of the record. */
interface Act {
  id: string;
  obligation_id: string;
  kind: string;
  version: number | null;
  until: Date | null;
}

interface Node {
  unit_id: number;
  figures: (string | null)[];
  counts: number[];
  dirty: boolean;
}

/**
 * What must be true when everything has come to rest, reckoned from the clerks' intents and the rows as they
 * lie in the tables. It shares no code with what is tested. Answers every sentence that does not hold.
 */
export async function faultsOf(
  dataSource: DataSource,
  tree: PlantedTree,
  units: readonly PlantedUnit[],
  intents: readonly Intent[],
): Promise<readonly string[]> {
  const stored: Stored[] = await dataSource.query(
    `select s.id, s.seq, substring(s.receipt_key from position(':' in s.receipt_key) + 1) as key, s.receipt_number,
            s.obligation_id, s.received_at, s.state, s.version, s.based_on, s.reasons
       from submission s join obligation o on o.id = s.obligation_id where o.requirement_id = $1 order by s.seq`,
    [tree.requirementId],
  );
  const standings: Standing[] = await dataSource.query(
    `select id, received_at, first_accepted_at, accepted_submission_id, last_version, deadline, correct_by,
            approved_act_id is not null as approved
       from obligation where requirement_id = $1`,
    [tree.requirementId],
  );
  const acts: Act[] = await dataSource.query(
    `select a.id, a.obligation_id, a.kind, a.version, a.until from obligation_act a
       join obligation o on o.id = a.obligation_id where o.requirement_id = $1 order by a.id`,
    [tree.requirementId],
  );
  const nodes: Node[] = await dataSource.query(
    `select unit_id, accumulators::text[] as figures, array[expected, received, accepted, on_time, late_with_permission, late, rejected, approved, returned] as counts,
            dirty_seq <> computed_seq as dirty
       from rollup_node where requirement_id = $1`,
    [tree.requirementId],
  );
  const left: { count: number }[] = await dataSource.query(`select count(*)::int as count from outbox`);
  return [
    ...(left[0]?.count === 0 ? [] : [`${String(left[0]?.count)} messages are left in the outbox`]),
    ...receiptFaults(stored, intents),
    ...standings.flatMap((standing) => decisionFaults(standing, stored, intents, units, acts)),
    ...nodes.flatMap((node) => figureFaults(node, tree, units, stored, standings, intents, acts)),
  ];
}

/** Every answered intent is stored once, under the receipt it was answered; nothing else is stored. */
function receiptFaults(stored: readonly Stored[], intents: readonly Intent[]): string[] {
  const byKey = new Map<string, Stored[]>();
  for (const row of stored) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  return [
    ...intents.flatMap(({ key, receipt }) => {
      const rows = byKey.get(key) ?? [];
      if (rows.length !== 1) return [`${key} is stored ${String(rows.length)} times`];
      return rows[0]?.receipt_number === receipt
        ? []
        : [`${key} was answered ${String(receipt)} and is stored as ${String(rows[0]?.receipt_number)}`];
    }),
    ...stored
      .filter(({ key }) => !intents.some((intent) => intent.key === key))
      .map(({ key }) => `nobody sent ${key}`),
  ];
}

/** Decisions on one obligation: none is missing, none replaced a report that its sender had not seen, the newest counts. */
function decisionFaults(
  standing: Standing,
  all: readonly Stored[],
  intents: readonly Intent[],
  units: readonly PlantedUnit[],
  acts: readonly Act[],
): string[] {
  const { whole, figures, approved, deadline } = reviewOf(standing, acts);
  const returnedWhole = (row: Stored): boolean =>
    acts.some(
      (act) => act.obligation_id === standing.id && act.kind === 'return' && act.version === row.version,
    );
  const rows = all.filter((row) => row.obligation_id === standing.id);
  const faults: string[] = [];
  const seenBy = (row: Stored): bigint => {
    const base = rows.find((other) => other.receipt_number === row.based_on);
    // Whoever was refused for a report not seen is shown that report, not the one refused (ADR 0027).
    const shown =
      base !== undefined && base.reasons?.some(({ code }) => code === 'report.baseChanged') !== true;
    return shown ? BigInt(base.seq) : 0n;
  };
  const accepted = rows
    .filter((row) => row.version !== null)
    .sort((a, b) => Number(a.version) - Number(b.version));
  accepted.forEach((row, index) => {
    if (row.version !== index + 1)
      faults.push(`${row.key} has version ${String(row.version)} as number ${String(index + 1)}`);
    const last = index === accepted.length - 1;
    const state = returnedWhole(row) ? 'returned' : last ? 'accepted' : 'superseded';
    if (row.state !== state) faults.push(`${row.key} is ${row.state} instead of ${state}`);
    const before = accepted[index - 1];
    // What was given back counts no more, so it need not have been seen.
    if (before !== undefined && !returnedWhole(before) && BigInt(before.seq) > seenBy(row))
      faults.push(`${row.key} replaced ${before.key}, which its sender had not seen`);
  });
  for (const row of rows) {
    const intent = intents.find(({ key }) => key === row.key);
    if (row.state === 'received') faults.push(`${row.key} was never decided`);
    if (intent === undefined) continue;
    const wrong = intent.contradictory || units[intent.unit]?.exempt === true;
    if (wrong && row.state !== 'rejected')
      faults.push(`${row.key} is not to be accepted and is ${row.state}`);
    const overtaken = accepted.some((other) => BigInt(other.seq) > seenBy(row));
    const otherFigures =
      row.reasons?.every(({ code }) => code === 'figure.notReturned') === true &&
      acts.some((act) => act.obligation_id === standing.id && act.kind === 'return_figures');
    if (!wrong && row.state === 'rejected' && !overtaken && !otherFigures)
      faults.push(
        `${row.key} is right, was overtaken by none, and is rejected: ${JSON.stringify(row.reasons?.map(({ code }) => code))}`,
      );
  }
  const earliest = (of: readonly Stored[]): number | null =>
    of.length === 0 ? null : Math.min(...of.map((row) => row.received_at.getTime()));
  if ((standing.received_at?.getTime() ?? null) !== earliest(rows))
    faults.push(`obligation ${standing.id}: wrong first receipt`);
  if ((standing.first_accepted_at?.getTime() ?? null) !== earliest(accepted))
    faults.push(`obligation ${standing.id}: wrong first accepted receipt`);
  if (standing.accepted_submission_id !== (whole ? null : (accepted.at(-1)?.id ?? null)))
    faults.push(`obligation ${standing.id}: another report counts`);
  if (standing.last_version !== accepted.length) faults.push(`obligation ${standing.id}: wrong last version`);
  if (standing.approved !== approved)
    faults.push(`obligation ${standing.id}: approved is ${String(standing.approved)}`);
  if ((standing.correct_by !== null) !== (whole || figures))
    faults.push(`obligation ${standing.id}: given back or not`);
  if (standing.deadline.getTime() !== deadline) faults.push(`obligation ${standing.id}: wrong deadline`);
  return faults;
}

/**
 * What the record says of the newest version: given back as a whole, single figures given back, approved; and the
 * deadline that extensions left. An extension while something was given back moved the date to correct it by instead.
 */
function reviewOf(
  standing: Standing,
  all: readonly Act[],
): { whole: boolean; figures: boolean; approved: boolean; deadline: number } {
  const acts = all.filter((act) => act.obligation_id === standing.id);
  const ofNewest = acts.filter(({ version }) => version === standing.last_version).map(({ kind }) => kind);
  const last = ofNewest.at(-1);
  let deadline = DEADLINE;
  for (const { kind, until } of acts) {
    if (kind === 'grant_extension' && until !== null && until.getTime() === standing.deadline.getTime())
      deadline = until.getTime();
  }
  return {
    whole: last === 'return',
    figures: last === 'return_figures',
    approved: last === 'approve',
    deadline,
  };
}

/** A node's counts and figures, added up from the intents that count below it. */
function figureFaults(
  node: Node,
  tree: PlantedTree,
  units: readonly PlantedUnit[],
  stored: readonly Stored[],
  standings: readonly Standing[],
  intents: readonly Intent[],
  acts: readonly Act[],
): string[] {
  const top = tree.unitIds.indexOf(node.unit_id);
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const reports: { size: bigint; sessions: bigint | null }[] = [];
  tree.obligationIds.forEach((id, unit) => {
    const standing = standings.find((one) => one.id === id);
    if (standing === undefined || units[unit]?.exempt === true || !isUnder(units, unit, top)) return;
    const first = standing.first_accepted_at?.getTime() ?? null;
    const received = standing.received_at !== null;
    const { whole, figures, approved } = reviewOf(standing, acts);
    const countsNow = standing.accepted_submission_id !== null;
    const extended = standing.deadline.getTime();
    const marks = [
      true,
      received,
      countsNow,
      countsNow && first !== null && first <= DEADLINE,
      countsNow && first !== null && first > DEADLINE && first <= extended,
      countsNow && first !== null && first > DEADLINE && first > extended,
      received && !countsNow && !whole,
      approved,
      whole || figures,
    ];
    marks.forEach((mark, index) => {
      counts[index] = (counts[index] ?? 0) + (mark ? 1 : 0);
    });
    const counted = stored.find((row) => row.id === standing.accepted_submission_id);
    const intent = intents.find(({ key }) => key === counted?.key);
    if (intent !== undefined)
      reports.push({
        size: BigInt(intent.size),
        sessions: figures ? null : BigInt(intent.sessions ?? intent.size),
      });
  });
  const name = `node ${String(top)}${isNode(units, top) ? '' : ' (no node)'}`;
  const shown = figuresOf(reports).map((figure) => figure?.toString() ?? null);
  return [
    ...(node.dirty ? [`${name} waits to be recomputed`] : []),
    ...(counts.join() === node.counts.join()
      ? []
      : [`${name} counts ${node.counts.join()} instead of ${counts.join()}`]),
    ...(reports.length === 0 || JSON.stringify(shown) === JSON.stringify(node.figures)
      ? []
      : [`${name} has ${JSON.stringify(node.figures)} instead of ${JSON.stringify(shown)}`]),
  ];
}

/** The form of `a-report` written out by hand: what it adds up for reports of these sizes. */
export function figuresOf(
  reports: readonly { readonly size: bigint; readonly sessions: bigint | null }[],
): readonly (bigint | null)[] {
  const sizes = reports.map(({ size }) => size);
  const sessions = reports.flatMap((report) => report.sessions ?? []);
  const sum = (of: (size: bigint) => bigint): bigint => sizes.reduce((total, size) => total + of(size), 0n);
  const smallest = sizes.filter((size) => size % 2n === 0n).map((size) => size / 2n);
  return [
    sessions.length === 0 ? null : sessions.reduce((total, each) => total + each, 0n),
    sum((size) => size),
    sum((size) => size + 3n),
    sum((size) => size + 3n),
    sum((size) => ((size % 100n) * 10n + 5n) * (size + 3n)),
    sum((size) => size + 3n),
    sizes.reduce<bigint | null>((most, size) => (most === null || size > most ? size : most), null),
    smallest.reduce<bigint | null>((least, size) => (least === null || size < least ? size : least), null),
  ];
}

/** Times between which clerks of the simulation hand in: all within the window, some after the deadline. */
export const HANDING_IN = { from: OPENS_AT + 3_600_000, to: Math.min(CLOSES_AT, DEADLINE + 3 * 86_400_000) };
