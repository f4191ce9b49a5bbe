import { Injectable } from '@nestjs/common';
import type { Instant, RecordedActKind, ReportPayload, RuleFinding } from '@mach/domain';
import { DataSource } from 'typeorm';
import { bigints, boolean, integer, jsonb, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';

/** An act (`obligation_act`) as the record tells it. */
export interface ActRead {
  readonly kind: RecordedActKind;
  readonly at: Instant;
  readonly by: { readonly name: string; readonly unit: string };
  readonly version: number | null;
  readonly until: Instant | null;
  readonly reason: string | null;
  readonly figures: Readonly<Record<string, string>> | null;
}

/** A version of a report with its figures in the slots of its own form version. */
export interface VersionRead {
  readonly version: number;
  readonly counts: boolean;
  readonly receiptNumber: string;
  readonly receivedAt: Instant;
  readonly sentBy: string;
  readonly formVersionId: string;
  readonly figures: readonly (bigint | null)[];
  readonly payload: ReportPayload;
  /** What its rules found, each kept with the version. */
  readonly findings: readonly RuleFinding[];
}

const ACT = columns<ActRead>()({
  kind: text.at('a.kind'),
  at: timestamptz.at('a.at'),
  by: { name: text.at('account.display_name'), unit: text.at('coalesce(fact.name, unit.code)') },
  version: integer.at('a.version'),
  until: timestamptz.at('a.until'),
  reason: text.at('a.reason'),
  figures: jsonb.at('a.figures'),
});

const VERSION = columns<VersionRead>()({
  version: integer.at('s.version'),
  counts: boolean.at('s.id = o.accepted_submission_id'),
  receiptNumber: text.at('s.receipt_number'),
  receivedAt: timestamptz.at('s.received_at'),
  sentBy: text.at('account.display_name'),
  formVersionId: uuid.at('s.form_version_id'),
  figures: bigints.at('s.figures'),
  payload: jsonb.at('s.payload'),
  findings: jsonb.at("coalesce(s.findings, '[]'::jsonb)"),
});

/** What a reviewer looks at beside a report (duyệt báo cáo). */
@Injectable()
export class ReviewReads {
  constructor(private readonly dataSource: DataSource) {}

  /** The record of an obligation, oldest first. */
  async acts(obligationId: number): Promise<ActRead[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${ACT.selected()} from obligation_act a
         join account on account.id = a.account_id
         join unit on unit.id = account.unit_id
         left join unit_fact fact on fact.unit_id = unit.id and fact.valid_to is null
        where a.obligation_id = $1 order by a.id`,
      [obligationId],
    );
    return rows.map((row) => ACT.read(row));
  }

  /** The two newest versions found right, the newest first. */
  async versions(obligationId: number): Promise<VersionRead[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${VERSION.selected()} from submission s
         join obligation o on o.id = s.obligation_id
         join account on account.id = s.account_id
        where s.obligation_id = $1 and s.version is not null order by s.seq desc limit 2`,
      [obligationId],
    );
    return rows.map((row) => VERSION.read(row));
  }

  /** What counts of the same unit and requirement in the period before; null when nothing does. */
  async lastPeriod(obligationId: number): Promise<(VersionRead & { readonly label: string }) | null> {
    const rows = await this.dataSource.query<{ label: string }[]>(
      `select ${VERSION.selected()}, p.label from obligation asked
         join period present on present.id = asked.period_id
         join obligation o on o.requirement_id = asked.requirement_id and o.unit_id = asked.unit_id
         join period p on p.id = o.period_id and p.ends_on < present.starts_on
         join submission s on s.id = o.accepted_submission_id
         join account on account.id = s.account_id
        where asked.id = $1 order by p.ends_on desc limit 1`,
      [obligationId],
    );
    const row = rows[0];
    return row === undefined ? null : { ...VERSION.read(row), label: row.label };
  }

  /** Who answers for an obligation above, and whose it is; null when there is none with this id. */
  async parties(
    obligationId: number,
  ): Promise<{ readonly unitId: number; readonly superiorUnitId: number | null } | null> {
    const rows = await this.dataSource.query<{ unitId: number; superiorUnitId: number | null }[]>(
      `select unit_id as "unitId", superior_unit_id as "superiorUnitId" from obligation where id = $1`,
      [obligationId],
    );
    return rows[0] ?? null;
  }
}
