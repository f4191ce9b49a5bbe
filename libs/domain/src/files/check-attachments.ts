import type { Reason } from '../forms/form';
import type { AttachmentSlot } from './attachment-slot';
import { FILE_KIND_TRAITS, type FileKind } from './file-kind';

/** Refuses a file that its place does not ask for; null when it may be kept there. */
export function refuseInSlot(slot: AttachmentSlot, kind: FileKind): Reason | null {
  if (slot.kinds.includes(kind)) return null;
  const wanted = slot.kinds.map((each) => FILE_KIND_TRAITS[each].words).join(', ');
  const message = `Mục «${slot.label}» chỉ nhận tệp ${wanted}; tệp này là ${FILE_KIND_TRAITS[kind].words}.`;
  return { pointer: '/slot', code: 'file.kindNotAsked', message };
}

/**
 * What is wrong with the files that a report names: `known` are those of them that are kept for its obligation, each with
 * the place it was given for. Every fault at once; none when the report may take them.
 */
export function checkAttachments(
  slots: readonly AttachmentSlot[],
  named: readonly string[],
  known: readonly { readonly id: string; readonly slot: string }[],
): readonly Reason[] {
  const slotOf = new Map(known.map(({ id, slot }) => [id, slot]));
  const reasons: Reason[] = [];
  named.forEach((id, index) => {
    const slot = slotOf.get(id);
    if (slot !== undefined && slots.some(({ code }) => code === slot)) return;
    reasons.push({
      pointer: `/attachments/${String(index)}`,
      code: 'attachment.unknown',
      message: 'Tệp kèm theo này không còn hoặc không thuộc báo cáo này. Đề nghị bỏ ra và tải lên lại.',
    });
  });
  for (const { code, label, required, maxFiles } of slots) {
    const count = named.filter((id) => slotOf.get(id) === code).length;
    if (required && count === 0) {
      const message = `Còn thiếu tài liệu kèm theo «${label}».`;
      reasons.push({ pointer: '/attachments', code: 'attachment.missing', message });
    }
    if (count > maxFiles) {
      const message = `Mục «${label}» nhận không quá ${String(maxFiles)} tệp, hiện có ${String(count)} tệp.`;
      reasons.push({ pointer: '/attachments', code: 'attachment.tooMany', message });
    }
  }
  return reasons;
}
