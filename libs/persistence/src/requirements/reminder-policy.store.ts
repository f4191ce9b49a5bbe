import type { ReminderPolicy } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { insertNew } from '../rows/insert-new';
import { ReminderPolicyRow } from '../rows/reminder-policy.row';

export interface ReminderPolicyRecord {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly definition: ReminderPolicy;
}

/** Reminder policies (quy tắc đôn đốc). */
@Injectable()
export class ReminderPolicyStore {
  constructor(private readonly dataSource: DataSource) {}

  async all(): Promise<ReminderPolicyRecord[]> {
    return this.dataSource.getRepository(ReminderPolicyRow).find({ order: { code: 'ASC' } });
  }

  async byCode(code: string): Promise<ReminderPolicyRecord | null> {
    return this.dataSource.getRepository(ReminderPolicyRow).findOneBy({ code });
  }

  async byId(id: string, tx: EntityManager = this.dataSource.manager): Promise<ReminderPolicyRecord | null> {
    return tx.getRepository(ReminderPolicyRow).findOneBy({ id });
  }

  /** @returns false when the code is taken. */
  async create(tx: EntityManager, policy: ReminderPolicyRecord): Promise<boolean> {
    return (await insertNew(tx, ReminderPolicyRow, policy)) !== null;
  }
}
