import type { AccountRole } from '../accounts/account-role';
import type { CompiledForm, ReportFacts } from '../forms/compiled-form';
import type { Reason } from '../forms/form';
import { showCount } from '../forms/spoken-figure';
import { judgeRules } from '../rules/judge-rules';
import type { RuleFinding } from '../rules/rule';
import { localDateOf, type Instant, type LocalDate } from '../time';
import { showDay } from '../time-words';
import type { UnitLevel } from '../units/unit';
import type { Accumulators } from '../rollup/rollup';
import type { Adjustment, SignedAdjustment } from './adjustment';
import { cutOffOf, type SigningBase } from './signature';

/** What a signer asks for. */
export interface SigningRequest {
  readonly adjustments: readonly Adjustment[];
  /** Why figures are as they are though a rule asks for a reason; by code of the rule. */
  readonly explanations: Readonly<Record<string, string>>;
  /** How many reports are missing, said by the signer; left out when he says nothing. */
  readonly missing?: number | undefined;
  /** Display name of the account, for adjustments that are new. */
  readonly author: string;
}

export type SignatureDecision =
  | {
      readonly ok: true;
      readonly adjustments: readonly SignedAdjustment[];
      readonly accumulators: Accumulators;
      readonly findings: readonly RuleFinding[];
    }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** Why an account may not sign for a unit; `notYours`: it has nothing to do with it. Null: it may. */
export function signingRefusal(
  account: { readonly role: AccountRole; readonly unitId: number },
  unit: { readonly id: number; readonly level: UnitLevel },
): Reason | 'notYours' | null {
  const own = account.unitId === unit.id;
  switch (unit.level) {
    case 'city':
      return own && account.role === 'city_office' ? null : 'notYours';
    case 'committee':
      return own && account.role === 'committee' ? null : 'notYours';
    case 'grassroots':
    case 'cell':
      return own && (account.role === 'committee' || account.role === 'cell') ? NOT_SIGNING : 'notYours';
  }
}

const NOT_SIGNING: Reason = {
  pointer: '',
  code: 'signature.notACommittee',
  message:
    'Tổ chức cơ sở đảng và chi bộ không ký số liệu tổng hợp; số liệu của đơn vị được tổng hợp vào đảng ủy cấp trên trực tiếp.',
};

/** Why it is too early to sign the figures of a period; null when its data are closed. */
export function tooEarlyToSign(
  period: { readonly label: string; readonly endsOn: LocalDate },
  now: Instant,
): Reason | null {
  const from = cutOffOf(period);
  if (now >= from) return null;
  const message = `${period.label} chốt số liệu hết ngày ${showDay(period.endsOn)}. Ký được từ ngày ${showDay(localDateOf(from))}.`;
  return { pointer: '', code: 'signature.notYet', message };
}

/**
 * What is signed when the figures seen are those that stand: adjusted, judged by the rules of the form (`block`
 * refuses, `explain` asks for its reason), and with what is missing said. `previous`: adjustments of the version before,
 * which keep their author while they stay the same.
 */
export function decideSignature(
  form: CompiledForm,
  { machine, counts }: Pick<SigningBase, 'machine' | 'counts'>,
  known: ReportFacts,
  { adjustments, explanations, missing, author }: SigningRequest,
  previous: readonly SignedAdjustment[],
): SignatureDecision {
  const reasons: Reason[] = [];
  const lacking = counts.expected - counts.accepted;
  if (lacking > 0 && missing !== lacking) {
    const message = `Còn ${showCount(lacking)} trên ${showCount(counts.expected)} báo cáo chưa có số liệu được tiếp nhận. Nếu vẫn ký, đề nghị xác nhận đã biết điều này.`;
    reasons.push({ pointer: '/missing', code: 'signature.incomplete', message });
  }
  const adjusted = form.adjusting.adjust(machine, adjustments);
  if (!adjusted.ok) return { ok: false, reasons: [...reasons, ...adjusted.reasons] };
  const { accumulators } = adjusted;
  const broken = form.contradictions(accumulators, counts.accepted, known);
  const verdict = judgeRules(form.definition.rules, broken, explanations);
  reasons.push(...verdict.reasons);
  if (reasons.length > 0) return { ok: false, reasons };
  return {
    ok: true,
    accumulators,
    findings: verdict.findings,
    adjustments: adjustments.map(({ ref, by, reason }) => ({
      ref,
      by,
      reason,
      author:
        previous.find((one) => one.ref === ref && one.by === by && one.reason === reason)?.author ?? author,
    })),
  };
}
