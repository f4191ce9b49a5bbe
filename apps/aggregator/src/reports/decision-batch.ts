import { Injectable } from '@nestjs/common';
import type { CompiledForm } from '@mach/domain';
import {
  DecisionStore,
  FormStore,
  OutboxStore,
  Transactions,
  type DecisionInput,
  type DecisionOutput,
} from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { decideBatch } from './decide-batch';

/** A `report.received` as it arrived: the message's id and what it is about. */
export interface ReceivedReport {
  readonly messageId: string;
  readonly submissionId: string;
}

/** Decides the reports of several messages in one transaction. */
@Injectable()
export class DecisionBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: OutboxStore,
    private readonly decisions: DecisionStore,
    private readonly forms: FormStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Settles the messages first: only the reports of those that were still unsettled are decided, so a message
   * that comes again changes nothing. Throws when any of them cannot be decided; then nothing of the batch is
   * written.
   */
  async decide(reports: readonly ReceivedReport[]): Promise<DecisionOutput> {
    return this.transactions.run(async (tx) => {
      const unsettled = await this.outbox.settle(
        tx,
        reports.map((report) => report.messageId),
      );
      const wanted = new Set(
        reports.filter((report) => unsettled.has(report.messageId)).map((report) => report.submissionId),
      );
      const input = await this.decisions.load(tx, [...wanted]);
      const output = decideBatch(input, await this.formsOf(input), this.clock.now());
      await this.decisions.save(tx, output);
      return output;
    });
  }

  private async formsOf({ obligations }: DecisionInput): Promise<(formVersionId: string) => CompiledForm> {
    const forms = new Map<string, CompiledForm>();
    for (const id of new Set(obligations.map((obligation) => obligation.formVersionId))) {
      const version = await this.forms.compiledVersion(id);
      if (version !== null) forms.set(id, version.compiled);
    }
    return (id) => {
      const form = forms.get(id);
      if (form === undefined) throw new Error(`form version ${id} does not exist`);
      return form;
    };
  }
}
