import type { DraftView, ObligationDetailView, PrefillView } from '@mach/contracts';
import { EMPTY_ENTRY, type ReportEntry } from '@mach/domain';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { draftKey, dropDraft, readDraft, writeDraft, type Attempt, type ServerBase } from './draft';
import { entryFrom } from './entry';
import { confirmed, withFilled, withText, type FilledIn } from './entry-changes';
import { openingOf, type Opening } from './opening';
import { serverNow } from '../time/server-clock';

export interface DraftInUse {
  readonly entry: ReportEntry;
  /** Where the fields come from: typed earlier, the report last sent, or nothing yet. */
  readonly origin: Opening['origin'];
  /** Who saved the draft with which the page was opened; null when it was this browser. */
  readonly savedBy: string | null;
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
  /** Figures that the person asked for, or that are offered: marked until touched or confirmed. */
  readonly fillIn: (filled: FilledIn) => void;
  /** These prefilled figures, or all of them, have been looked at. */
  readonly confirm: (ref?: string) => void;
  /** The reason given for what a rule of the form asks about. */
  readonly explain: (ruleCode: string, text: string) => void;
  readonly attach: (fileIds: readonly string[]) => void;
  /** Forgets the draft and starts again from what was last sent. */
  readonly discard: () => void;
  /** Takes back what was filled in at once. */
  readonly restore: (entry: ReportEntry) => void;
  /** Remembers (or forgets) a sending without an answer, so that its key outlives a reload. */
  readonly rememberAttempt: (attempt: Attempt | null) => void;
  /** The draft has been received: it is kept until the decision, and the fields go on from this receipt. */
  readonly settle: (receiptNumber: string) => void;
  /** What was sent has been decided and needs no choice: only what was typed since is kept. */
  readonly closed: () => void;
  /** The person has seen that report, and goes on from it with these fields or with its own. */
  readonly goOnFrom: (receiptNumber: string, fields: ReportEntry | 'mine') => void;
  /**
   * The server refused what stands in the fields: from now on it is known which of them have changed since.
   */
  readonly judged: () => void;
  /** Whether a field still holds what the server has judged. */
  readonly untouchedSinceAnswer: (ref: string | null) => boolean;
  /** For `useServerDraft`: the fields and the server's version at this moment. */
  readonly now: () => { readonly entry: ReportEntry; readonly server: ServerBase };
  /** The server has this entry as this version; null: it has no open draft. */
  readonly agree: (version: number | null, entry: ReportEntry | null) => void;
  /** Other fields take the place of these: what another machine saved, or both brought together. */
  readonly take: (entry: ReportEntry, server: ServerBase, basedOn: string | null) => void;
}

/** What the server said when the page was opened; undefined where it did not. */
export interface OpenedWith {
  readonly remote: DraftView | null | undefined;
  readonly prefill: PrefillView | undefined;
}

const SAVE_AFTER_MS = 300;

/** The fields of one obligation, kept in this browser until they are sent and decided. */
export function useDraft(
  detail: ObligationDetailView,
  username: string,
  { remote, prefill }: OpenedWith,
): DraftInUse {
  const { definition, latest } = detail;
  const key = draftKey(username, detail.id);
  const basedOn = latest?.status.receiptNumber ?? null;
  const sent = useMemo(
    () => (latest ? entryFrom(definition, latest.payload) : EMPTY_ENTRY),
    [definition, latest],
  );
  const [opened] = useState(() => {
    const report =
      latest === null ? null : { receiptNumber: latest.status.receiptNumber, payload: latest.payload };
    return openingOf({ definition, latest: report, local: readDraft(localStorage, key), remote, prefill });
  });
  const [entry, setEntry] = useState(opened.entry);
  const [origin, setOrigin] = useState(opened.origin);
  const [attempt, setAttempt] = useState(opened.attempt);
  const [awaiting, setAwaiting] = useState(opened.awaiting);
  const [savedAt, setSavedAt] = useState(opened.savedAt);
  const [kept, setKept] = useState(true);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const base = useRef(opened.basedOn);
  const server = useRef(opened.server);
  const dirty = useRef(false);
  const now = useRef({ entry, attempt });
  now.current = { entry, attempt };

  const write = useCallback(
    (receipt: string | null, fields: { readonly entry: ReportEntry; readonly attempt: Attempt | null }) => {
      dirty.current = false;
      const at = serverNow();
      const draft = { ...fields, basedOn: base.current, receipt, savedAt: at, server: server.current };
      setKept(writeDraft(localStorage, key, draft));
      return at;
    },
    [key],
  );
  const save = useCallback(
    (fields: { readonly entry: ReportEntry; readonly attempt: Attempt | null }) => {
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
  const edit = (next: (before: ReportEntry) => ReportEntry): void => {
    dirty.current = true;
    server.current = { ...server.current, synced: false };
    setEntry(next);
  };

  return {
    entry,
    origin,
    savedBy: opened.savedBy,
    savedAt,
    overtaken: opened.origin === 'draft' && opened.basedOn !== basedOn,
    kept,
    attempt,
    awaiting,
    basedOn: () => base.current,
    change: (ref, text) => {
      setTouched((before) => (before.has(ref) ? before : new Set([...before, ref])));
      edit((before) => withText(before, ref, text));
    },
    fillIn: (filled) => {
      edit((before) => withFilled(before, filled));
    },
    confirm: (ref) => {
      edit((before) => confirmed(before, ref));
    },
    explain: (ruleCode, text) => {
      edit((before) => ({ ...before, explanations: { ...before.explanations, [ruleCode]: text } }));
    },
    attach: (attachments) => {
      edit((before) => ({ ...before, attachments }));
    },
    restore: (previous) => {
      edit(() => previous);
    },
    discard: () => {
      forget();
      base.current = basedOn;
      server.current = { version: null, synced: true };
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
      server.current = { ...server.current, synced: false };
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
    now: () => ({ entry: now.current.entry, server: server.current }),
    agree: (version, told) => {
      const synced = told === null ? server.current.synced : told === now.current.entry;
      server.current = { version, synced };
      if (told !== null) write(null, now.current);
    },
    take: (next, agreed, startedFrom) => {
      base.current = startedFrom;
      server.current = agreed;
      now.current = { ...now.current, entry: next };
      setEntry(next);
      setOrigin('draft');
      save(now.current);
    },
  };
}
