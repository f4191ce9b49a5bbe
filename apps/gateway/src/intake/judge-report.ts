import type { SoundReport, ReportFacts, ReportPayload } from '@mach/domain';
import { FormStore } from '@mach/persistence';
import { Injectable } from '@nestjs/common';
import { ProblemException } from '../problems/problem.exception';

/** `letIn` with what was found of the report, where nothing that only the decision knows can change it. */
export type Verdict =
  | { readonly kind: 'letIn'; readonly judged: SoundReport | null }
  | { readonly kind: 'refused'; readonly problem: ProblemException };

/**
 * Judges a report by its form before the receipt, as far as the report itself tells (ADR 0035): what is wrong in it
 * is answered to the person who can mend it, and nothing is stored. What is found of a right one is written down with
 * it, so that the decision does not judge it again (ADR 0044).
 */
@Injectable()
export class JudgeReport {
  constructor(private readonly forms: FormStore) {}

  /**
   * What is merely left out is decided after the receipt: a correction of single figures says nothing of the others.
   * So is what rules find that ask for more than the report.
   */
  async judge(formVersionId: string, payload: ReportPayload, known: ReportFacts): Promise<Verdict> {
    const form = await this.forms.compiledVersion(formVersionId);
    if (form === null) throw new Error(`form version ${formVersionId} does not exist`);
    const checked = form.compiled.check(payload, known);
    if (checked.ok) return { kind: 'letIn', judged: form.compiled.ruleNeeds.size === 0 ? checked : null };
    if (checked.reasons.every(({ code }) => code.endsWith('.missing')))
      return { kind: 'letIn', judged: null };
    return {
      kind: 'refused',
      problem: new ProblemException('report.invalid', { errors: checked.reasons }),
    };
  }
}
