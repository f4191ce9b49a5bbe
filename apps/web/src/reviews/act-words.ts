import type { ActView } from '@mach/contracts';
import { showDateTime, type RecordedActKind } from '@mach/domain';

const WORDS: Readonly<Record<RecordedActKind, string>> = {
  approve: 'Duyệt',
  return: 'Trả lại cả báo cáo',
  return_figures: 'Trả lại một số số liệu',
  ask_extension: 'Đề nghị gia hạn',
  grant_extension: 'Cho gia hạn',
  refuse_extension: 'Không cho gia hạn',
  exempt: 'Miễn báo cáo',
  lift_exemption: 'Bỏ miễn báo cáo',
  unlock: 'Mở khóa',
};

/** What was done, of which version, and until when: «Trả lại cả báo cáo (phiên bản 2), sửa trước 17:00 20/11/2026». */
export function actWords({ kind, version, until }: ActView): string {
  const which = version === null ? '' : ` (phiên bản ${String(version)})`;
  const before = kind === 'return' || kind === 'return_figures' ? 'sửa trước' : 'đến';
  const time = until === null ? '' : `, ${before} ${showDateTime(Date.parse(until))}`;
  return `${WORDS[kind]}${which}${time}`;
}
