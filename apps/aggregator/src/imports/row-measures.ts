import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@mach/domain';
import { ImportContextReads, Transactions, type ImportInHand, type MetUnit } from '@mach/persistence';
import { DecisionForms, type Measures } from '../reports/decision-forms';

/** What rows of a table meet: their units, and by what the reports on their obligations would be decided. */
export interface MetRows {
  /** By their codes. */
  readonly units: ReadonlyMap<string, MetUnit>;
  readonly knownOf: Measures['knownOf'];
}

/** Reads for a dry run what the decision would read for the reports. */
@Injectable()
export class RowMeasures {
  constructor(
    private readonly transactions: Transactions,
    private readonly context: ImportContextReads,
    private readonly forms: DecisionForms,
  ) {}

  /** Ids of the units that an import of this unit may touch. */
  reach(unitId: number, asOf: LocalDate): Promise<ReadonlySet<number>> {
    return this.context.subtree(unitId, asOf);
  }

  /** For rows that name units by these codes. */
  of({ requirement, period, formVersionId }: ImportInHand, codes: readonly string[]): Promise<MetRows> {
    return this.transactions.run(async (tx) => {
      const units = await this.context.units(tx, codes, requirement.id, period.id);
      const obligations = [...units.values()].flatMap(({ obligation }) =>
        obligation === null ? [] : [{ id: obligation.id, formVersionId }],
      );
      return { units, knownOf: (await this.forms.measuresFor(tx, { obligations })).knownOf };
    });
  }
}
