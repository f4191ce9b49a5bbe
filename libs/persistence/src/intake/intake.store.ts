import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SoundReport } from '@mach/domain';
import { bigintNumber, bytea, integer, jsonText, text, timestamptz, uuid } from '../columns/column';
import { columns } from '../columns/columns';
import { SOUND_REPORT } from '../sound-report';
import type { OutboxMessage } from '../outbox/outbox.store';
import { prepared } from '../prepared-statements';

/** A report about to be written down. */
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
  /**
   * What its form, which its rules ask nothing beside it, found of it: then the decision need not read it again. Null: it
   * is for the decision to judge.
   */
  readonly judged: SoundReport | null;
  /** Receipt number of the report that its sender had seen last; null when that was none. */
  readonly basedOn: string | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** The message that asks for the decision of a group, before it is known which of its reports are new. */
export type GroupMessage = Omit<OutboxMessage, 'payload'>;

export interface StoredReceipt {
  readonly receiptNumber: string;
  readonly receivedAt: number;
}

/**
 * `stored`: written now. `replayed`: the same request was written before, here is its receipt. `keyReused`:
 * the key belongs to another body. `numberTaken`: nothing was written because the receipt number exists; ask
 * again with another. `held`: nothing was written because somebody holds the report's obligation locked; ask
 * again a little later.
 */
export type IntakeOutcome =
  | ({ readonly kind: 'stored' } & StoredReceipt)
  | ({ readonly kind: 'replayed' } & StoredReceipt)
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'numberTaken' }
  | { readonly kind: 'held' };

/** What an earlier request with the same key left. */
export type StandingReceipt = Extract<IntakeOutcome, { readonly kind: 'replayed' | 'keyReused' }>;

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
   * Writes a group of reports and ONE outbox row for all that are new, in one statement and one commit, and
   * answers an outcome for each, in order; the row's payload is `ReportReceivedV2`.
   * Waits for no obligation: a report whose obligation is locked stays out and is `held`, so it delays nobody
   * else. Rows are written in the order of their obligations, so that groups written at the same time take
   * their locks in the same order. Only when some were not written does a second statement read the receipts
   * that stood in the way.
   */
  async receive(reports: readonly ReceivedReport[], message: GroupMessage): Promise<IntakeOutcome[]> {
    const sorted = [...reports].sort((a, b) => a.obligationId - b.obligationId);
    const rows = await this.dataSource.query<{ id: string; written: boolean }[]>(RECEIVE, [
      ...REPORT.parameters(sorted),
      sorted.map(({ obligationId }) => obligationId),
      message.id,
      message.name,
      message.version,
      message.queue,
      new Date(message.occurredAt),
      message.correlationId,
      message.causationId,
    ]);
    if (rows.length === reports.length && rows.every((row) => row.written)) return reports.map(stored);
    const written = new Set(rows.flatMap((row) => (row.written ? [row.id] : [])));
    const held = new Set(rows.flatMap((row) => (row.written ? [] : [row.id])));
    const standing = await this.receiptsOf(
      reports.filter((r) => !written.has(r.submissionId)).map((r) => r.receiptKey),
    );
    return reports.map((report) => {
      if (written.has(report.submissionId)) return stored(report);
      const known = standing.get(report.receiptKey);
      if (known !== undefined) return outcomeOf(known, report.bodyHash);
      return { kind: held.has(report.submissionId) ? 'held' : 'numberTaken' };
    });
  }

  /** What stands under a receipt key: null when nothing was ever received with it. Off the hot path. */
  async find(receiptKey: string, bodyHash: Buffer): Promise<StandingReceipt | null> {
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

const REPORT = columns<ReceivedReport>()({
  submissionId: uuid.as('id'),
  receiptNumber: text,
  receiptKey: text,
  bodyHash: bytea,
  obligationId: bigintNumber,
  formVersionId: uuid,
  accountId: integer,
  payload: jsonText,
  judged: SOUND_REPORT,
  basedOn: text,
  receivedAt: timestamptz,
});

/** The parameters after those of the reports: their obligations once more, and the message. */
const after = (place: number): string => `$${String(REPORT.count + place)}`;

/**
 * `free`: the obligations nobody holds in the way of a new submission. The lock is the one its foreign key
 * takes anyhow, asked for without waiting.
 */
const RECEIVE = prepared(`
  with input as materialized (
    select * from rows from (${REPORT.functions()}) with ordinality as t (${REPORT.names()}, place)
  ), free as materialized (
    select id from obligation where id = any(${after(1)}::bigint[]) for key share skip locked
  ), written as (
    insert into submission (${REPORT.names()})
    select ${REPORT.values()} from input where obligation_id in (select id from free) order by place
    on conflict do nothing
    returning id
  ), queued as (
    insert into outbox (id, name, version, queue, payload, occurred_at, correlation_id, causation_id)
    select ${after(2)}::uuid, ${after(3)}::text, ${after(4)}::smallint, ${after(5)}::text,
      jsonb_build_object('submissionIds', jsonb_agg(id)), ${after(6)}::timestamptz, ${after(7)}::uuid, ${after(8)}::uuid
    from written having count(*) > 0
  )
  select id, true as written from written
  union all
  select id, false from input where obligation_id not in (select id from free)`);

function stored({ receiptNumber, receivedAt }: ReceivedReport): IntakeOutcome {
  return { kind: 'stored', receiptNumber, receivedAt };
}

function outcomeOf(row: ReceiptRow, bodyHash: Buffer): StandingReceipt {
  if (!row.body_hash.equals(bodyHash)) return { kind: 'keyReused' };
  return { kind: 'replayed', receiptNumber: row.receipt_number, receivedAt: row.received_at.getTime() };
}
