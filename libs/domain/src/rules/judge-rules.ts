import type { Reason } from '../forms/form';
import { pointerTo } from '../pointer';
import type { ReadRule, RuleFinding } from './rule';

/** What the rules make of one report: why it is refused, and what is said of it when it is not. */
export interface RuleVerdict {
  readonly reasons: readonly Reason[];
  /** Kept with the report: hints, and what was explained, with the reason given. */
  readonly findings: readonly RuleFinding[];
}

/**
 * `block` refuses, `explain` refuses unless the unit says why (`explanations`, by code of the rule), `hint` is only
 * kept. An explanation under a code that no rule has is refused; one that turned out not to be needed is not.
 */
export function judgeRules(
  rules: readonly Pick<ReadRule, 'code'>[],
  broken: readonly RuleFinding[],
  explanations: Readonly<Record<string, string>>,
): RuleVerdict {
  const reasons: Reason[] = [];
  const findings: RuleFinding[] = [];
  for (const finding of broken) {
    const explanation = (explanations[finding.rule] ?? '').trim();
    switch (finding.severity) {
      case 'block':
        reasons.push(reasonOf(finding));
        break;
      case 'explain':
        if (explanation === '') reasons.push(unexplained(finding));
        else findings.push({ ...finding, explanation });
        break;
      case 'hint':
        findings.push(finding);
        break;
    }
  }
  for (const code of Object.keys(explanations)) {
    if (rules.some((rule) => rule.code === code)) continue;
    const message = `Biểu mẫu không có quy tắc mang mã «${code}» để giải trình. Đề nghị bỏ phần này.`;
    reasons.push({ pointer: pointerTo('/explanations', code), code: 'explanation.unknown', message });
  }
  return { reasons, findings };
}

function reasonOf({ rule, code, pointers, message }: RuleFinding): Reason {
  return { pointer: pointers[0] ?? '', code, message, rule, pointers };
}

function unexplained(finding: RuleFinding): Reason {
  const message = `${finding.message} Đề nghị sửa số liệu, hoặc giải trình lý do nếu số liệu đúng.`;
  return { ...reasonOf(finding), code: 'rule.unexplained', message };
}
