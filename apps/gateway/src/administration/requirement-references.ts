import { Injectable } from '@nestjs/common';
import type { CreateRequirementRequest } from '@mach/contracts';
import type { Reason } from '@mach/domain';
import { FormStore, PlanStore, ReminderPolicyStore, UnitStore } from '@mach/persistence';

export interface FoundReferences {
  readonly planId: string;
  readonly formVersionId: string;
  readonly reminderPolicyId: string;
  readonly scopeUnitId: number;
}

/**
 * Looks up what a requirement refers to: plan, form version, reminder policy and the unit whose subtree is
 * asked.
 */
@Injectable()
export class RequirementReferences {
  constructor(
    private readonly plans: PlanStore,
    private readonly forms: FormStore,
    private readonly policies: ReminderPolicyStore,
    private readonly units: UnitStore,
  ) {}

  /** The ids, or a reason for each reference that leads nowhere. */
  async find(
    body: CreateRequirementRequest,
  ): Promise<
    | { readonly ok: true; readonly found: FoundReferences }
    | { readonly ok: false; readonly reasons: readonly Reason[] }
  > {
    const [plan, form, policy, unit] = await Promise.all([
      this.plans.byId(body.planId),
      this.forms.byCode(body.form.code),
      this.policies.byCode(body.reminderPolicy),
      this.units.byCode(body.scopeUnit, body.activeFrom),
    ]);
    const version = form?.versions.find((each) => each.version === body.form.version);
    const reasons: Reason[] = [];
    if (plan === null)
      reasons.push({
        pointer: '/planId',
        code: 'plan.unknown',
        message: 'Không có kế hoạch này trong hệ thống.',
      });
    if (form === null) {
      reasons.push({
        pointer: '/form/code',
        code: 'form.unknown',
        message: `Không có biểu mẫu mang mã «${body.form.code}».`,
      });
    } else if (version === undefined) {
      reasons.push({
        pointer: '/form/version',
        code: 'form.versionUnknown',
        message: `Biểu mẫu này không có phiên bản ${String(body.form.version)}.`,
      });
    }
    if (policy === null) {
      reasons.push({
        pointer: '/reminderPolicy',
        code: 'reminderPolicy.unknown',
        message: `Không có quy tắc đôn đốc mang mã «${body.reminderPolicy}».`,
      });
    }
    if (unit === null) {
      reasons.push({
        pointer: '/scopeUnit',
        code: 'unit.unknown',
        message: `Không có đơn vị mang mã «${body.scopeUnit}» vào ngày bắt đầu áp dụng.`,
      });
    }
    if (plan === null || version === undefined || policy === null || unit === null)
      return { ok: false, reasons };
    return {
      ok: true,
      found: {
        planId: plan.id,
        formVersionId: version.id,
        reminderPolicyId: policy.id,
        scopeUnitId: unit.id,
      },
    };
  }
}
