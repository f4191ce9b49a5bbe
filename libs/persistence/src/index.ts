export { CompiledTextReads, type TextsAsked } from './reads/compiled-text.reads';
export { BacklogReads } from './reads/backlog.reads';
export * from './files/report-file.store';
export { ClockOffsetStore } from './clock-offset/clock-offset.store';
export { DatabasePing } from './database-ping';
export type {
  DecisionInput,
  DecisionOutput,
  ObligationInHand,
  SubmissionOutcome,
  UndecidedSubmission,
} from './decisions/decision';
export { DraftStore, VERSIONS_KEPT, type DraftTrace, type StoredDraft } from './drafts/draft.store';
export { ActStore } from './reviews/act.store';
export type { ActToRecord, ReportInHand } from './reviews/report-in-hand';
export { ReviewReads, type ActRead, type VersionRead } from './reads/review.reads';
export { DecisionStore } from './decisions/decision.store';
export { FormReportReads, type LastPeriod } from './reads/form-report.reads';
export { FactsBesideReports, type JudgedReport } from './decisions/facts-beside-reports';
export { RuleContextStore } from './decisions/rule-context.store';
export { GroupCommit, type GroupCommitOptions } from './group-commit';
export { migrate } from './migrate';
export { OutboxStore, type OutboxMessage, type StaleRow } from './outbox/outbox.store';
export { connect, PersistenceModule, type PersistenceOptions } from './persistence.module';
export type { Difference, VerificationResult, VerificationRun } from './verification/verification';
export { VerificationStore } from './verification/verification.store';
export { Verifier } from './verification/verifier';
export { RollupStore, type RollupSubject, type RollupTarget } from './rollup/rollup.store';
export {
  type ReplayResult,
  type SetAsideEntry,
  type SetAsideMessage,
  SetAsideStore,
} from './set-aside/set-aside.store';
export { SignatureReads, type SignedChild } from './reads/signature.reads';
export {
  SignatureStore,
  type RecordedSignature,
  type SignableNode,
  type StoredSignature,
} from './signatures/signature.store';
export type { NodeName } from './rollup/mark-nodes-dirty';
export { isConnectionFault, isHeldUp, isOutcomeUnknown } from './sql-state';
export { type LockedRows, type Transaction, Transactions } from './transactions';
export {
  HintStore,
  type LikelyCopy,
  type NarrativeSketch,
  type SoughtNarrative,
  type StoredHint,
} from './hints/hint.store';
export {
  type CountingFigures,
  type CountingReport,
  type HintPeriods,
  HintWork,
  type UnhintedNode,
} from './hints/hint-work.store';
export { type Peers, type Yardstick, YardstickStore } from './hints/yardstick.store';
export {
  type GroupMessage,
  type IntakeOutcome,
  IntakeStore,
  type ReceivedReport,
  type StandingReceipt,
  type StoredReceipt,
} from './intake/intake.store';
export {
  type DirectoryObligation,
  type DirectoryPeriod,
  DirectoryReads,
  type DirectoryRequirement,
} from './reads/directory.reads';
export { type HintedReportRead, type HintRead, HintReads } from './reads/hint.reads';
export { LineageReads, type NodePartRead } from './reads/lineage.reads';
export { type NoticePlace, type NoticeRead, NoticeReads } from './reads/notice.reads';
export {
  type ObligationDetailRead,
  type ObligationFilter,
  type ObligationRead,
  ObligationReads,
  type SubmissionRead,
} from './reads/obligation.reads';
export { PrefillReads } from './reads/prefill.reads';
export { type ReportRead, ReportReads } from './reads/report.reads';
export { ComparisonReads, type NodePeriodRead, type WantedPeriod } from './reads/comparison.reads';
export { type NodeReportRead, type RollupKey, type RollupNodeRead, RollupReads } from './reads/rollup.reads';
export { type SessionAccount, SessionStore } from './sessions/session.store';
export { AccountStore, type NewAccount } from './accounts/account.store';
export { hashPassword, verifyPassword } from './accounts/password';
export { type CompiledVersion, type Form, FormStore, type FormVersion } from './forms/form.store';
export { IndicatorStore, type StoredIndicator } from './indicators/indicator.store';
export { type StandingTarget, TargetStore } from './indicators/target.store';
export { ObligationOpening, type OpeningResult } from './obligations/obligation-opening';
export { ContactCipher } from './organisation/contact-cipher';
export { type Contact, ContactStore } from './organisation/contact.store';
export {
  type NewUnit,
  type UnitChange,
  type UnitFact,
  type UnitFilter,
  type UnitRecord,
  UnitStore,
} from './organisation/unit.store';
export { type NewPlan, type PlanRecord, PlanStore } from './plans/plan.store';
export { CalendarStore, type WorkingDayException } from './requirements/calendar.store';
export { type PeriodRecord, PeriodStore } from './requirements/period.store';
export { type ReminderPolicyRecord, ReminderPolicyStore } from './requirements/reminder-policy.store';
export {
  type Requirement,
  RequirementStore,
  type RequirementSummary,
} from './requirements/requirement.store';
export { type DeliveryBacklog, type DeliveryClaim, DeliveryStore } from './notices/delivery.store';
export type {
  DeliveryInHand,
  DueObligation,
  NextLook,
  NoticeToPlan,
  OwedItem,
  Recipient,
  ReturnedItem,
  ActToTell,
} from './notices/notice';
export { NoticeStore } from './notices/notice.store';
export { DEMO_PASSWORD } from './seed/seed-accounts';
export { readWorkingDays } from './seed/seed-calendar';
export { plantHistory } from './seed/plant-history';
export { seedDemo, type SeedOptions, type SeedResult } from './seed/seed-demo';
export type { ImportInHand, ImportRow, NewImport, RowOutcome, WaitingRow } from './imports/import';
export { ImportContextReads, type MetUnit } from './imports/import-context.reads';
export { ImportRowStore } from './imports/import-row.store';
export { ImportStore } from './imports/import.store';
export {
  type ImportCounts,
  type ImportRead,
  ImportReads,
  type ImportRowFilter,
  type ImportRowRead,
} from './reads/import.reads';
export { type OwingUnit, WorkbookReads } from './reads/workbook.reads';
export type { RequirementForm } from './requirements/form-in-force';
