import {
  checkPayloadShape,
  type CompiledForm,
  type Reason,
  type ReportEntry,
  type ReportFacts,
} from '@mach/domain';
import { payloadFrom } from './entry';

/**
 * Everything that the server would refuse in this report, told at entry in the same words: the domain's own
 * checks, run on what would be sent. What the form says of a field goes before what is said at the door, which
 * knows no labels.
 */
export function checkEntry(
  form: CompiledForm,
  entry: ReportEntry,
  known: ReportFacts = {},
): readonly Reason[] {
  const payload = payloadFrom(form.definition, entry);
  const checked = form.check(payload, known);
  const byForm = checked.ok ? [] : checked.reasons;
  const shape = checkPayloadShape(payload);
  const atDoor = shape.ok ? [] : shape.reasons;
  return [...byForm, ...atDoor.filter(({ pointer }) => !byForm.some((reason) => reason.pointer === pointer))];
}
