import { Client } from 'pg';

/** Rows locked by another connection, as a frozen process or an operator's open transaction would hold them. */
export class HeldRows {
  private constructor(private readonly client: Client) {}

  /** Runs a locking statement (`select … for update`) in a transaction that stays open. */
  static async hold(
    databaseUrl: string,
    statement: string,
    parameters: readonly unknown[] = [],
  ): Promise<HeldRows> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('begin');
    await client.query(statement, [...parameters]);
    return new HeldRows(client);
  }

  /** Lets go of them, unchanged. */
  async release(): Promise<void> {
    await this.client.query('rollback');
    await this.client.end();
  }
}
