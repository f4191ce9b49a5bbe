import { Body, Controller, Get, Post } from '@nestjs/common';
import { CreateRequirementRequest, type RequirementAdministrationView } from '@mach/contracts';
import {
  checkDeadlineRule,
  checkReviewRule,
  checkWindowRule,
  localDateOf,
  type DeadlineRule,
  type Reason,
  type ReviewRule,
  type WindowRule,
} from '@mach/domain';
import { RequirementStore, Transactions, type RequirementSummary } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { Roles } from '../session/roles.decorator';
import { refused, refusedField, requireNearDays, taken } from './refusals';
import { RequirementReferences } from './requirement-references';

/** A requirement may run to the end of the next term (nhiệm kỳ), not for ever. */
const LONGEST_YEARS = 10;

/** What a plan asks to be reported (yêu cầu báo cáo): which form, which periods, who, until when. */
@Controller('requirements')
@Roles('administrator')
export class RequirementsController {
  constructor(
    private readonly requirements: RequirementStore,
    private readonly references: RequirementReferences,
    private readonly transactions: Transactions,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(): Promise<{ items: RequirementAdministrationView[] }> {
    return { items: (await this.requirements.all()).map(requirementView) };
  }

  @Post()
  async create(@Body() body: CreateRequirementRequest): Promise<RequirementAdministrationView> {
    const today = localDateOf(this.clock.now());
    requireNearDays(today, { activeFrom: body.activeFrom });
    requireNearDays(today, { activeTo: body.activeTo }, LONGEST_YEARS);
    const rules = checkedRules(body);
    const references = await this.references.find(body);
    if (!references.ok) throw refused(references.reasons);
    const { code, title, periodScheme, activeFrom } = body;
    const activeTo = body.activeTo ?? null;
    if (activeTo !== null && activeTo < activeFrom) {
      throw refusedField(
        '/activeTo',
        'requirement.endsBeforeItBegins',
        'Ngày kết thúc không được trước ngày bắt đầu.',
      );
    }
    const requirement = {
      id: this.ids.next(),
      code,
      title,
      periodScheme,
      activeFrom,
      activeTo,
      ...rules,
      ...references.found,
    };
    const created = await this.transactions.run((tx) => this.requirements.create(tx, requirement));
    if (!created) throw taken('/code', `Mã yêu cầu báo cáo «${code}» đã được dùng.`);
    const stored = await this.requirements.summary(code);
    if (stored === null) throw new Error('a requirement that was just written cannot be read');
    return requirementView(stored);
  }
}

/** All rules are checked before any is refused, so that every fault is told at once. */
function checkedRules(body: CreateRequirementRequest): {
  deadlineRule: DeadlineRule;
  windowRule: WindowRule;
  review: ReviewRule | null;
} {
  const deadline = checkDeadlineRule(body.deadlineRule, '/deadlineRule');
  const window = checkWindowRule(body.windowRule, '/windowRule');
  const review = checkReviewRule(body.review, '/review');
  if (deadline.ok && window.ok && review.ok)
    return { deadlineRule: deadline.rule, windowRule: window.rule, review: review.rule };
  const reasons: Reason[] = [deadline, window, review].flatMap((checked) =>
    checked.ok ? [] : checked.reasons,
  );
  throw refused(reasons);
}

/** A requirement as the administrator sees it. */
export function requirementView(requirement: RequirementSummary): RequirementAdministrationView {
  const {
    code,
    title,
    planId,
    planSymbol,
    periodScheme,
    deadlineRule,
    windowRule,
    review,
    activeFrom,
    activeTo,
    openedPeriods,
    forms: [first, ...later],
  } = requirement;
  return {
    code,
    title,
    planId,
    planSymbol,
    form: { code: requirement.formCode, version: first?.version ?? 0 },
    laterForms: later.map(({ version, effectiveFrom }) => ({ version, effectiveFrom })),
    reminderPolicy: requirement.reminderPolicyCode,
    periodScheme,
    deadlineRule,
    windowRule,
    review,
    scopeUnit: requirement.scopeUnitCode,
    activeFrom,
    activeTo,
    openedPeriods,
  };
}
