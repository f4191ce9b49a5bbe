import { EMPTY_ENTRY, type ReportEntry } from '@mach/domain';

/** What a person has typed and not yet sent, kept in this browser for one obligation of one account. */
export interface Draft {
  readonly entry: ReportEntry;
  /** Receipt number of the report that the draft started from; null when there was none. */
  readonly basedOn: string | null;
  readonly savedAt: number;
  /** Of the sending whose decision this browser does not know yet; null while it is unsent. */
  readonly receipt: string | null;
  /** The sending that has had no answer yet. */
  readonly attempt: Attempt | null;
  readonly server: ServerBase;
}

/** How far this browser and the server agree about a draft. */
export interface ServerBase {
  /** The version that this browser has seen last; null when it knows of no open draft on the server. */
  readonly version: number | null;
  /** Whether the server has everything that is typed here. */
  readonly synced: boolean;
}

/** One sending: the key makes it safe to send the same body again. */
export interface Attempt {
  readonly key: string;
  readonly body: string;
}

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export function draftKey(username: string, obligationId: string): string {
  return `${prefixOf(username)}${obligationId}`;
}

function prefixOf(username: string): string {
  return `mach.draft.1:${username}:`;
}

/** What this browser keeps for an account that the server does not have or has not decided, by obligation. */
export function draftsOf(storage: DraftStorage, username: string): ReadonlyMap<string, Draft> {
  const prefix = prefixOf(username);
  const drafts = new Map<string, Draft>();
  for (let index = 0; index < storage.length; index += 1) {
    const key = storage.key(index);
    const draft = key?.startsWith(prefix) === true ? readDraft(storage, key) : null;
    const isOnlyHere = draft !== null && (!draft.server.synced || draft.receipt !== null);
    if (key !== null && isOnlyHere) drafts.set(key.slice(prefix.length), draft);
  }
  return drafts;
}

/** Reads a draft; whatever is not a readable draft counts as none. */
export function readDraft(storage: DraftStorage, key: string): Draft | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    if (!isDraft(value)) return null;
    return {
      ...value,
      entry: { ...EMPTY_ENTRY, ...value.entry },
      receipt: value.receipt ?? null,
      server: value.server ?? { version: null, synced: false },
    };
  } catch {
    return null;
  }
}

/** Keeps a draft; answers false when the browser refuses (private window, full storage). */
export function writeDraft(storage: DraftStorage, key: string, draft: Draft): boolean {
  try {
    storage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(storage: DraftStorage, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    return;
  }
}

/**
 * The sending to make now. While an earlier one has had no answer and the body is still the same, its key is
 * used again, so
 * that the server recognises it; a changed body is another report and gets a key of its own.
 */
export function attemptFor(body: string, unanswered: Attempt | null, newKey: () => string): Attempt {
  return unanswered?.body === body ? unanswered : { key: newKey(), body };
}

/** One kept by an earlier version of this page lacks what came later: it is unsent, and the server knows nothing. */
type KeptDraft = Omit<Draft, 'receipt' | 'server' | 'entry'> & {
  readonly receipt?: string | null;
  readonly server?: ServerBase;
  readonly entry: Partial<ReportEntry>;
};

function isDraft(value: unknown): value is KeptDraft {
  if (!isObject(value)) return false;
  const { entry, basedOn, savedAt, receipt, attempt, server } = value;
  return (
    isObject(entry) &&
    isTexts(entry['figures']) &&
    isTexts(entry['narratives']) &&
    isTexts(entry['explanations'] ?? {}) &&
    Array.isArray(entry['attachments'] ?? []) &&
    Array.isArray(entry['prefilled'] ?? []) &&
    (server === undefined || (isObject(server) && typeof server['synced'] === 'boolean')) &&
    (basedOn === null || typeof basedOn === 'string') &&
    typeof savedAt === 'number' &&
    (receipt === undefined || receipt === null || typeof receipt === 'string') &&
    (attempt === null ||
      (isObject(attempt) && typeof attempt['key'] === 'string' && typeof attempt['body'] === 'string'))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
