import type { DataSource } from 'typeorm';
import { isNode, type PlantedTree, type PlantedUnit } from '../aggregator/planted-tree';
import type { Intent } from './clerks';
import { figuresOf } from './reckoning';

type Figures = readonly (bigint | null)[];

/** A report that counts, by the unit that sent it. */
interface Counting {
  readonly unit_id: number;
  readonly key: string;
  /** Or no approval is asked for. */
  readonly approved: boolean;
  readonly some_returned: boolean;
}

interface NodeViews {
  readonly unit_id: number;
  readonly approved: readonly (string | null)[];
  readonly signed: readonly (string | null)[];
}

/** How the eight accumulators of `a-report`'s form combine. */
const WAYS = ['sum', 'sum', 'sum', 'sum', 'sum', 'sum', 'max', 'min'] as const;

/**
 * What the approved and the signed figures of every node must be when everything has come to rest, reckoned from the
 * clerks' intents, the reviews that stand and the signatures. It shares no code with what is tested.
 */
export async function viewFaults(
  dataSource: DataSource,
  tree: PlantedTree,
  units: readonly PlantedUnit[],
  intents: readonly Intent[],
): Promise<readonly string[]> {
  const counting: Counting[] = await dataSource.query(
    `select o.unit_id, substring(s.receipt_key from position(':' in s.receipt_key) + 1) as key,
            o.approved_act_id is not null or not o.needs_approval as approved, o.correct_by is not null as some_returned
       from obligation o join submission s on s.id = o.accepted_submission_id
      where o.requirement_id = $1 and o.exempt_reason is null`,
    [tree.requirementId],
  );
  const signatures: { unit_id: number; figures: (string | null)[] }[] = await dataSource.query(
    `select unit_id, accumulators::text[] as figures from signature where requirement_id = $1 order by version`,
    [tree.requirementId],
  );
  const nodes: NodeViews[] = await dataSource.query(
    `select unit_id, coalesce(approved_accumulators, accumulators)::text[] as approved,
            coalesce(signed_accumulators, signable_accumulators, accumulators)::text[] as signed
       from rollup_node where requirement_id = $1`,
    [tree.requirementId],
  );
  const signed = new Map(signatures.map(({ unit_id, figures }) => [unit_id, figures.map(whole)]));

  const own = (node: number, approvedOnly: boolean): Figures[] =>
    units.flatMap((unit, index) => {
      if ((isNode(units, index) ? index : unit.parent) !== node) return [];
      const report = counting.find(({ unit_id }) => unit_id === tree.unitIds[index]);
      const intent = intents.find(({ key }) => key === report?.key);
      if (report === undefined || intent === undefined || (approvedOnly && !report.approved)) return [];
      const sessions = report.some_returned ? null : BigInt(intent.sessions ?? intent.size);
      return [figuresOf([{ size: BigInt(intent.size), sessions }])];
    });
  const below = (node: number): number[] =>
    units.flatMap((unit, index) => (unit.parent === node && isNode(units, index) ? [index] : []));
  const approvedOf = (node: number): Figures =>
    together([...own(node, true), ...below(node).map(approvedOf)]);
  const signedOf = (node: number): Figures =>
    signed.get(tree.unitIds[node] ?? -1) ?? together([...own(node, false), ...below(node).map(signedOf)]);

  return nodes.flatMap(({ unit_id, ...views }) => {
    const node = tree.unitIds.indexOf(unit_id);
    const expected = { approved: approvedOf(node), signed: signedOf(node) };
    return (['approved', 'signed'] as const).flatMap((view) => {
      const found = WAYS.map((_, slot) => whole(views[view][slot] ?? null)).join();
      return found === expected[view].join()
        ? []
        : [`node ${String(node)} has ${view} ${found} instead of ${expected[view].join()}`];
    });
  });
}

function together(several: readonly Figures[]): Figures {
  return WAYS.map((way, slot) => {
    const given = several.flatMap((figures) => figures[slot] ?? []);
    const [first, ...others] = given;
    if (first === undefined) return null;
    return others.reduce(
      (total, each) => (way === 'sum' ? total + each : (way === 'max') === each > total ? each : total),
      first,
    );
  });
}

function whole(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
