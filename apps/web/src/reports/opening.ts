import type { DraftView, PrefillView } from '@mach/contracts';
import { EMPTY_ENTRY, type FormDefinition, type ReportEntry, type ReportPayload } from '@mach/domain';
import type { Attempt, Draft, ServerBase } from './draft';
import { entryForForm, entryFrom } from './entry';
import { knownFill, withFilled } from './entry-changes';
import { differencesOf } from './entry-differences';

/** What there is to open a report with. */
export interface OpeningSources {
  readonly definition: FormDefinition;
  readonly latest: { readonly receiptNumber: string; readonly payload: ReportPayload } | null;
  /** Kept in this browser. */
  readonly local: Draft | null;
  /** The server's newest version, also of a draft that was closed; undefined when the server did not say. */
  readonly remote: DraftView | null | undefined;
  readonly prefill?: PrefillView | undefined;
}

/** The fields with which a report is opened, and where they come from. */
export interface Opening {
  readonly entry: ReportEntry;
  readonly origin: 'draft' | 'latest' | 'empty';
  /** Receipt number of the report that the fields started from. */
  readonly basedOn: string | null;
  /** When the draft was saved; null when there is none. */
  readonly savedAt: number | null;
  /** Who saved it on the server, when the fields come from there. */
  readonly savedBy: string | null;
  readonly server: ServerBase;
  readonly attempt: Attempt | null;
  readonly awaiting: string | null;
}

/**
 * What stands in the fields when a report is opened: the draft of this browser or of the server, whichever has
 * more, then the report last sent. Where both have what the other has not, this browser's stand: saving brings
 * them together. What is on the server already is not kept from a draft that went on elsewhere and was sent.
 */
export function openingOf({ definition, latest, local, remote, prefill }: OpeningSources): Opening {
  const sent = latest === null ? EMPTY_ENTRY : entryFrom(definition, latest.payload);
  const saysSent = (entry: ReportEntry): boolean =>
    differencesOf(definition, sent, entry).differing.length === 0;
  const from = (origin: Opening['origin'], fields: Partial<Opening>): Opening => ({
    entry: sent,
    origin,
    basedOn: latest?.receiptNumber ?? null,
    savedAt: null,
    savedBy: null,
    server: { version: null, synced: true },
    attempt: null,
    awaiting: null,
    ...fields,
  });
  if (local !== null && !isSettled(local, remote, saysSent)) {
    const { basedOn, server, attempt, receipt: awaiting } = local;
    const kept = { entry: entryForForm(definition, local.entry), basedOn, server, attempt, awaiting };
    return awaiting === null ? from('draft', { ...kept, savedAt: local.savedAt }) : from('latest', kept);
  }
  if (remote?.entry) {
    const entry = entryForForm(definition, remote.entry);
    const { startedFrom: basedOn, savedBy, version } = remote;
    const kept = { entry, basedOn, savedBy, server: { version, synced: true } };
    return latest !== null && saysSent(entry)
      ? from('latest', kept)
      : from('draft', { ...kept, savedAt: Date.parse(remote.savedAt) });
  }
  if (latest !== null || prefill === undefined) return from(latest === null ? 'empty' : 'latest', {});
  // Nobody typed this: it is kept nowhere until somebody types something.
  return from('empty', { entry: withFilled(EMPTY_ENTRY, knownFill(definition, prefill)) });
}

/** Whether the server has, or had, all that this browser keeps, and went on from there. */
function isSettled(
  { receipt, attempt, server, entry }: Draft,
  remote: OpeningSources['remote'],
  saysSent: (entry: ReportEntry) => boolean,
): boolean {
  if (receipt !== null || attempt !== null || !server.synced || remote === undefined) return false;
  const wentOn = remote !== null && remote.version > (server.version ?? 0);
  return wentOn || ((remote?.entry ?? null) === null && saysSent(entry));
}
