export * from './messages/define-message';
export * from './messages/report-received';
export * from './messages/rollup-requested';
export * from './messages/delivery-requested';
export * from './messages/figures-changed';
export * from './http/problem';
export * from './http/problem-catalogue';
export * from './http/session';
export * from './http/reports';
export * from './http/rollups';
export * from './http/notices';
export * from './http/set-aside';
export * from './http/clock';
export * from './http/administration';
// What the answers above are made of: a reader of the API needs these types and no other library.
export type {
  FigureRef,
  FigureValue,
  FormCheck,
  FormDefinition,
  Indicator,
  Narrative,
  QuantityIndicator,
  RatioIndicator,
  RawFigure,
  Reason,
  ReportPayload,
} from '@mach/domain';
