import {
  combine,
  emptyAccumulators,
  knownTargets,
  ownTargets,
  type CompiledForm,
  type ReportFacts,
  type HeldTarget,
} from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { FormStore } from '../forms/form.store';
import { TargetStore } from '../indicators/target.store';
import { RuleContextStore, type Queryable, type RuleContext } from './rule-context.store';

/** A report about to be judged: on which obligation, by which form. */
export interface JudgedReport {
  readonly id: string;
  readonly formVersionId: string;
}

/** Finds what the rules of forms ask beside the reports they judge. */
@Injectable()
export class FactsBesideReports {
  constructor(
    private readonly forms: FormStore,
    private readonly contexts: RuleContextStore,
    private readonly targets: TargetStore,
  ) {}

  /**
   * By the obligation's id, read once for all of them; reports whose forms ask for nothing are left out. A
   * transaction that decides them reads by itself, so that it needs no second connection.
   */
  async of(reports: readonly JudgedReport[], tx?: Queryable): Promise<ReadonlyMap<string, ReportFacts>> {
    const versions = new Map(reports.map(({ id, formVersionId }) => [id, formVersionId]));
    const formOf = await this.forms.compiledForms(versions.values());
    const asking = reports.filter(({ formVersionId }) => formOf(formVersionId).ruleNeeds.size > 0);
    const forms = new Set(asking.map(({ formVersionId }) => formOf(formVersionId)));
    const contexts = await this.contexts.load(
      asking.map(({ id }) => id),
      new Set([...forms].flatMap(({ ruleNeeds }) => [...ruleNeeds])),
      tx,
    );
    const earlier = await this.forms.compiledForms(
      contexts.flatMap(({ previous }) => (previous === null ? [] : [previous.formVersionId])),
    );
    const targets = await this.targetsOf(forms, contexts, tx);
    return new Map(
      contexts.map((context) => {
        const form = formOf(versions.get(context.obligationId) ?? '');
        return [
          context.obligationId,
          factsOf(context, { form, earlier, targets: targets.get(context.period) ?? [] }),
        ];
      }),
    );
  }

  /** By period. */
  private async targetsOf(
    forms: ReadonlySet<CompiledForm>,
    contexts: readonly RuleContext[],
    tx: Queryable | undefined,
  ): Promise<ReadonlyMap<string, readonly HeldTarget[]>> {
    const named = [...forms].flatMap(({ besideRules }) =>
      besideRules.flatMap(({ source, ref }) => (source === 'target' ? [ref] : [])),
    );
    const found = new Map<string, readonly HeldTarget[]>();
    if (named.length === 0) return found;
    for (const period of new Set(contexts.map((context) => context.period))) {
      const units = contexts.flatMap((context) => (context.period === period ? [context.unit.code] : []));
      found.set(period, await this.targets.holding(named, units, period, tx));
    }
    return found;
  }
}

function factsOf(
  { unit, period, previous, below }: RuleContext,
  {
    form,
    earlier,
    targets,
  }: {
    readonly form: CompiledForm;
    readonly earlier: (formVersionId: string) => CompiledForm;
    readonly targets: readonly HeldTarget[];
  },
): ReportFacts {
  const accepted = below.reduce((sum, each) => sum + each.accepted, 0);
  const expected = below.reduce((sum, each) => sum + each.expected, 0);
  const total = below.reduce(
    (sum, { accumulators }) => (accumulators === null ? sum : combine(form.ops, sum, accumulators)),
    emptyAccumulators(form.ops),
  );
  return {
    unit: { level: unit.level, kind: unit.kind },
    target: knownTargets(form.definition, period, ownTargets(targets, unit, period)),
    ...(previous === null
      ? {}
      : { previous: earlier(previous.formVersionId).knownAs(previous.figures, previous.sameYear) }),
    // While one report below is out, nothing can be held against their sum.
    ...(accepted === 0 || accepted < expected ? {} : { children: form.knownOfSum(total, accepted) }),
  };
}
