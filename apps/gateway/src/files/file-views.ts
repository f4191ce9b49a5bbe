import type { FileView } from '@mach/contracts';
import type { ReportFile } from '@mach/persistence';

export function fileView({ id, slot, name, kind, size, createdAt, uploadedBy, sent }: ReportFile): FileView {
  return { id, slot, name, kind, size, uploadedAt: new Date(createdAt).toISOString(), uploadedBy, sent };
}
