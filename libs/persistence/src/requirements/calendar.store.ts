import type { LocalDate, WorkingCalendar } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boolean, date, text } from '../columns/column';
import { columns } from '../columns/columns';
import { WorkingDayExceptionRow } from '../rows/period.row';

/** A weekday not worked, or a weekend day worked in exchange (`worked`). */
export interface WorkingDayException {
  readonly day: LocalDate;
  readonly worked: boolean;
  readonly name: string;
}

const DAY = columns<WorkingDayException>()({ day: date, worked: boolean, name: text });
const ADD = `${DAY.insertInto('working_day_exception')} on conflict (day) do nothing`;

/** The working-day calendar (lịch làm việc): weekends are known, every other exception is a row. */
@Injectable()
export class CalendarStore {
  constructor(private readonly dataSource: DataSource) {}

  async read(tx: EntityManager = this.dataSource.manager): Promise<WorkingCalendar> {
    const days = await tx.getRepository(WorkingDayExceptionRow).find();
    return {
      holidays: new Set(days.filter((day) => !day.worked).map((day) => day.day)),
      swapWorkingDays: new Set(days.filter((day) => day.worked).map((day) => day.day)),
    };
  }

  /** Adds days that are not listed yet; a listed day keeps what an administrator made of it. */
  async add(tx: EntityManager, days: readonly WorkingDayException[]): Promise<void> {
    await tx.query(ADD, DAY.parameters(days));
  }
}
