import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Accumulators, UnitKind, UnitLevel } from '@mach/domain';
import { bigints, integer, text } from '../columns/column';
import { columns } from '../columns/columns';
import { NAMED_ON, type RollupKey } from './rollup.reads';

/** A node's figures in one period, with how far they are complete. */
export interface NodePeriodRead {
  readonly unit: {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
    readonly kind: UnitKind;
  };
  readonly periodId: number;
  /** Laid out by the form in force in that period; empty until it is first computed. */
  readonly accumulators: Accumulators;
  readonly accepted: number;
  readonly expected: number;
}

const NODE_PERIOD = columns<NodePeriodRead>()({
  unit: {
    id: integer.at('u.id'),
    code: text.at('u.code'),
    name: text.at('coalesce(fact.name, u.code)'),
    level: text.at('u.level'),
    kind: text.at('u.kind'),
  },
  periodId: integer.at('n.period_id'),
  // As text[]: the driver would turn numeric[] into floats.
  accumulators: bigints.at('n.accumulators::text[]'),
  accepted: integer.at('n.accepted'),
  expected: integer.at('n.expected'),
});

/** Figures of several periods side by side. Which nodes there are is said by the tree of the period that is asked. */
@Injectable()
export class ComparisonReads {
  constructor(private readonly dataSource: DataSource) {}

  /** One unit's node in each of these periods, by primary key. */
  async ofNode(key: RollupKey, unitId: number, periodIds: readonly number[]): Promise<NodePeriodRead[]> {
    return this.read(`asked.unit_id = $4`, key, unitId, periodIds);
  }

  /** The unit's node and those right below it, in one statement. */
  async withChildren(
    key: RollupKey,
    unitId: number,
    periodIds: readonly number[],
  ): Promise<NodePeriodRead[]> {
    return this.read(`(asked.unit_id = $4 or asked.parent_unit_id = $4)`, key, unitId, periodIds);
  }

  private async read(
    which: string,
    { requirementId, periodId, asOf }: RollupKey,
    unitId: number,
    periodIds: readonly number[],
  ): Promise<NodePeriodRead[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${NODE_PERIOD.selected()}
       from rollup_node asked
       join rollup_node n on n.requirement_id = asked.requirement_id and n.period_id = any($5) and n.unit_id = asked.unit_id
       join unit u on u.id = asked.unit_id ${NAMED_ON}
       where asked.requirement_id = $1 and asked.period_id = $2 and ${which}
       order by asked.depth, u.code`,
      [requirementId, periodId, asOf, unitId, periodIds],
    );
    return rows.map((row) => NODE_PERIOD.read(row));
  }
}
