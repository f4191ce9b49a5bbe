import { Injectable } from '@nestjs/common';
import type { CompiledForm, ReportFacts } from '@mach/domain';
import { FactsBesideReports, FormStore, type JudgedReport, type Transaction } from '@mach/persistence';

/** By what the reports of a batch are judged. */
export interface Measures {
  readonly formOf: (formVersionId: string) => CompiledForm;
  /** What rules may ask beside a report on this obligation; nothing when no rule of its form asks. */
  readonly knownOf: (obligationId: string) => ReportFacts;
}

/** Finds the forms of a batch of decisions, and what their rules ask beside the reports. */
@Injectable()
export class DecisionForms {
  constructor(
    private readonly forms: FormStore,
    private readonly beside: FactsBesideReports,
  ) {}

  async measuresFor(
    tx: Transaction,
    { obligations }: { readonly obligations: readonly JudgedReport[] },
  ): Promise<Measures> {
    const formOf = await this.forms.compiledForms(obligations.map(({ formVersionId }) => formVersionId));
    const known = await this.beside.of(obligations, tx);
    return { formOf, knownOf: (obligationId) => known.get(obligationId) ?? {} };
  }
}
