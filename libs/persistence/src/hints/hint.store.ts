import { Injectable } from '@nestjs/common';
import type { Instant, ReportHint } from '@mach/domain';
import { integer, integers, jsonb, text, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import type { RollupTarget } from '../rollup/rollup.store';
import type { Transaction } from '../transactions';

/** A hint of a submission as it is written down. */
export interface StoredHint extends RollupTarget {
  readonly submissionId: string;
  readonly unitId: number;
  readonly hint: ReportHint;
  /** Where a narrative was copied from; null for every other hint. */
  readonly sourceSubmissionId: string | null;
}

/** A narrative's bands: how others like it find it. */
export interface NarrativeSketch extends RollupTarget {
  readonly submissionId: string;
  readonly narrative: string;
  readonly unitId: number;
  readonly bands: readonly number[];
}

/** A narrative to look for: by its bands among those of its own period and of the one before. */
export interface SoughtNarrative {
  readonly narrative: string;
  readonly unitId: number;
  readonly bands: readonly number[];
}

/** Another unit's narrative that may be like the one sought. */
export interface LikelyCopy {
  /** Place of the sought one in the list. */
  readonly place: number;
  readonly submissionId: string;
  readonly unitId: number;
  readonly periodId: number;
  readonly seq: bigint;
}

/** Candidates of one narrative: those that agree in most bands. */
const CANDIDATES = 4;

const HINT = columns<StoredHint & { readonly kind: string; readonly pointer: string }>()({
  submissionId: uuid,
  kind: text,
  pointer: text,
  requirementId: uuid,
  periodId: integer,
  unitId: integer,
  hint: jsonb,
  sourceSubmissionId: uuid,
});

const SKETCH = columns<NarrativeSketch>()({
  submissionId: uuid,
  narrative: text,
  requirementId: uuid,
  periodId: integer,
  unitId: integer,
  bands: integers,
});

const SOUGHT = columns<SoughtNarrative & { readonly place: number }>()({
  place: integer,
  narrative: text,
  unitId: integer,
  bands: integers,
});

/** Hints (lưu ý) as they are found and written down. */
@Injectable()
export class HintStore {
  async addSketches(tx: Transaction, sketches: readonly NarrativeSketch[]): Promise<void> {
    if (sketches.length === 0) return;
    await tx.query(
      `${SKETCH.insertInto('narrative_sketch')} on conflict (submission_id, narrative) do update set bands = excluded.bands`,
      SKETCH.parameters(sketches),
    );
  }

  /** Other units' reports that count and hold something like the sought narratives, the likeliest first. */
  async likelyCopies(tx: Transaction, sought: readonly SoughtNarrative[]): Promise<readonly LikelyCopy[]> {
    if (sought.length === 0) return [];
    const rows: { place: number; submission_id: string; unit_id: number; period_id: number; seq: string }[] =
      await tx.query(
        `select q.place, c.submission_id, c.unit_id, c.period_id, c.seq
           from (select ${SOUGHT.values()} from ${SOUGHT.from('input')}) as q (${SOUGHT.names()})
          cross join lateral (
            select k.submission_id, k.unit_id, k.period_id, s.seq,
                   (select count(*) from unnest(k.bands) band where band = any(q.bands)) as agreeing
              from narrative_sketch k
              join submission s on s.id = k.submission_id
              join obligation o on o.accepted_submission_id = s.id
             where k.bands && q.bands and k.narrative = q.narrative and k.unit_id <> q.unit_id
             order by agreeing desc, s.seq limit ${String(CANDIDATES)}) c
          order by q.place, c.agreeing desc, c.seq`,
        SOUGHT.parameters(sought.map((narrative, place) => ({ ...narrative, place }))),
      );
    return rows.map((row) => ({
      place: row.place,
      submissionId: row.submission_id,
      unitId: row.unit_id,
      periodId: row.period_id,
      seq: BigInt(row.seq),
    }));
  }

  /**
   * Writes what was found in checked submissions in the place of what was found before, so that a repetition leaves
   * the same. Hints `besides`, of submissions checked earlier, are added; of two copies of one narrative the greater
   * stays.
   */
  async write(
    tx: Transaction,
    checked: readonly string[],
    yardstickNo: number,
    hints: readonly StoredHint[],
    besides: readonly StoredHint[],
    now: Instant,
  ): Promise<void> {
    await tx.query(
      `insert into hint_check (submission_id, yardstick_no, checked_at) select id, $2, $3 from unnest($1::uuid[]) as id
       on conflict (submission_id) do update set yardstick_no = excluded.yardstick_no, checked_at = excluded.checked_at`,
      [checked, yardstickNo, new Date(now)],
    );
    await tx.query(`delete from submission_hint where submission_id = any($1::uuid[])`, [checked]);
    const all = [...hints, ...besides];
    if (all.length === 0) return;
    await tx.query(
      `${HINT.insertInto('submission_hint')} on conflict (submission_id, kind, pointer) do update
         set hint = excluded.hint, source_submission_id = excluded.source_submission_id
       where (excluded.hint ->> 'share')::int > (submission_hint.hint ->> 'share')::int`,
      HINT.parameters(
        all.map((stored) => ({ ...stored, kind: stored.hint.kind, pointer: stored.hint.pointer })),
      ),
    );
  }
}
