import { Injectable } from '@nestjs/common';
import {
  dueOf,
  next,
  nextNoticeAt,
  owes,
  partOf,
  type Instant,
  type Reason,
  type RecordedAct,
  type ReportLife,
} from '@mach/domain';
import { FormStore, type ActToRecord, type ReportInHand } from '@mach/persistence';
import type { Account } from '../session/account';

export type JudgedAct =
  { readonly ok: true; readonly toRecord: ActToRecord } | { readonly ok: false; readonly reason: Reason };

/** Judges an act by the state machine, and works out what is to be written when it may be done. */
@Injectable()
export class JudgeAct {
  constructor(private readonly forms: FormStore) {}

  async judge(account: Account, report: ReportInHand, act: RecordedAct, at: Instant): Promise<JudgedAct> {
    const part = partOf({ role: account.role, unitId: account.unit.id }, report);
    const passage = next(report.life, act, part, at);
    if (!passage.ok) return passage;
    const after = passage.life;
    const withheld = await this.withheld(report, act, after);
    if (withheld !== null && !withheld.ok) return withheld;
    return {
      ok: true,
      toRecord: {
        report,
        act,
        accountId: account.id,
        at,
        after,
        nextNoticeAt: remindedFrom(report, after, at),
        contribution: withheld?.contribution ?? null,
      },
    };
  }

  /** What still counts of a report while some of its figures are given back; null for every other act. */
  private async withheld(
    { counting }: ReportInHand,
    act: RecordedAct,
    { stage }: ReportLife,
  ): Promise<
    | { readonly ok: true; readonly contribution: readonly (bigint | null)[] }
    | { readonly ok: false; readonly reason: Reason }
    | null
  > {
    if (act.kind !== 'return_figures' || stage.kind !== 'figuresReturned' || counting === null) return null;
    const form = await this.forms.compiledVersion(counting.formVersionId);
    if (form === null) throw new Error(`form version ${counting.formVersionId} does not exist`);
    const { indicators } = form.compiled.definition;
    const unknown = Object.keys(act.figures).find(
      (code) => !indicators.some((each) => each.code === code && each.type !== 'subtotal'),
    );
    if (unknown !== undefined) {
      const message = `Biểu mẫu không có số liệu mang mã «${unknown}» do đơn vị nhập.`;
      return { ok: false, reason: { pointer: '/figures', code: 'figure.unknown', message } };
    }
    const codes = new Set(Object.keys(stage.figures));
    return { ok: true, contribution: form.compiled.contributionWithout(counting.figures, codes) };
  }
}

/** Reminding begins anew where something else is owed, or by another time; steps that have passed do not fall again. */
function remindedFrom(
  { life, policy }: ReportInHand,
  after: ReportLife,
  at: Instant,
): ActToRecord['nextNoticeAt'] {
  if (owes(life) === owes(after) && dueOf(life) === dueOf(after)) return 'unchanged';
  return owes(after) ? nextNoticeAt(policy, dueOf(after), at) : null;
}
