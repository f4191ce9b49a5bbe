import type { ObligationDetailView } from '@mach/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { draftKey, dropDraft, readDraft, writeDraft, type Attempt, type Draft } from './draft';
import { EMPTY_ENTRY, entryForForm, entryFrom, type Entry } from './entry';
import { narrativeRef } from './faults';
import { serverNow } from '../time/server-clock';

export interface DraftInUse {
  readonly entry: Entry;
  /** Where the fields come from: typed earlier on this machine, the report last sent, or nothing yet. */
  readonly origin: 'draft' | 'latest' | 'empty';
  readonly savedAt: number | null;
  /** True when another report was sent after the draft was begun. */
  readonly overtaken: boolean;
  /** False when the browser keeps nothing. */
  readonly kept: boolean;
  readonly attempt: Attempt | null;
  /** Receipt number of the report that the fields started from. */
  readonly basedOn: () => string | null;
  readonly change: (ref: string, text: string) => void;
  /** Forgets the draft and starts again from what was last sent. */
  readonly discard: () => void;
  /** Remembers (or forgets) a sending without an answer, so that its key outlives a reload. */
  readonly rememberAttempt: (attempt: Attempt | null) => void;
  /**
   * The draft has been received: it is kept no longer, the fields stay as they are and go on from this
   * receipt.
   */
  readonly settle: (receiptNumber: string) => void;
  /**
   * The server refused what stands in the fields: from now on it is known which of them have changed since.
   */
  readonly judged: () => void;
  /** Whether a field still holds what the server has judged. */
  readonly untouchedSinceAnswer: (ref: string | null) => boolean;
}

const SAVE_AFTER_MS = 300;

/** The fields of one obligation, kept in this browser until they are sent. */
export function useDraft(detail: ObligationDetailView, username: string): DraftInUse {
  const { definition, latest } = detail;
  const key = draftKey(username, detail.id);
  const basedOn = latest?.status.receiptNumber ?? null;
  const sent = useMemo(
    () => (latest ? entryFrom(definition, latest.payload) : EMPTY_ENTRY),
    [definition, latest],
  );
  const [stored] = useState(() => readDraft(localStorage, key));
  const [entry, setEntry] = useState(() => (stored ? entryForForm(definition, stored.entry) : sent));
  const [origin, setOrigin] = useState<DraftInUse['origin']>(stored ? 'draft' : latest ? 'latest' : 'empty');
  const [attempt, setAttempt] = useState<Attempt | null>(stored?.attempt ?? null);
  const [savedAt, setSavedAt] = useState<number | null>(stored?.savedAt ?? null);
  const [kept, setKept] = useState(true);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const base = useRef(stored ? stored.basedOn : basedOn);
  const dirty = useRef(false);

  const save = useCallback(
    (draft: Omit<Draft, 'savedAt' | 'basedOn'>) => {
      dirty.current = false;
      const at = serverNow();
      setKept(writeDraft(localStorage, key, { ...draft, basedOn: base.current, savedAt: at }));
      setSavedAt(at);
    },
    [key],
  );

  useEffect(() => {
    if (!dirty.current) return;
    const timer = setTimeout(() => {
      save({ entry, attempt });
    }, SAVE_AFTER_MS);
    const leave = (): void => {
      if (dirty.current) save({ entry, attempt });
    };
    addEventListener('pagehide', leave);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', leave);
    };
  }, [entry, attempt, save]);

  return {
    entry,
    origin,
    savedAt,
    overtaken: stored !== null && stored.basedOn !== basedOn,
    kept,
    attempt,
    basedOn: () => base.current,
    change: (ref, text) => {
      dirty.current = true;
      setTouched((before) => (before.has(ref) ? before : new Set([...before, ref])));
      setEntry((before) => withText(before, ref, text));
    },
    discard: () => {
      dropDraft(localStorage, key);
      dirty.current = false;
      base.current = basedOn;
      setEntry(sent);
      setAttempt(null);
      setSavedAt(null);
      setTouched(new Set());
      setOrigin(latest ? 'latest' : 'empty');
    },
    rememberAttempt: (next) => {
      setAttempt(next);
      save({ entry, attempt: next });
    },
    settle: (receiptNumber) => {
      base.current = receiptNumber;
      dropDraft(localStorage, key);
      dirty.current = false;
      setAttempt(null);
      setSavedAt(null);
      setTouched(new Set());
      setOrigin('latest');
    },
    judged: () => {
      setTouched(new Set());
    },
    untouchedSinceAnswer: (ref) => ref === null || !touched.has(ref),
  };
}

const NARRATIVE = narrativeRef('');

function withText(entry: Entry, ref: string, text: string): Entry {
  return ref.startsWith(NARRATIVE)
    ? { ...entry, narratives: { ...entry.narratives, [ref.slice(NARRATIVE.length)]: text } }
    : { ...entry, figures: { ...entry.figures, [ref]: text } };
}
