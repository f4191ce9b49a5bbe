import type { DraftMark, DraftView } from '@mach/contracts';
import type { DraftTrace, StoredDraft } from '@mach/persistence';

export function draftView(draft: StoredDraft): DraftView {
  const { formVersion, startedFrom, entry } = draft;
  return { ...draftMark(draft), formVersion, startedFrom, entry };
}

export function draftMark({ version, savedAt, savedBy }: Omit<DraftTrace, 'open' | 'accountId'>): DraftMark {
  return { version, savedAt: new Date(savedAt).toISOString(), savedBy };
}
