import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Accumulators, UnitKind, UnitLevel } from '@mach/domain';
import { integer, joinedBigints, text } from '../columns/column';
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
  /** Those that were wanted of this period, by the form in force then; empty until the node is first computed. */
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
  // As text: the driver would turn numeric[] into floats.
  accumulators: joinedBigints.at(`array_to_string(n.accumulators[wanted.first + 1:wanted.last], ',', '')`),
  accepted: integer.at('n.accepted'),
  expected: integer.at('n.expected'),
});

/** A period with which of its accumulators are wanted: from `first` to before `end`. */
export interface WantedPeriod {
  readonly id: number;
  readonly first: number;
  readonly end: number;
}

/** Figures of several periods side by side. Which nodes there are is said by the tree of the period that is asked. */
@Injectable()
export class ComparisonReads {
  constructor(private readonly dataSource: DataSource) {}

  /** One unit's node in each of these periods, by primary key. */
  async ofNode(key: RollupKey, unitId: number, periods: readonly WantedPeriod[]): Promise<NodePeriodRead[]> {
    return this.read(`asked.unit_id = $4`, key, unitId, periods);
  }

  /** The unit's node and those right below it, in one statement. */
  async withChildren(
    key: RollupKey,
    unitId: number,
    periods: readonly WantedPeriod[],
  ): Promise<NodePeriodRead[]> {
    return this.read(`(asked.unit_id = $4 or asked.parent_unit_id = $4)`, key, unitId, periods);
  }

  private async read(
    which: string,
    { requirementId, periodId, asOf }: RollupKey,
    unitId: number,
    periods: readonly WantedPeriod[],
  ): Promise<NodePeriodRead[]> {
    const rows = await this.dataSource.query<object[]>(
      `select ${NODE_PERIOD.selected()}
       from rollup_node asked
       cross join unnest($5::int[], $6::int[], $7::int[]) as wanted (period_id, first, last)
       join rollup_node n
         on n.requirement_id = asked.requirement_id and n.period_id = wanted.period_id and n.unit_id = asked.unit_id
       join unit u on u.id = asked.unit_id ${NAMED_ON}
       where asked.requirement_id = $1 and asked.period_id = $2 and ${which}
       order by asked.depth, u.code`,
      [
        requirementId,
        periodId,
        asOf,
        unitId,
        periods.map(({ id }) => id),
        periods.map(({ first }) => first),
        periods.map(({ end }) => end),
      ],
    );
    return rows.map((row) => NODE_PERIOD.read(row));
  }
}
