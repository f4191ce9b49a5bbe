import type {
  DraftAnswer,
  DraftConflict,
  DraftView,
  ObligationDetailView,
  PresenceView,
  SavedDraftView,
} from '@mach/contracts';
import {
  checkEntryShape,
  EMPTY_ENTRY,
  mergeEntries,
  sameEntry,
  localTimeOf,
  type MergedEntry,
  type ReportEntry,
} from '@mach/domain';
import { useEffect, useRef, useState } from 'react';
import { draftPath } from '../api/queries';
import { RefusedError, request, sayError } from '../api/request';
import { entryForForm } from './entry';
import type { DraftInUse } from './use-draft';

/** Two drafts met in the same places: the person chooses, place by place. */
export interface DraftMeeting {
  readonly current: DraftView;
  readonly merged: MergedEntry;
}

/** How the draft of this page stands with the server's. */
export interface ServerDraft {
  readonly saving: boolean;
  /** When the server took the draft last from this page; null before. */
  readonly savedAt: number | null;
  /** Why the server does not take it, in words; null when it does. What is typed is kept in this browser. */
  readonly trouble: string | null;
  /** What was taken over from somebody else, in words. */
  readonly notice: string | null;
  readonly meeting: DraftMeeting | null;
  readonly choose: (entry: ReportEntry) => void;
  /** Saves at once. Answers false when the person has to choose first. */
  readonly flush: () => Promise<boolean>;
  /** Throws the draft away, here and on the server. */
  readonly discard: () => void;
  /** Somebody is heard of having saved, sent or thrown away. */
  readonly heard: (newest: PresenceView['draft']) => void;
}

const SAVE_AFTER_MS = 1_000;
const AGAIN_AFTER_MS = 5_000;
/** How often in a row somebody else may be quicker before it is left to the next change. */
const TIMES_MET = 5;

/**
 * Saves what is typed on the server too, a second after the last letter and when the page is left, and brings it
 * together with what others saved. Nothing here is needed for what is typed to be kept (`useDraft`).
 */
export function useServerDraft(
  detail: ObligationDetailView,
  draft: DraftInUse,
  editable: boolean,
): ServerDraft {
  const { definition, formVersion } = detail;
  const path = draftPath(detail.id);
  const [saving, setSaving] = useState(false);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [meeting, setMeeting] = useState<DraftMeeting | null>(null);
  const met = useRef(false);
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));

  const take = (
    { version, startedFrom, savedBy, savedAt: at }: DraftView,
    entry: ReportEntry,
    theirs: ReportEntry,
  ): void => {
    draft.take(entry, { version, synced: sameEntry(entry, theirs) }, startedFrom ?? draft.basedOn());
    setNotice(`Đã lấy phần ${savedBy} vừa lưu lúc ${localTimeOf(Date.parse(at))} vào bản nháp này.`);
  };

  /** Brings both together; answers whether nothing is left to choose. */
  const meet = ({ current, base }: DraftConflict): boolean => {
    if (!current?.entry) {
      draft.agree(null, null);
      return true;
    }
    const theirs = entryForForm(definition, current.entry);
    const merged = mergeEntries(base ?? EMPTY_ENTRY, theirs, draft.now().entry);
    if (merged.conflicts.length === 0) {
      take(current, merged.entry, theirs);
      return true;
    }
    met.current = true;
    setMeeting({ current: { ...current, entry: theirs }, merged });
    return false;
  };

  const saveOnce = async (keepalive: boolean): Promise<'saved' | 'met' | 'again' | 'trouble'> => {
    const { entry, server } = draft.now();
    // What bears a mark of classification does not leave this machine.
    const checked = checkEntryShape(entry);
    if (!checked.ok) {
      setTrouble(checked.reasons[0]?.message ?? '');
      return 'trouble';
    }
    const body = { basedOn: server.version, formVersion, startedFrom: draft.basedOn(), ...entry };
    try {
      const saved = await request<SavedDraftView>(path, { method: 'PUT', body, keepalive });
      draft.agree(saved.version, entry);
      setSavedAt(Date.parse(saved.savedAt));
      setTrouble(null);
      return draft.now().server.synced ? 'saved' : 'again';
    } catch (error) {
      const conflict = error instanceof RefusedError ? error.problem.draft : undefined;
      if (conflict !== undefined) return meet(conflict) ? 'again' : 'met';
      setTrouble(sayError(error));
      return 'trouble';
    }
  };

  const save = async (keepalive: boolean): Promise<boolean> => {
    setSaving(true);
    for (let time = 0; time < TIMES_MET && !met.current && !draft.now().server.synced; time += 1)
      if ((await saveOnce(keepalive)) === 'trouble') break;
    setSaving(false);
    return !met.current;
  };
  const push = (keepalive = false): Promise<boolean> => {
    queue.current = queue.current.then(() => save(keepalive));
    return queue.current;
  };
  const latest = useRef(push);
  latest.current = push;

  useEffect(() => {
    if (!editable || meeting !== null || draft.now().server.synced) return;
    const timer = setTimeout(() => void latest.current(), trouble === null ? SAVE_AFTER_MS : AGAIN_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [draft.entry, editable, meeting, trouble, saving]);
  useEffect(() => {
    if (!editable) return;
    const leave = (): void => {
      if (!met.current && !draft.now().server.synced) void latest.current(true);
    };
    addEventListener('pagehide', leave);
    addEventListener('online', leave);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('online', leave);
      leave();
    };
  }, [editable]);

  const heard = (newest: PresenceView['draft']): void => {
    const { version, synced } = draft.now().server;
    if (newest === null || saving || !synced || draft.awaiting !== null || newest.version <= (version ?? 0)) {
      if (newest?.open === false && synced && version === newest.version) draft.agree(null, null);
      return;
    }
    if (!newest.open) return;
    request<DraftAnswer>(path).then(
      ({ draft: view }) => {
        // Something may have been typed meanwhile: saving it brings both together.
        if (view?.entry && draft.now().server.synced)
          take(view, entryForForm(definition, view.entry), entryForForm(definition, view.entry));
      },
      () => undefined,
    );
  };

  return {
    saving,
    savedAt,
    trouble,
    notice,
    meeting,
    choose: (entry) => {
      if (meeting === null) return;
      met.current = false;
      setMeeting(null);
      take(meeting.current, entry, meeting.current.entry ?? EMPTY_ENTRY);
    },
    flush: () => push(),
    discard: () => {
      // Behind a saving that is under way: only then is it known which version there is to throw away.
      queue.current = queue.current.then(async () => {
        const { version } = draft.now().server;
        draft.discard();
        if (version !== null) await request(`${path}?basedOn=${String(version)}`, { method: 'DELETE' });
        return true;
      });
      queue.current = queue.current.catch((error: unknown) => {
        setTrouble(sayError(error));
        return true;
      });
    },
    heard,
  };
}
