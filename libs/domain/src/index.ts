export * from './time';
export * from './time-words';
export { isPlainLine } from './plain-text';
export * from './units/unit';
export * from './units/contact-role';
export * from './accounts/account-role';
export { refusePlacement } from './units/placement';
export * from './forms/form';
export * from './forms/indicator';
export { parseFigure, type FigureFault, type ParsedFigure } from './forms/figure';
export { typedDecimal } from './forms/typed-figure';
export { textsOf, typedIndicator } from './forms/typed-indicator';
export { moneyUnit, unitOf } from './forms/money-scale';
export { readingOf } from './forms/figure-reading';
export { spreadCells } from './forms/pasted-cells';
export { showCount, showFigure } from './forms/spoken-figure';
export {
  fullLabel,
  indicatorPointer,
  narrativePointer,
  placesOf,
  type FigurePlace,
} from './forms/figure-place';
export { charactersIn } from './forms/read-narratives';
export { pointerTo } from './pointer';
export { checkPayloadShape, type CheckedPayload } from './forms/payload';
export { formInForce, type VersionFrom } from './forms/form-in-force';
export { compileForm } from './forms/compile-form';
export {
  prepareForm,
  type CheckedReport,
  type CompiledForm,
  type ReportFacts,
  type SoundReport,
} from './forms/compiled-form';
export type { SizeTerm } from './forms/figure-size';
export * from './rules/rule';
export { suggestRules, type SuggestedRule } from './rules/suggest-rules';
export { judgeSuggestions } from './rules/judge-suggestions';
export { hearFacts, tellFacts, type ToldFacts } from './rules/figures-beside';
export * from './periods/period';
export * from './reminders/policy';
export * from './reminders/delivery-state';
export * from './rollup/rollup';
export * from './rollup/combine';
export * from './signing/adjustment';
export type { Adjusted, Adjusting } from './signing/adjust';
export * from './signing/decide-signature';
export * from './signing/figure-view';
export * from './signing/signature';
export * from './reports/obligation-state';
export * from './reports/submission-state';
export * from './reports/report-act';
export * from './reports/report-life';
export { NOT_YOURS } from './reports/life-refusals';
export { changedIndicators, type ReturnedFigures } from './reports/returned-figures';
export * from './reports/decide-submission';
export { readReceiptNumber, receiptNumber, RECEIPT_RANDOM_BYTES } from './reports/receipt-number';
export { BASE_CHANGED, refuseByWindow, refuseOtherForm } from './reports/refusals';
export * from './periods/period-of';
export { midSentence } from './periods/mid-sentence';
export * from './periods/neighbouring-periods';
export * from './periods/deadline';
export * from './periods/deadline-rule';
export * from './periods/open-period';
export * from './periods/review-rule';
export * from './reminders/notice-times';
export * from './reminders/check-policy';
export * from './reminders/unaccent';
export * from './hints/report-hint';
export { hintSentence } from './hints/hint-sentence';
export type { HintedFigure } from './hints/hinted-figure';
export { numbersFor } from './hints/hinted-figure';
export { judgeFigures, type NumbersByRef } from './hints/judge-figures';
export { enoughPeers, peerSpreads, spreadsFor, type PeerSpreads } from './hints/peer-spreads';
export type { Spread } from './hints/spread';
export { boilerplateOf, type Boilerplate, type SampledNarrative } from './hints/boilerplate';
export { bandsOf } from './hints/narrative-bands';
export { hashOf, narrativeText, type NarrativeText } from './hints/narrative-text';
export { COPIED_FROM, copiedText, type CopiedText } from './hints/copied-text';
export * from './searching/matches';
export { wordPatterns } from './searching/word-patterns';
export * from './plans/plan';
export * from './classified/classified-title';
export { proseMark } from './classified/classified-prose';
export { placesOfProse } from './classified/marked-report';
export * from './reading/far-day';
export * from './files/file-kind';
export * from './files/file-name';
export type { AttachmentSlot } from './files/attachment-slot';
export { checkAttachments, refuseInSlot } from './files/check-attachments';
export type { Checked } from './reading/definition-reader';
export { EMPTY_ENTRY, type EntryTexts, type ReportEntry } from './drafts/report-entry';
export { checkEntryShape, ENTRY_FIELDS } from './drafts/check-entry-shape';
export { mergeEntries, sameEntry, type EntryConflict, type MergedEntry } from './drafts/merge-entries';
export { prefillOf, type KnownReport, type Prefill, type Proposal } from './prefill/prefill';
export {
  checkCatalogueIndicator,
  refuseAmendment,
  type CatalogueIndicator,
  type Reporters,
} from './indicators/catalogue-indicator';
export {
  embedIndicators,
  indicatorCodesIn,
  writtenForm,
  type Catalogue,
} from './indicators/embed-indicators';
export { aggregationsOf, MEASURE_FIELDS } from './forms/read-measure';
export { checkTarget, type HeldTarget, type Target } from './indicators/target';
export { knownTargets, ownTargets } from './indicators/known-targets';
export { targetOfNode, type NodeTarget, type TargetUnit } from './indicators/target-of-node';
export {
  comparePeriods,
  periodsOfColumns,
  COMPARED_COLUMNS,
  type ComparedColumnName,
  type ComparedIndicator,
  type ComparedNode,
} from './comparison/compare-periods';
export type { ComparedFigure, NodeFigures, PeriodForm } from './comparison/compared-column';
export { accumulatorsOf, narrowedTo } from './comparison/comparable-form';
export { shareOfTarget, type TargetShare } from './comparison/share-of-target';
export { columnIndex, columnLetters } from './imports/cell-reference';
export * from './imports/sheet-cell';
export * from './imports/import-problem';
export * from './imports/import-state';
export { neutralText, typedText } from './imports/neutral-text';
export { columnName, planSheet, type SheetColumn } from './imports/sheet-plan';
export { wantedOf } from './imports/wanted';
export { fillSheetRow, type FilledCell } from './imports/fill-sheet-row';
export { findColumns, type FoundColumns } from './imports/find-columns';
export { readSheetRow, unitOfRow, type FoundColumn, type SheetRow } from './imports/read-sheet-row';
export { reportChanges, type ReportChange } from './imports/report-changes';
export { judgeRow, ROW_VERDICTS, type JudgedRow, type RowCase, type RowVerdict } from './imports/judge-row';
export { formDifferences, type ChangedField, type FormItem } from './indicators/form-differences';
