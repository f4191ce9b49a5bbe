import type { FigureValue, FormDefinition, Indicator, ReportEntry } from '@mach/domain';
import type { ReactNode } from 'react';
import type { Pasted } from './use-pasting';

/** What one field of a report works with. */
export type FieldProps = Omit<EntryFieldsProps, 'definition' | 'noteOf' | 'isLocked'>;

/** What every group of fields of a report works with. */
export interface EntryFieldsProps {
  readonly definition: FormDefinition;
  readonly entry: ReportEntry;
  /** What is worked out from the entry (totals, shares), by the indicator's code. */
  readonly shown: ReadonlyMap<string, FigureValue>;
  /** What is said of an indicator under its field. */
  readonly noteOf: (indicator: Indicator) => ReactNode;
  readonly faults: ReadonlyMap<string, readonly string[]>;
  /** What the last pasting did, told at the field where it was done. */
  readonly pasted: Pasted | null;
  /** Whether an indicator may not be changed though the rest may: it was not given back. */
  readonly isLocked: (indicator: Indicator) => boolean;
  readonly readOnly: boolean;
  readonly onChange: (ref: string, text: string) => void;
  readonly onLeave: (ref: string) => void;
  /** Takes text that holds several cells; answers false when it is one, for the field to take as any text. */
  readonly onPaste: (ref: string, text: string) => boolean;
}
