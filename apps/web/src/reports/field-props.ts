import type { FigureValue, FormDefinition, ReportEntry } from '@mach/domain';
import type { Pasted } from './use-pasting';

/** What every group of fields of a report works with. */
export interface EntryFieldsProps {
  readonly definition: FormDefinition;
  readonly entry: ReportEntry;
  /** What is worked out from the entry (totals, shares), by the indicator's code. */
  readonly shown: ReadonlyMap<string, FigureValue>;
  readonly faults: ReadonlyMap<string, readonly string[]>;
  /** What the last pasting did, told at the field where it was done. */
  readonly pasted: Pasted | null;
  readonly readOnly: boolean;
  readonly onChange: (ref: string, text: string) => void;
  readonly onLeave: (ref: string) => void;
  /** Takes text that holds several cells; answers false when it is one, for the field to take as any text. */
  readonly onPaste: (ref: string, text: string) => boolean;
}
