import { MAX_LABEL } from '../forms/read-named';
import type { DefinitionReader } from '../reading/definition-reader';
import type { AttachmentSlot } from './attachment-slot';
import { FILE_KINDS, FILE_LIMITS } from './file-kind';

const MAX_SLOTS = 20;
const SLOT_FIELDS = ['code', 'label', 'hint', 'required', 'kinds', 'maxFiles'];

/** Reads the places for files of a form's definition, as an administrator sends it. */
export function readAttachmentSlots(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
): readonly AttachmentSlot[] {
  const codes = new Set<string>();
  return reader.list(value, pointer, 1, MAX_SLOTS).flatMap((item, index) => {
    const at = `${pointer}/${String(index)}`;
    const fields = reader.fields(item, at, SLOT_FIELDS);
    if (fields === null) return [];
    return {
      code: reader.code(fields['code'], `${at}/code`, codes),
      label: reader.text(fields['label'], `${at}/label`, MAX_LABEL),
      ...(fields['hint'] === undefined ? {} : { hint: reader.text(fields['hint'], `${at}/hint`, MAX_LABEL) }),
      required: reader.flag(fields['required'], `${at}/required`),
      kinds: reader.choices(fields['kinds'], `${at}/kinds`, FILE_KINDS),
      maxFiles: reader.integer(fields['maxFiles'], `${at}/maxFiles`, 1, FILE_LIMITS.perReport),
    };
  });
}
