import type { Period, PeriodScheme } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { insertNew } from '../rows/insert-new';
import { PeriodRow } from '../rows/period.row';

export interface PeriodRecord extends Period {
  readonly id: number;
}

/** Reporting periods (kỳ báo cáo) that were opened. */
@Injectable()
export class PeriodStore {
  constructor(private readonly dataSource: DataSource) {}

  async byKey(scheme: PeriodScheme, key: string): Promise<PeriodRecord | null> {
    return this.dataSource.getRepository(PeriodRow).findOneBy({ scheme, key });
  }

  /**
   * The stored period, written down first when it is not there yet. A stored period keeps the dates it was
   * opened with.
   */
  async ensure(tx: EntityManager, period: Period): Promise<PeriodRecord> {
    const { scheme, key } = period;
    await insertNew(tx, PeriodRow, period);
    return tx.getRepository(PeriodRow).findOneByOrFail({ scheme, key });
  }
}
