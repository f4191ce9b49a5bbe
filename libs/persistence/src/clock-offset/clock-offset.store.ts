import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/**
 * The demonstration clock: how far it is ahead of the machine's. One row, read by every process that runs
 * with a settable clock.
 */
@Injectable()
export class ClockOffsetStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Milliseconds to add to the machine's time; 0 when the clock was never set. */
  async read(): Promise<number> {
    const rows = await this.dataSource.query<{ offset_ms: string }[]>('select offset_ms from clock_offset');
    return Number(rows[0]?.offset_ms ?? 0);
  }

  async write(offsetMs: number): Promise<void> {
    await this.dataSource.query(
      'insert into clock_offset (offset_ms) values ($1) on conflict (only_row) do update set offset_ms = excluded.offset_ms',
      [Math.round(offsetMs)],
    );
  }

  /** Sets the clock of a fresh database; leaves one that was set before alone. True when it was set. */
  async writeIfUnset(offsetMs: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      'insert into clock_offset (offset_ms) values ($1) on conflict (only_row) do nothing returning 1',
      [Math.round(offsetMs)],
    );
    return rows.length > 0;
  }
}
