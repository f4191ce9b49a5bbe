import type { AccountRole } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface NewAccount {
  readonly username: string;
  readonly passwordHash: string;
  readonly role: AccountRole;
  readonly unitId: number;
  readonly displayName: string;
}

/** Accounts (tài khoản). Signing in is `SessionStore`'s. */
@Injectable()
export class AccountStore {
  /**
   * Writes the accounts in one statement; a user name that exists keeps its account untouched. @returns how
   * many were new.
   */
  async create(tx: EntityManager, accounts: readonly NewAccount[]): Promise<number> {
    const rows = await tx.query<unknown[]>(
      `insert into account (username, password_hash, role, unit_id, display_name)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[])
       on conflict (username) do nothing returning id`,
      [
        accounts.map((account) => account.username),
        accounts.map((account) => account.passwordHash),
        accounts.map((account) => account.role),
        accounts.map((account) => account.unitId),
        accounts.map((account) => account.displayName),
      ],
    );
    return rows.length;
  }
}
