import type { ObligationDetailView } from '@mach/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { draftKey, dropDraft, readDraft, writeDraft, type Attempt } from './draft';
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
  /** Of the report sent from these fields whose decision is not known here yet. */
  readonly awaiting: string | null;
  /** Receipt number of the report that the fields started from. */
  readonly basedOn: () => string | null;
  readonly change: (ref: string, text: string) => void;
  /** Forgets the draft and starts again from what was last sent. */
  readonly discard: () => void;
  /** Remembers (or forgets) a sending without an answer, so that its key outlives a reload. */
  readonly rememberAttempt: (attempt: Attempt | null) => void;
  /** The draft has been received: it is kept until the decision, and the fields go on from this receipt. */
  readonly settle: (receiptNumber: string) => void;
  /** What was sent has been decided and needs no choice: only what was typed since is kept. */
  readonly closed: () => void;
  /** The person has seen that report, and goes on from it with these fields or with its own. */
  readonly goOnFrom: (receiptNumber: string, fields: Entry | 'mine') => void;
  /**
   * The server refused what stands in the fields: from now on it is known which of them have changed since.
   */
  readonly judged: () => void;
  /** Whether a field still holds what the server has judged. */
  readonly untouchedSinceAnswer: (ref: string | null) => boolean;
}

const SAVE_AFTER_MS = 300;

/** The fields of one obligation, kept in this browser until they are sent and decided. */
export function useDraft(detail: ObligationDetailView, username: string): DraftInUse {
  const { definition, latest } = detail;
  const key = draftKey(username, detail.id);
  const basedOn = latest?.status.receiptNumber ?? null;
  const sent = useMemo(
    () => (latest ? entryFrom(definition, latest.payload) : EMPTY_ENTRY),
    [definition, latest],
  );
  const [stored] = useState(() => readDraft(localStorage, key));
  const unsent = stored !== null && stored.receipt === null;
  const [entry, setEntry] = useState(() => (stored ? entryForForm(definition, stored.entry) : sent));
  const [origin, setOrigin] = useState<DraftInUse['origin']>(
    unsent ? 'draft' : (stored ?? latest) ? 'latest' : 'empty',
  );
  const [attempt, setAttempt] = useState<Attempt | null>(stored?.attempt ?? null);
  const [awaiting, setAwaiting] = useState(stored?.receipt ?? null);
  const [savedAt, setSavedAt] = useState<number | null>(unsent ? stored.savedAt : null);
  const [kept, setKept] = useState(true);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const base = useRef(stored ? stored.basedOn : basedOn);
  const dirty = useRef(false);
  const now = useRef({ entry, attempt });
  now.current = { entry, attempt };

  const write = useCallback(
    (receipt: string | null, fields: { readonly entry: Entry; readonly attempt: Attempt | null }) => {
      dirty.current = false;
      const at = serverNow();
      setKept(writeDraft(localStorage, key, { ...fields, basedOn: base.current, receipt, savedAt: at }));
      return at;
    },
    [key],
  );
  const save = useCallback(
    (fields: { readonly entry: Entry; readonly attempt: Attempt | null }) => {
      setSavedAt(write(null, fields));
    },
    [write],
  );

  useEffect(() => {
    if (!dirty.current) return;
    const timer = setTimeout(() => {
      save({ entry, attempt });
    }, SAVE_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [entry, attempt, save]);
  useEffect(() => {
    // Leaving, by closing the tab or by a link of the page, must not cost the last letters typed.
    const leave = (): void => {
      if (dirty.current) save(now.current);
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [save]);

  const forget = (): void => {
    dropDraft(localStorage, key);
    dirty.current = false;
    setAttempt(null);
    setSavedAt(null);
    setTouched(new Set());
  };

  return {
    entry,
    origin,
    savedAt,
    overtaken: unsent && stored.basedOn !== basedOn,
    kept,
    attempt,
    awaiting,
    basedOn: () => base.current,
    change: (ref, text) => {
      dirty.current = true;
      setTouched((before) => (before.has(ref) ? before : new Set([...before, ref])));
      setEntry((before) => withText(before, ref, text));
    },
    discard: () => {
      forget();
      base.current = basedOn;
      setEntry(sent);
      setOrigin(latest ? 'latest' : 'empty');
    },
    rememberAttempt: (next) => {
      setAttempt(next);
      save({ entry, attempt: next });
    },
    settle: (receiptNumber) => {
      forget();
      base.current = receiptNumber;
      write(receiptNumber, { entry, attempt: null });
      setAwaiting(receiptNumber);
      setOrigin('latest');
    },
    closed: () => {
      setAwaiting(null);
      if (!dirty.current && savedAt === null) dropDraft(localStorage, key);
    },
    goOnFrom: (receiptNumber, fields) => {
      setAwaiting(null);
      base.current = receiptNumber;
      if (fields === 'mine') {
        save({ entry, attempt: null });
        return;
      }
      forget();
      setEntry(fields);
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
