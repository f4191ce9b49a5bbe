import type { AccountRole } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { integer, text } from '../columns/column';
import { columns } from '../columns/columns';

export interface NewAccount {
  readonly username: string;
  readonly passwordHash: string;
  readonly role: AccountRole;
  readonly unitId: number;
  readonly displayName: string;
}

const ACCOUNT = columns<NewAccount>()({
  username: text,
  passwordHash: text,
  role: text,
  unitId: integer,
  displayName: text,
});
const CREATE = `${ACCOUNT.insertInto('account')} on conflict (username) do nothing returning id`;

/** Accounts (tài khoản). Signing in is `SessionStore`'s. */
@Injectable()
export class AccountStore {
  /**
   * Writes the accounts in one statement; a user name that exists keeps its account untouched. @returns how
   * many were new.
   */
  async create(tx: EntityManager, accounts: readonly NewAccount[]): Promise<number> {
    const rows = await tx.query<unknown[]>(CREATE, ACCOUNT.parameters(accounts));
    return rows.length;
  }
}
