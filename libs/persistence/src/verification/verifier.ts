import { Injectable } from '@nestjs/common';
import type { FormDefinition } from '@mach/domain';
import { DataSource } from 'typeorm';
import { FORM_IN_FORCE } from '../requirements/form-in-force';
import { Transactions, type Transaction } from '../transactions';
import { formSlots, type FormSlot } from './form-slots';
import type { Difference, FigureSource, VerificationResult, VerificationScope } from './verification';
import {
  compareContributions,
  compareTarget,
  compareViews,
  NODE_FIGURES,
  REPORT_FIGURES,
  sourcesOf,
  VIEWS,
} from './verify-statements';

/** Differences told of one target, and what one of them is made of: enough to see what is wrong. */
const TOLD_AT_MOST = 50;
const SOURCES_AT_MOST = 10;
/** All of a run: a fault of the engine shows everywhere. */
const KEPT_AT_MOST = 200;

interface Target {
  readonly requirement_id: string;
  readonly period_id: number;
  readonly requirement: string;
  readonly period: string;
  readonly definition: FormDefinition;
}

interface Found {
  readonly kind: Difference['kind'] | 'summary';
  readonly unit_id: number;
  readonly receipt_number?: string;
  readonly stored: readonly (string | null)[] | null;
  readonly told: readonly (string | null)[];
  readonly here: boolean;
  readonly total: string;
}

/**
 * Works every stored figure out again from the submissions by another path than the engine's and compares them
 * (ADR 0052). Only what differs leaves PostgreSQL.
 */
@Injectable()
export class Verifier {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Throws when the scope names a requirement or period that does not exist. */
  async verify(scope: VerificationScope = {}): Promise<VerificationResult> {
    const targets = await this.targets(scope);
    let result: VerificationResult = {
      targets: targets.length,
      nodes: 0,
      waiting: 0,
      reports: 0,
      differences: 0,
      found: [],
    };
    for (const target of targets) {
      // All of a target is seen as it was at one moment; nothing is compared across targets.
      const part = await this.transactions.run(async (tx) => {
        await tx.query('set transaction isolation level repeatable read, read only');
        return verifyTarget(tx, target);
      }, 'verifying');
      result = {
        targets: targets.length,
        nodes: result.nodes + part.nodes,
        waiting: result.waiting + part.waiting,
        reports: result.reports + part.reports,
        differences: result.differences + part.differences,
        found: [...result.found, ...part.found].slice(0, KEPT_AT_MOST),
      };
    }
    return result;
  }

  private async targets({ requirement, period }: VerificationScope): Promise<readonly Target[]> {
    const [known]: { requirement: boolean; period: boolean }[] = await this.dataSource.query(
      `select $1::text is null or exists (select from requirement where code = $1) as requirement,
              $2::text is null or exists (select from period where key = $2) as period`,
      [requirement ?? null, period ?? null],
    );
    if (known?.requirement !== true) throw new Error(`there is no requirement ${String(requirement)}`);
    if (!known.period) throw new Error(`there is no period ${String(period)}`);
    return this.dataSource.query(
      `select r.id as requirement_id, p.id as period_id, r.code as requirement, p.key as period, version.definition
         from requirement r
         join period p on p.scheme = r.period_scheme
         join form_version version on version.id = ${FORM_IN_FORCE}
        where ($1::text is null or r.code = $1) and ($2::text is null or p.key = $2)
          and (exists (select from rollup_node n where n.requirement_id = r.id and n.period_id = p.id)
            or exists (select from obligation o where o.requirement_id = r.id and o.period_id = p.id))
        order by r.code, p.starts_on, p.key`,
      [requirement ?? null, period ?? null],
    );
  }
}

async function verifyTarget(tx: Transaction, target: Target): Promise<Omit<VerificationResult, 'targets'>> {
  const slots = formSlots(target.definition);
  const key = [target.requirement_id, target.period_id];
  const rows: Found[] = await tx.query(compareTarget(slots), [...key, TOLD_AT_MOST]);
  const summary = rows.find(({ kind }) => kind === 'summary');
  const [nodes, waiting, reports] = (summary?.told ?? []).map(Number);
  const brought = await contributionsOf(tx, key);
  const viewed: Found[] = (await hasViews(tx, key))
    ? await tx.query(compareViews(slots), [...key, TOLD_AT_MOST])
    : [];
  const differing = [...brought, ...rows.filter(({ kind }) => kind !== 'summary'), ...viewed];
  const found: Difference[] = [];
  for (const row of differing) found.push(await difference(tx, target, slots, row));
  return {
    nodes: nodes ?? 0,
    waiting: waiting ?? 0,
    reports: reports ?? 0,
    differences: totalOf(differing),
    found,
  };
}

