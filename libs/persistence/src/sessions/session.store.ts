import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AccountRole, UnitLevel } from '@mach/domain';
import { integer, text } from '../columns/column';
import { columns } from '../columns/columns';

/** An account as a session sees it. */
export interface SessionAccount {
  readonly id: number;
  readonly username: string;
  readonly displayName: string;
  readonly role: AccountRole;
  readonly unit: {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    readonly level: UnitLevel;
  };
}

const ACCOUNT = columns<SessionAccount>()({
  id: integer,
  username: text,
  displayName: text,
  role: text,
  unit: {
    id: integer.at('unit.id'),
    code: text.at('unit.code'),
    name: text.at('coalesce(fact.name, unit.code)'),
    level: text.at('unit.level'),
  },
});

const ACCOUNTS = `
  ${ACCOUNT.selected('account')}
  from account
  join unit on unit.id = account.unit_id
  left join unit_fact fact on fact.unit_id = unit.id and fact.valid_to is null`;

/** Server-side sessions (phiên đăng nhập) and the account behind a user name. */
@Injectable()
export class SessionStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The account that may sign in under `username`, with its password hash; null when unknown or disabled. */
  async credentials(username: string): Promise<{ account: SessionAccount; passwordHash: string } | null> {
    const rows = await this.dataSource.query<{ password_hash: string }[]>(
      `select account.password_hash, ${ACCOUNTS}
       where account.username = $1 and account.disabled_at is null`,
      [username],
    );
    const row = rows[0];
    return row === undefined ? null : { account: ACCOUNT.read(row), passwordHash: row.password_hash };
  }

  /** Remembers a session, and removes the account's sessions that are over. */
  async open(
    session: { tokenHash: Buffer; accountId: number; expiresAt: number },
    now: number,
  ): Promise<void> {
    await this.dataSource.query(`delete from session where account_id = $1 and expires_at <= $2`, [
      session.accountId,
      new Date(now),
    ]);
    await this.dataSource.query(
      `insert into session (token_hash, account_id, expires_at) values ($1, $2, $3)`,
      [session.tokenHash, session.accountId, new Date(session.expiresAt)],
    );
  }

  /** The account of a running session; null when unknown, over, or the account is disabled. */
  async find(tokenHash: Buffer, now: number): Promise<{ account: SessionAccount; expiresAt: number } | null> {
    const rows = await this.dataSource.query<{ expires_at: Date }[]>(
      `select session.expires_at, ${ACCOUNTS}
       join session on session.account_id = account.id
       where session.token_hash = $1 and session.expires_at > $2 and account.disabled_at is null`,
      [tokenHash, new Date(now)],
    );
    const row = rows[0];
    return row === undefined ? null : { account: ACCOUNT.read(row), expiresAt: row.expires_at.getTime() };
  }

  /** The running ones among these sessions, by the token's hash in hex, as `find` would answer them one by one. */
  async findAll(
    tokenHashes: readonly Buffer[],
    now: number,
  ): Promise<ReadonlyMap<string, { account: SessionAccount; expiresAt: number }>> {
    const rows = await this.dataSource.query<{ token: string; expires_at: Date }[]>(
      `select encode(session.token_hash, 'hex') as token, session.expires_at, ${ACCOUNTS}
       join session on session.account_id = account.id
       where session.token_hash = any($1::bytea[]) and session.expires_at > $2 and account.disabled_at is null`,
      [tokenHashes, new Date(now)],
    );
    return new Map(
      rows.map((row) => [row.token, { account: ACCOUNT.read(row), expiresAt: row.expires_at.getTime() }]),
    );
  }

  async close(tokenHash: Buffer): Promise<void> {
    await this.dataSource.query(`delete from session where token_hash = $1`, [tokenHash]);
  }
}
