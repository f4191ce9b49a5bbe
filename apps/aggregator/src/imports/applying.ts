import { Injectable } from '@nestjs/common';
import { REPORTS_TOGETHER_AT_MOST } from '@mach/contracts';
import { DUTIES, localDateOf, refuseByWindow, refuseOtherForm, type Reason } from '@mach/domain';
import {
  ImportContextReads,
  ImportRowStore,
  type ImportInHand,
  type RowOutcome,
  type WaitingRow,
} from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { RowSender } from './row-sender';

/** Rows of which the rights are read together; then they are sent in the groups in which reports travel. */
const ROWS_TOGETHER = 4 * REPORTS_TOGETHER_AT_MOST;

/** Rows that were sent. */
export interface SentRows {
  /** Where to go on: the number of the last row looked at; null when there was none. */
  readonly last: number | null;
}

/** Applies a dry run: sends its rows, a group at a time, and writes down what became of them. */
@Injectable()
export class Applying {
  constructor(
    private readonly rows: ImportRowStore,
    private readonly context: ImportContextReads,
    private readonly sender: RowSender,
    private readonly clock: Clock,
  ) {}

  /** Sends the next rows behind row `after`. Those whose obligation somebody holds locked stay for a later round. */
  async sendNext(one: ImportInHand, after: number): Promise<SentRows> {
    const waiting = await this.rows.waiting(one.id, after, ROWS_TOGETHER);
    const last = waiting.at(-1)?.rowNo ?? null;
    if (last === null) return { last };
    const refused = await this.refusals(one, waiting);
    const withheld = [...refused].map(([rowNo, refusal]): RowOutcome => ({
      rowNo,
      receiptNumber: null,
      refusal,
    }));
    if (withheld.length > 0) await this.rows.record(one.id, withheld);
    const open = waiting.filter(({ rowNo }) => !refused.has(rowNo));
    for (let at = 0; at < open.length; at += REPORTS_TOGETHER_AT_MOST) {
      const sent = await this.sender.send(one, open.slice(at, at + REPORTS_TOGETHER_AT_MOST));
      if (sent.length > 0) await this.rows.record(one.id, sent);
    }
    return { last };
  }

  /** Rows that cannot be sent any more: rights, windows and forms are looked at as they are now. */
  private async refusals(
    one: ImportInHand,
    waiting: readonly WaitingRow[],
  ): Promise<ReadonlyMap<number, Reason>> {
    const now = this.clock.now();
    const account = one.appliedBy === null ? null : await this.context.account(one.appliedBy);
    const mayReport = account !== null && DUTIES[account.role].reports;
    const reach = mayReport
      ? await this.context.subtree(account.unitId, localDateOf(now))
      : new Set<number>();
    const sameForm =
      (await this.context.formVersionId(one.requirement.id, one.period.id)) === one.formVersionId;
    return new Map(
      waiting.flatMap(({ rowNo, unitId, obligation }) => {
        const refusal = !reach.has(unitId)
          ? NO_RIGHT
          : sameForm
            ? refuseByWindow(obligation, now)
            : refuseOtherForm();
        return refusal === null ? [] : [[rowNo, refusal] as const];
      }),
    );
  }
}

const NO_RIGHT: Reason = {
  pointer: '/unit',
  code: 'auth.forbidden',
  message: 'Tài khoản nhập tệp không còn được nộp báo cáo của đơn vị này.',
};