/** Whether anything is told apart here: something asks for approval, or somebody signed. */
async function hasViews(tx: Transaction, key: readonly unknown[]): Promise<boolean> {
  const [row]: { some: boolean }[] = await tx.query(
    `select exists (select from signature where requirement_id = $1 and period_id = $2)
         or exists (select from obligation where requirement_id = $1 and period_id = $2 and needs_approval)
         or exists (select from rollup_node where requirement_id = $1 and period_id = $2
              and coalesce(approved_accumulators, signable_accumulators, signed_accumulators) is not null) as some`,
    [...key],
  );
  return row?.some === true;
}

/** What the submissions of each form version bring; there is one, unless the form changed after reports came. */
async function contributionsOf(tx: Transaction, key: readonly unknown[]): Promise<readonly Found[]> {
  const versions: { id: string; definition: FormDefinition }[] = await tx.query(
    `select v.id, v.definition from form_version v
      where exists (select from obligation o join submission s on s.obligation_id = o.id
              where o.requirement_id = $1 and o.period_id = $2 and s.form_version_id = v.id and s.state = 'accepted')`,
    [...key],
  );
  const found: Found[] = [];
  for (const { id, definition } of versions)
    found.push(
      ...(await tx.query<Found[]>(compareContributions(formSlots(definition)), [...key, id, TOLD_AT_MOST])),
    );
  return found;
}

/** Each kind says in every row how many there are; a node that is missing is counted apart from those that differ. */
function totalOf(rows: readonly Found[]): number {
  const totals = new Map(
    rows.map(({ kind, stored, total }) => [`${kind} ${String(stored === null)}`, Number(total)]),
  );
  return [...totals.values()].reduce((sum, total) => sum + total, 0);
}

async function difference(
  tx: Transaction,
  { requirement_id, period_id, requirement, period }: Target,
  slots: readonly FormSlot[],
  { kind, unit_id, receipt_number, stored, told, here }: Found,
): Promise<Difference> {
  const names = namesOf(kind, slots);
  const figures = names.flatMap((name, index) => {
    const compared = { name, stored: stored?.[index] ?? null, told: told[index] ?? null };
    return compared.stored === compared.told ? [] : [compared];
  });
  const units: { code: string; name: string }[] = await tx.query(
    `select u.code, coalesce(fact.name, u.code) as name
       from unit u left join unit_fact fact on fact.unit_id = u.id and fact.valid_to is null where u.id = $1`,
    [unit_id],
  );
  const first = figures[0]?.name;
  const sources: FigureSource[] =
    kind !== 'node' || first === undefined
      ? []
      : (
          await tx.query<{ unit: string; receipt_number: string | null; value: string | null }[]>(
            sourcesOf(
              NODE_FIGURES.includes(first)
                ? { counter: first }
                : { place: slots.findIndex(({ name }) => name === first) + 1 },
            ),
            [requirement_id, period_id, unit_id, SOURCES_AT_MOST],
          )
        ).map((row) => ({ unit: row.unit, receiptNumber: row.receipt_number, value: row.value }));
  return {
    kind: kind === 'summary' ? 'node' : kind,
    requirement,
    period,
    unit: units[0] ?? { code: String(unit_id), name: '' },
    receiptNumber: receipt_number ?? null,
    figures,
    here,
    sources,
  };
}

function namesOf(kind: Found['kind'], slots: readonly FormSlot[]): readonly string[] {
  const accumulators = slots.map(({ name }) => name);
  switch (kind) {
    case 'submission':
      return [...accumulators, 'nil'];
    case 'view':
      return VIEWS.flatMap((view) => accumulators.map((name) => `${view} ${name}`));
    case 'report':
      return REPORT_FIGURES;
    case 'node':
    case 'summary':
      return [...NODE_FIGURES, ...accumulators];
  }
}
