import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, PeerSpreads } from '@mach/domain';
import { integer, jsonb, text, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { RollupTarget } from '../rollup/rollup.store';
import { Transactions, type Transaction } from '../transactions';

/** What the reports of a requirement and period are measured by (thước đo). */
export interface Yardstick {
  readonly no: number;
  /** How many reports it was drawn from. */
  readonly reports: number;
  /** By narrative: shingles that most units share. */
  readonly boilerplate: Readonly<Record<string, readonly number[]>>;
}

/** What is usual among units of a kind; `parentUnitId` 0: in the whole city. */
export interface Peers {
  readonly kind: string;
  readonly parentUnitId: number;
  readonly figures: PeerSpreads;
}

const PEERS = columns<Peers & RollupTarget>()({
  requirementId: uuid,
  periodId: integer,
  kind: text,
  parentUnitId: integer,
  figures: jsonb,
});

/** Yardsticks of hints: drawn up now and then, read by key. */
@Injectable()
export class YardstickStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  async read({ requirementId, periodId }: RollupTarget): Promise<Yardstick | null> {
    const [row] = await this.dataSource.query<Yardstick[]>(
      'select no, reports, boilerplate from hint_yardstick where requirement_id = $1 and period_id = $2',
      [requirementId, periodId],
    );
    return row ?? null;
  }

  /**
   * The yardstick, held until the transaction ends, so that two processes never look for hints in the same reports;
   * null while another holds it, or when it was drawn anew meanwhile.
   */
  async hold(tx: Transaction, { requirementId, periodId }: RollupTarget, no: number): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `select 1 from hint_yardstick where requirement_id = $1 and period_id = $2 and no = $3 for no key update skip locked`,
      [requirementId, periodId, no],
    );
    return rows.length > 0;
  }

  /**
   * Writes a yardstick over number `after` (0: there was none); everything of the period is to be checked anew by
   * it. Sketches of periods that nobody compares with any more go. Nothing when somebody else was faster.
   *
   * @param compared periods whose narratives are still compared with
   */
  async draw(
    target: RollupTarget,
    after: number,
    yardstick: Omit<Yardstick, 'no'> & { readonly peers: readonly Peers[]; readonly drawnAt: Instant },
    compared: readonly number[],
  ): Promise<void> {
    const { requirementId, periodId } = target;
    await this.transactions.run(async (tx) => {
      const written: unknown[] = await tx.query(
        `insert into hint_yardstick as y (requirement_id, period_id, no, reports, boilerplate, drawn_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (requirement_id, period_id) do update set no = excluded.no, reports = excluded.reports,
           boilerplate = excluded.boilerplate, drawn_at = excluded.drawn_at where y.no = excluded.no - 1
         returning no`,
        [
          requirementId,
          periodId,
          after + 1,
          yardstick.reports,
          JSON.stringify(yardstick.boilerplate),
          new Date(yardstick.drawnAt),
        ],
      );
      if (written.length === 0) return;
      await tx.query(
        `${PEERS.insertInto('hint_peers')} on conflict (requirement_id, period_id, kind, parent_unit_id)
           do update set figures = excluded.figures`,
        PEERS.parameters(yardstick.peers.map((peers) => ({ ...peers, requirementId, periodId }))),
      );
      await tx.query(
        `delete from narrative_sketch where requirement_id = $1 and (period_id = $2 or period_id <> all($3::int[]))`,
        [requirementId, periodId, compared],
      );
      await tx.query('update rollup_node set hinted_seq = 0 where requirement_id = $1 and period_id = $2', [
        requirementId,
        periodId,
      ]);
    });
  }

  /** What is usual among a kind's units under a parent and in the city, of the newest of these periods that has it. */
  async peersOf(
    requirementId: string,
    newestFirst: readonly number[],
    kinds: readonly string[],
    parentUnitIds: readonly number[],
  ): Promise<readonly Peers[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${PEERS.selected('p')} from hint_peers p
        where p.requirement_id = $1 and p.kind = any($3::text[]) and p.parent_unit_id = any($4::int[])
          and p.period_id = (select y.period_id from hint_yardstick y join unnest($2::int[]) with ordinality as w (id, place) on w.id = y.period_id
            where y.requirement_id = $1 order by w.place limit 1)`,
      [requirementId, newestFirst, kinds, [...parentUnitIds, 0]],
    );
    return rows.map((row) => PEERS.read(row));
  }
}
