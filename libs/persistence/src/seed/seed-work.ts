import {
  PLAN_TYPES,
  checkCatalogueIndicator,
  checkDeadlineRule,
  checkReminderPolicy,
  checkReviewRule,
  checkTarget,
  checkWindowRule,
  embedIndicators,
  planSymbol,
  type Catalogue,
  type CatalogueIndicator,
  type DeadlineRule,
  type FormDefinition,
  type PeriodScheme,
  type PlanType,
  type Reason,
  type ReminderPolicy,
  type ReviewRule,
  type Target,
  type WindowRule,
} from '@mach/domain';
import { readSeedJson } from './seed-files';

interface PlanFile {
  readonly type: string;
  readonly number: number;
  readonly issuer: string;
  readonly issuerSymbol: string;
  readonly term: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly parent: string | null;
  readonly carriesOut: readonly string[];
}

interface DefinitionFile {
  readonly code: string;
  readonly title: string;
  readonly definition: unknown;
}

interface RequirementFile {
  readonly code: string;
  readonly plan: string;
  /** Code of the form, of which its first version is asked. */
  readonly form: string;
  readonly title: string;
  readonly periodScheme: PeriodScheme;
  readonly deadlineRule: unknown;
  readonly windowRule: unknown;
  readonly review: unknown;
  readonly scopeUnit: string;
  readonly activeFrom: string;
  /** Keys of the periods to open. */
  readonly opens: readonly string[];
}

export interface SeedWork {
  readonly plans: readonly (PlanFile & { readonly type: PlanType; readonly symbol: string })[];
  readonly indicators: readonly CatalogueIndicator[];
  readonly targets: readonly Target[];
  readonly forms: readonly (DefinitionFile & { readonly definition: FormDefinition })[];
  readonly policy: DefinitionFile & { readonly definition: ReminderPolicy };
  readonly requirements: readonly (RequirementFile & {
    readonly deadlineRule: DeadlineRule;
    readonly windowRule: WindowRule;
    readonly review: ReviewRule | null;
  })[];
}

/**
 * The plans, catalogue of indicators, forms, reminder policy and requirements of the demonstration, checked as the
 * administrator's API would check them.
 */
export function readSeedWork(): SeedWork {
  const plans = (readSeedJson('plans.json') as readonly PlanFile[]).map((plan) => {
    const type = PLAN_TYPES.find((each) => each === plan.type);
    if (type === undefined) throw new Error(`plans.json: unknown type ${plan.type}`);
    return { ...plan, type, symbol: planSymbol(type, plan.number, plan.issuerSymbol) };
  });
  const indicators = (readSeedJson('indicators.json') as readonly unknown[]).map(
    (indicator) => accepted('indicators.json', checkCatalogueIndicator(indicator)).indicator,
  );
  const catalogue: Catalogue = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const policy = readSeedJson('reminder-policy.json') as DefinitionFile;
  return {
    plans,
    indicators,
    targets: readTargets(catalogue),
    forms: (readSeedJson('forms.json') as readonly DefinitionFile[]).map((form) => ({
      ...form,
      definition: accepted('forms.json', embedIndicators(form.definition, catalogue)).definition,
    })),
    policy: {
      ...policy,
      definition: accepted('reminder-policy.json', checkReminderPolicy(policy.definition)).policy,
    },
    requirements: (readSeedJson('requirements.json') as readonly RequirementFile[]).map((requirement) => ({
      ...requirement,
      deadlineRule: accepted('requirements.json', checkDeadlineRule(requirement.deadlineRule)).rule,
      windowRule: accepted('requirements.json', checkWindowRule(requirement.windowRule)).rule,
      review: accepted('requirements.json', checkReviewRule(requirement.review)).rule,
    })),
  };
}

function readTargets(catalogue: Catalogue): readonly Target[] {
  const targets = readSeedJson('targets.json') as readonly { readonly indicator: string }[];
  return targets.map(({ indicator: code, ...target }) => {
    const indicator = catalogue.get(code);
    if (indicator === undefined) throw new Error(`targets.json: unknown indicator ${code}`);
    return accepted('targets.json', checkTarget(target, indicator)).target;
  });
}

function accepted<T extends { readonly ok: true }>(
  file: string,
  checked: T | { readonly ok: false; readonly reasons: readonly Reason[] },
): T {
  if (checked.ok) return checked;
  throw new Error(
    `${file}: ${checked.reasons.map((reason) => `${reason.pointer} ${reason.message}`).join('; ')}`,
  );
}
