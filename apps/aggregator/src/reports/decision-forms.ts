import { Injectable } from '@nestjs/common';
import { combine, emptyAccumulators, type CompiledForm, type ReportFacts } from '@mach/domain';
import {
  FormStore,
  RuleContextStore,
  type ObligationInHand,
  type RuleContext,
  type Transaction,
} from '@mach/persistence';

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
    private readonly contexts: RuleContextStore,
  ) {}

  async measuresFor(
    tx: Transaction,
    { obligations }: { readonly obligations: readonly Pick<ObligationInHand, 'id' | 'formVersionId'>[] },
  ): Promise<Measures> {
    const forms = new Map<string, CompiledForm>();
    const remember = async (id: string): Promise<void> => {
      const version = forms.has(id) ? null : await this.forms.compiledVersion(id);
      if (version !== null) forms.set(id, version.compiled);
    };
    for (const { formVersionId } of obligations) await remember(formVersionId);
    const formOf = (id: string): CompiledForm => {
      const form = forms.get(id);
      if (form === undefined) throw new Error(`form version ${id} does not exist`);
      return form;
    };
    const asking = obligations.filter(({ formVersionId }) => formOf(formVersionId).ruleNeeds.size > 0);
    const needs = new Set(asking.flatMap(({ formVersionId }) => [...formOf(formVersionId).ruleNeeds]));
    const contexts = await this.contexts.load(
      tx,
      asking.map(({ id }) => id),
      needs,
    );
    for (const { previous } of contexts) if (previous !== null) await remember(previous.formVersionId);
    const formVersionOf = new Map(obligations.map((obligation) => [obligation.id, obligation.formVersionId]));
    const known = new Map(
      contexts.map((context) => {
        const form = formOf(formVersionOf.get(context.obligationId) ?? '');
        return [context.obligationId, factsOf(context, form, formOf)];
      }),
    );
    return { formOf, knownOf: (obligationId) => known.get(obligationId) ?? {} };
  }
}

function factsOf(
  { unit, previous, below }: RuleContext,
  form: CompiledForm,
  formOf: (id: string) => CompiledForm,
): ReportFacts {
  const reports = below.reduce((sum, each) => sum + each.reports, 0);
  const total = below.reduce(
    (sum, { accumulators }) => combine(form.ops, sum, accumulators),
    emptyAccumulators(form.ops),
  );
  return {
    unit,
    ...(previous === null
      ? {}
      : { previous: formOf(previous.formVersionId).knownAs(previous.figures, previous.sameYear) }),
    ...(reports === 0 ? {} : { children: form.knownOfSum(total, reports) }),
  };
}
