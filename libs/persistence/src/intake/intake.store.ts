import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OutboxMessage } from '../outbox/outbox.store';

/** A report about to be written down, with the message that asks for its decision. */
export interface ReceivedReport {
  /** UUID of the submission (lần nộp). */
  readonly submissionId: string;
  /** The number a clerk reads out; taken from random bits, so it may collide once in a long while. */
  readonly receiptNumber: string;
  /** Account and Idempotency-Key. */
  readonly receiptKey: string;
  /** SHA-256 of the body: tells a replay from a key used for two bodies. */
  readonly bodyHash: Buffer;
  readonly obligationId: number;
  readonly formVersionId: string;
  readonly accountId: number;
  /** `ReportPayload` as JSON text. */
  readonly payload: string;
  /** Receipt number of the report that its sender had seen last; null when that was none. */
  readonly basedOn: string | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly message: OutboxMessage;
}

export interface StoredReceipt {
  readonly receiptNumber: string;
  readonly receivedAt: number;
}

/**
 * `stored`: written now. `replayed`: the same request was written before, here is its receipt. `keyReused`:
 * the key belongs to another body. `numberTaken`: nothing was written because the receipt number exists; ask
 * again with another.
 */
export type IntakeOutcome =
  | ({ readonly kind: 'stored' } & StoredReceipt)
  | ({ readonly kind: 'replayed' } & StoredReceipt)
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'numberTaken' };

interface ReceiptRow {
  receipt_key: string;
  receipt_number: string;
  received_at: Date;
  body_hash: Buffer;
}

/** Writes reports down: the only statement on the intake's hot path. */
@Injectable()
export class IntakeStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Writes a group of reports and their outbox rows in ONE statement and one commit, and answers an outcome
   * for each, in order.
   * Rows are written in the order of their obligations, so that groups written at the same time take their
   * locks in the same order. Only when some were not written does a second statement read the receipts that
   * stood in the way.
   */
  async receive(reports: readonly ReceivedReport[]): Promise<IntakeOutcome[]> {
    const sorted = [...reports].sort((a, b) => a.obligationId - b.obligationId);
    const rows = await this.dataSource.query<{ id: string }[]>(
      `with input as materialized (
         select * from rows from (
           unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bigint[], $6::uuid[], $7::int[], $8::timestamptz[],
             $9::uuid[], $10::text[], $11::smallint[], $12::text[], $13::uuid[], $14::uuid[], $15::text[]),
           jsonb_array_elements($16::jsonb), jsonb_array_elements($17::jsonb))
         with ordinality as t (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, received_at,
           message_id, name, version, queue, correlation_id, causation_id, based_on, payload, message, place)
       ), written as (
         insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at,
           based_on)
         select id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, based_on
         from input order by place
         on conflict do nothing
         returning id
       ), queued as (
         insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id, causation_id)
         select message_id, name, version, queue, message, received_at, correlation_id, causation_id
         from input join written using (id) order by place
       )
       select id from written`,
      [
        sorted.map((r) => r.submissionId),
        sorted.map((r) => r.receiptNumber),
        sorted.map((r) => r.receiptKey),
        sorted.map((r) => r.bodyHash),
        sorted.map((r) => r.obligationId),
        sorted.map((r) => r.formVersionId),
        sorted.map((r) => r.accountId),
        sorted.map((r) => new Date(r.receivedAt)),
        sorted.map((r) => r.message.id),
        sorted.map((r) => r.message.name),
        sorted.map((r) => r.message.version),
        sorted.map((r) => r.message.queue),
        sorted.map((r) => r.message.correlationId),
        sorted.map((r) => r.message.causationId),
        sorted.map((r) => r.basedOn),
        // As one JSON array each: in a PostgreSQL array every quote of every text would be escaped, at a cost
        // that shows in the intake.
        `[${sorted.map((r) => r.payload).join(',')}]`,
        JSON.stringify(sorted.map((r) => r.message.payload)),
      ],
    );
    const written = new Set(rows.map((row) => row.id));
    const standing = await this.receiptsOf(
      reports.filter((r) => !written.has(r.submissionId)).map((r) => r.receiptKey),
    );
    return reports.map((report) => {
      if (written.has(report.submissionId))
        return { kind: 'stored', receiptNumber: report.receiptNumber, receivedAt: report.receivedAt };
      return outcomeOf(standing.get(report.receiptKey), report.bodyHash);
    });
  }

  /** What stands under a receipt key: null when nothing was ever received with it. Off the hot path. */
  async find(receiptKey: string, bodyHash: Buffer): Promise<IntakeOutcome | null> {
    const row = (await this.receiptsOf([receiptKey])).get(receiptKey);
    return row === undefined ? null : outcomeOf(row, bodyHash);
  }

  private async receiptsOf(keys: readonly string[]): Promise<Map<string, ReceiptRow>> {
    if (keys.length === 0) return new Map();
    const rows = await this.dataSource.query<ReceiptRow[]>(
      `select receipt_key, receipt_number, received_at, body_hash from submission where receipt_key = any($1::text[])`,
      [keys],
    );
    return new Map(rows.map((row) => [row.receipt_key, row]));
  }
}

function outcomeOf(row: ReceiptRow | undefined, bodyHash: Buffer): IntakeOutcome {
  if (row === undefined) return { kind: 'numberTaken' };
  if (!row.body_hash.equals(bodyHash)) return { kind: 'keyReused' };
  return { kind: 'replayed', receiptNumber: row.receipt_number, receivedAt: row.received_at.getTime() };
}
