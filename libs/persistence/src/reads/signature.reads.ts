import { Injectable } from '@nestjs/common';
import type { Instant } from '@mach/domain';
import { DataSource } from 'typeorm';
import { boolean, integer, text, timestamptz } from '../columns/column';
import { columns, nullable } from '../columns/columns';
import { SIGNABLE } from './node-state';
import type { RollupKey } from './rollup.reads';

/** A committee under a node, with what it signed last. */
export interface SignedChild {
  readonly unitId: number;
  readonly unit: { readonly code: string; readonly name: string };
  readonly expected: number;
  readonly accepted: number;
  /** Null while it has signed nothing. */
  readonly signature: {
    readonly version: number;
    readonly signedAt: Instant;
    readonly signer: string;
    readonly contentHash: string;
    /** How many figures were adjusted. */
    readonly adjusted: number;
    /** Accepted reports that came, less those that went, since it was signed. */
    readonly reportsSince: number;
    /** Whether the machine has other figures than when it was signed. */
    readonly figuresChanged: boolean;
  } | null;
}

const SIGNED_CHILD = columns<SignedChild>()({
  unitId: integer.at('n.unit_id'),
  unit: { code: text.at('u.code'), name: text.at('coalesce(fact.name, u.code)') },
  expected: integer.at('n.expected'),
  accepted: integer.at('n.accepted'),
  signature: nullable({
    version: integer.at('s.version'),
    signedAt: timestamptz.at('s.signed_at'),
    signer: text.at('s.signer'),
    contentHash: text.at('s.content_hash'),
    adjusted: integer.at('jsonb_array_length(s.adjustments)'),
    reportsSince: integer.at(`n.accepted - (s.counts ->> 'accepted')::int`),
    figuresChanged: boolean.at(`case when s.id is not null then ${SIGNABLE} <> s.machine end`),
  }),
});

/** What was signed, for the screens. */
@Injectable()
export class SignatureReads {
  constructor(private readonly dataSource: DataSource) {}

  /** The committees right under a node: who signed, and whether something came after. */
  async ofCommittees(key: RollupKey, parentUnitId: number): Promise<readonly SignedChild[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${SIGNED_CHILD.selected()}
       from rollup_node n
       join unit u on u.id = n.unit_id and u.level = 'committee'
       left join unit_fact fact on fact.unit_id = u.id and fact.valid_from <= $3 and (fact.valid_to is null or fact.valid_to > $3)
       left join lateral (
         select * from signature s
         where s.requirement_id = n.requirement_id and s.period_id = n.period_id and s.unit_id = n.unit_id
         order by s.version desc limit 1) s on true
       where n.requirement_id = $1 and n.period_id = $2 and n.parent_unit_id = $4
       order by u.code`,
      [key.requirementId, key.periodId, key.asOf, parentUnitId],
    );
    return rows.map((row) => SIGNED_CHILD.read(row));
  }
}
