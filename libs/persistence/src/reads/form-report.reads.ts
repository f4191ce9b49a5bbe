import type { Figures } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bigints, bigintText, integer, text, uuid } from '../columns/column';
import { columns } from '../columns/columns';

/** The newest period of a requirement in which a report counts that was drawn up on the form. */
export interface LastPeriod {
  readonly requirementId: string;
  readonly periodId: number;
  readonly label: string;
}

export interface FormReport {
  readonly obligationId: string;
  readonly formVersionId: string;
  readonly figures: Figures;
}

const LAST = columns<LastPeriod>()({
  requirementId: uuid.at('r.id'),
  periodId: integer.at('p.id'),
  label: text.at('p.label'),
});

const REPORT = columns<FormReport>()({
  obligationId: bigintText.at('o.id'),
  formVersionId: uuid.at('s.form_version_id'),
  figures: bigints.at('s.figures'),
});

/** Accepted reports on a form, for who designs it. */
@Injectable()
export class FormReportReads {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when no report on the form counts yet. */
  async lastPeriod(formCode: string): Promise<LastPeriod | null> {
    const rows = await this.dataSource.query<object[]>(
      `select ${LAST.selected()} from requirement r
       join period p on p.scheme = r.period_scheme
       where exists (
           select 1 from form f join form_version v on v.form_id = f.id
           where f.code = $1 and (v.id = r.form_version_id or v.id in (
             select q.form_version_id from requirement_form q where q.requirement_id = r.id)))
         and exists (
           select 1 from obligation o
           where o.requirement_id = r.id and o.period_id = p.id and o.accepted_submission_id is not null)
       order by p.ends_on desc, r.code limit 1`,
      [formCode],
    );
    return rows[0] === undefined ? null : LAST.read(rows[0]);
  }

  /** Reports that count in a period, a page at a time in the order of their obligations. */
  async page({ requirementId, periodId }: LastPeriod, after: string, limit: number): Promise<FormReport[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${REPORT.selected()} from obligation o join submission s on s.id = o.accepted_submission_id
       where o.requirement_id = $1 and o.period_id = $2 and o.id > $3 order by o.id limit $4`,
      [requirementId, periodId, after, limit],
    );
    return rows.map((row) => REPORT.read(row));
  }
}
