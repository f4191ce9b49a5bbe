import { Module } from '@nestjs/common';
import { ContactsController } from './contacts.controller';
import { FormsController } from './forms.controller';
import { PeriodOpeningController } from './period-opening.controller';
import { PlansController } from './plans.controller';
import { ReminderPoliciesController } from './reminder-policies.controller';
import { RequirementFormsController } from './requirement-forms.controller';
import { RequirementReferences } from './requirement-references';
import { RequirementsController } from './requirements.controller';
import { UnitsController } from './units.controller';

/** The administrator's API over reference data. Everything it writes takes effect without a restart. */
@Module({
  controllers: [
    UnitsController,
    ContactsController,
    PlansController,
    FormsController,
    ReminderPoliciesController,
    RequirementsController,
    PeriodOpeningController,
    RequirementFormsController,
  ],
  providers: [RequirementReferences],
})
export class AdministrationModule {}
