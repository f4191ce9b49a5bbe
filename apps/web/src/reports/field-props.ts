import type { FormDefinition } from '@mach/domain';
import type { Entry } from './entry';

/** What every group of fields of a report works with. */
export interface EntryFieldsProps {
  readonly definition: FormDefinition;
  readonly entry: Entry;
  readonly faults: ReadonlyMap<string, readonly string[]>;
  readonly readOnly: boolean;
  readonly onChange: (ref: string, text: string) => void;
  readonly onLeave: (ref: string) => void;
}
