import type { ReportFacts, ReportPayload } from '@mach/domain';
import { FormStore } from '@mach/persistence';
import { Injectable } from '@nestjs/common';
import { ProblemException } from '../problems/problem.exception';

/**
 * Judges a report by its form before the receipt, as far as the report itself tells (ADR 0035): what is wrong in it
 * is answered to the person who can mend it, and nothing is stored.
 */
@Injectable()
export class JudgeReport {
  constructor(private readonly forms: FormStore) {}

  /**
   * Null when it is let in. What is merely left out is decided after the receipt: a correction of single figures
   * says nothing of the others.
   */
  async refusal(
    formVersionId: string,
    payload: ReportPayload,
    known: ReportFacts,
  ): Promise<ProblemException | null> {
    const form = await this.forms.compiledVersion(formVersionId);
    if (form === null) throw new Error(`form version ${formVersionId} does not exist`);
    const checked = form.compiled.check(payload, known);
    if (checked.ok || checked.reasons.every(({ code }) => code.endsWith('.missing'))) return null;
    return new ProblemException('report.invalid', { errors: checked.reasons });
  }
}
