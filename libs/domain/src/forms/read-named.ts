import type { DefinitionReader } from '../reading/definition-reader';
import { searchable } from '../searching/matches';
import type { Named } from './indicator';

export const MAX_LABEL = 500;
const MOST = 100;

/** Codes and labels that are told apart: parts, or options. */
export function readNamed(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  least: number,
): readonly Named[] {
  const codes = new Set<string>();
  const labels = new Set<string>();
  return reader.list(value, pointer, least, MOST).flatMap((item, index) => {
    const at = `${pointer}/${String(index)}`;
    const fields = reader.fields(item, at, ['code', 'label']);
    if (fields === null) return [];
    const code = reader.code(fields['code'], `${at}/code`, codes);
    const label = reader.text(fields['label'], `${at}/label`, MAX_LABEL);
    // As a person's typing is compared with them.
    const folded = searchable(label.trim());
    if (folded !== '' && labels.has(folded))
      reader.fault(`${at}/label`, 'duplicate', `Tên «${label}» đã được dùng ở trên.`);
    labels.add(folded);
    return [{ code, label }];
  });
}
