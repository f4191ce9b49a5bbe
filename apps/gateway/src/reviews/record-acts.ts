import { Injectable } from '@nestjs/common';
import type { Reason, RecordedAct } from '@mach/domain';
import {
  ActStore,
  Transactions,
  type ActToRecord,
  type OutboxMessage,
  type ReportInHand,
} from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { Account } from '../session/account';
import { AfterActs } from './after-acts';
import { JudgeAct } from './judge-act';

/** An act somebody asks for on one obligation. */
export interface AskedAct {
  readonly obligationId: number;
  readonly act: RecordedAct;
}

/** Null: recorded. `unknown`: there is no such obligation. */
export type ActOutcome = Reason | 'unknown' | null;

interface Recorded {
  readonly outcomes: readonly ActOutcome[];
  readonly reports: readonly ReportInHand[];
  readonly messages: readonly OutboxMessage[];
}

/**
 * Records acts on reports. In one transaction: the obligations are locked, each act is judged on what stands then
 * (somebody else may have been faster, a new version may have come), and what it leaves is written together with the
 * message that the unit is to hear.
 */
@Injectable()
export class RecordActs {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: ActStore,
    private readonly judge: JudgeAct,
    private readonly after: AfterActs,
    private readonly clock: Clock,
  ) {}

  /** At most one act for each obligation. @returns what became of each, in their order. */
  async record(account: Account, asked: readonly AskedAct[]): Promise<readonly ActOutcome[]> {
    const { outcomes, reports, messages } = await this.transactions.run(async (tx): Promise<Recorded> => {
      const at = this.clock.now();
      const inHand = new Map(
        (
          await this.store.lock(
            tx,
            asked.map(({ obligationId }) => obligationId),
          )
        ).map((report) => [report.obligationId, report]),
      );
      const acts: ActToRecord[] = [];
      const found: ActOutcome[] = [];
      for (const { obligationId, act } of asked) {
        const report = inHand.get(obligationId);
        const judged = report === undefined ? null : await this.judge.judge(account, report, act, at);
        if (judged?.ok === true) acts.push(judged.toRecord);
        found.push(judged === null ? 'unknown' : judged.ok ? null : judged.reason);
      }
      const ids = await this.store.record(tx, acts);
      return {
        outcomes: found,
        reports: acts.map(({ report }) => report),
        messages: await this.after.write(tx, acts, ids, at),
      };
    });
    await this.after.tell(reports, messages);
    return outcomes;
  }
}
