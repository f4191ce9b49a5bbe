import {
  PLAN_TYPES,
  checkDeadlineRule,
  checkFormDefinition,
  checkReminderPolicy,
  checkReviewRule,
  checkWindowRule,
  planSymbol,
  type DeadlineRule,
  type FormDefinition,
  type PeriodScheme,
  type PlanType,
  type Reason,
  type ReminderPolicy,
  type ReviewRule,
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
  readonly form: DefinitionFile & { readonly definition: FormDefinition };
  readonly policy: DefinitionFile & { readonly definition: ReminderPolicy };
  readonly requirement: RequirementFile & {
    readonly deadlineRule: DeadlineRule;
    readonly windowRule: WindowRule;
    readonly review: ReviewRule | null;
  };
}

/**
 * The plans, form, reminder policy and requirement of the demonstration, checked as the administrator's API
 * would check them.
 */
export function readSeedWork(): SeedWork {
  const plans = (readSeedJson('plans.json') as readonly PlanFile[]).map((plan) => {
    const type = PLAN_TYPES.find((each) => each === plan.type);
    if (type === undefined) throw new Error(`plans.json: unknown type ${plan.type}`);
    return { ...plan, type, symbol: planSymbol(type, plan.number, plan.issuerSymbol) };
  });
  const form = readSeedJson('form.json') as DefinitionFile;
  const policy = readSeedJson('reminder-policy.json') as DefinitionFile;
  const requirement = readSeedJson('requirement.json') as RequirementFile;
  return {
    plans,
    form: { ...form, definition: accepted('form.json', checkFormDefinition(form.definition)).definition },
    policy: {
      ...policy,
      definition: accepted('reminder-policy.json', checkReminderPolicy(policy.definition)).policy,
    },
    requirement: {
      ...requirement,
      deadlineRule: accepted('requirement.json', checkDeadlineRule(requirement.deadlineRule)).rule,
      windowRule: accepted('requirement.json', checkWindowRule(requirement.windowRule)).rule,
      review: accepted('requirement.json', checkReviewRule(requirement.review)).rule,
    },
  };
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
