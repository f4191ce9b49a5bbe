import { ContactRow } from './contact.row';
import { FormRow, FormVersionRow } from './form.row';
import { PeriodRow, WorkingDayExceptionRow } from './period.row';
import { PlanRow } from './plan.row';
import { ReminderPolicyRow } from './reminder-policy.row';
import { RequirementRow } from './requirement.row';
import { UnitFactRow, UnitRow } from './unit.row';

/**
 * TypeORM entities of reference data. The hot tables (submission, obligation, rollup_node, outbox) have none:
 * their statements are SQL.
 */
export const ADMINISTRATION_ROWS = [
  UnitRow,
  UnitFactRow,
  ContactRow,
  PlanRow,
  FormRow,
  FormVersionRow,
  ReminderPolicyRow,
  RequirementRow,
  PeriodRow,
  WorkingDayExceptionRow,
];
