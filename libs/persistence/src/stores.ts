import type { Type } from '@nestjs/common';
import { AccountStore } from './accounts/account.store';
import { ActStore } from './reviews/act.store';
import { CalendarStore } from './requirements/calendar.store';
import { ContactCipher } from './organisation/contact-cipher';
import { ContactStore } from './organisation/contact.store';
import { FormStore } from './forms/form.store';
import { IndicatorStore } from './indicators/indicator.store';
import { TargetStore } from './indicators/target.store';
import { ObligationOpening } from './obligations/obligation-opening';
import { PeriodStore } from './requirements/period.store';
import { PlanStore } from './plans/plan.store';
import { ReminderPolicyStore } from './requirements/reminder-policy.store';
import { RequirementStore } from './requirements/requirement.store';
import { ADMINISTRATION_ROWS } from './rows/administration-rows';
import { UnitStore } from './organisation/unit.store';
import { ClockOffsetStore } from './clock-offset/clock-offset.store';
import { DatabasePing } from './database-ping';
import { DeliveryStore } from './notices/delivery.store';
import { DecisionStore } from './decisions/decision.store';
import { FactsBesideReports } from './decisions/facts-beside-reports';
import { RuleContextStore } from './decisions/rule-context.store';
import { DraftStore } from './drafts/draft.store';
import { NoticeStore } from './notices/notice.store';
import { OutboxStore } from './outbox/outbox.store';
import { RollupStore } from './rollup/rollup.store';
import { SignatureStore } from './signatures/signature.store';
import { SignatureReads } from './reads/signature.reads';
import { SetAsideStore } from './set-aside/set-aside.store';
import { ImportContextReads } from './imports/import-context.reads';
import { ImportRowStore } from './imports/import-row.store';
import { ImportStore } from './imports/import.store';
import { HintStore } from './hints/hint.store';
import { HintWork } from './hints/hint-work.store';
import { YardstickStore } from './hints/yardstick.store';
import { IntakeStore } from './intake/intake.store';
import { BacklogReads } from './reads/backlog.reads';
import { CompiledTextReads } from './reads/compiled-text.reads';
import { ComparisonReads } from './reads/comparison.reads';
import { DirectoryReads } from './reads/directory.reads';
import { ImportReads } from './reads/import.reads';
import { FormReportReads } from './reads/form-report.reads';
import { HintReads } from './reads/hint.reads';
import { LineageReads } from './reads/lineage.reads';
import { NoticeReads } from './reads/notice.reads';
import { ObligationReads } from './reads/obligation.reads';
import { PrefillReads } from './reads/prefill.reads';
import { ReportReads } from './reads/report.reads';
import { ReviewReads } from './reads/review.reads';
import { ReportFileStore } from './files/report-file.store';
import { RollupReads } from './reads/rollup.reads';
import { VerificationStore } from './verification/verification.store';
import { Verifier } from './verification/verifier';
import { WorkbookReads } from './reads/workbook.reads';
import { SessionStore } from './sessions/session.store';
import { Transactions } from './transactions';

/**
 * Every store that `PersistenceModule` provides and exports in any service. A new store is added here, one line, in
 * alphabetical order.
 */
export const STORES: readonly Type[] = [
  AccountStore,
  ActStore,
  BacklogReads,
  CalendarStore,
  ClockOffsetStore,
  CompiledTextReads,
  ComparisonReads,
  DatabasePing,
  DecisionStore,
  DeliveryStore,
  DirectoryReads,
  DraftStore,
  FactsBesideReports,
  FormReportReads,
  FormStore,
  HintReads,
  HintStore,
  HintWork,
  IndicatorStore,
  ImportContextReads,
  ImportReads,
  ImportRowStore,
  ImportStore,
  IntakeStore,
  LineageReads,
  NoticeReads,
  NoticeStore,
  ObligationOpening,
  ObligationReads,
  OutboxStore,
  PeriodStore,
  PlanStore,
  PrefillReads,
  ReminderPolicyStore,
  ReportFileStore,
  ReportReads,
  RequirementStore,
  ReviewReads,
  RollupReads,
  RollupStore,
  RuleContextStore,
  SessionStore,
  SetAsideStore,
  SignatureReads,
  SignatureStore,
  TargetStore,
  Transactions,
  UnitStore,
  VerificationStore,
  Verifier,
  WorkbookReads,
  YardstickStore,
];

/** Those that need the key to contacts. */
export const CONTACT_STORES: readonly Type[] = [ContactCipher, ContactStore];

/** TypeORM row classes (`rows/*.row.ts`). */
export const ROWS: readonly Type[] = ADMINISTRATION_ROWS;
