import type { ObligationDetailView } from '@mach/contracts';
import { hearFacts, placesOf, prepareForm, showDateTime, textsOf } from '@mach/domain';
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Attachments } from '../files/attachments';
import { MessageBox } from '../design/message-box';
import { QuietHints } from '../hints/quiet-hints';
import { checkEntry } from './check-entry';
import { ConflictChoice } from './conflict-choice';
import { payloadFrom } from './entry';
import { EntryFields } from './entry-fields';
import { goOnByEnter } from './go-on-by-enter';
import { FieldNote } from './field-note';
import { FaultSummary } from './fault-summary';
import { ReturnedBox } from './returned-box';
import { PrefillBar } from './prefill-bar';
import { PresenceLine } from './presence-line';
import { takesReports } from './obligation-words';
import { SecrecyBox } from './secrecy-box';
import { SendBar } from './send-bar';
import { SubmissionStatus } from './submission-status';
import { useDraft, type OpenedWith } from './use-draft';
import { usePresence } from './use-presence';
import { useSecrecy } from './use-secrecy';
import { useServerDraft } from './use-server-draft';
import { usePasting } from './use-pasting';
import { WarningsBox } from './warnings-box';
import { useSending } from './use-sending';
import { faultsToShow, refAt } from './faults';

/** Needed once in a long while, so not before. */
const DraftMerge = lazy(() => import('./draft-merge').then((module) => ({ default: module.DraftMerge })));

interface ReportEntryProps {
  readonly detail: ObligationDetailView;
  readonly username: string;
  /** Whether the person hands in reports at all; the offices only read them. */
  readonly mayReport: boolean;
  readonly opened: OpenedWith;
}

/** The form of one obligation, from the first figure to the decision on what was sent. */
export function ReportEntry({ detail, username, mayReport, opened }: ReportEntryProps): ReactNode {
  const { definition, rules } = detail;
  const form = useMemo(() => prepareForm(definition, rules), [definition, rules]);
  const editable = mayReport && takesReports(detail.state);
  const draft = useDraft(detail, username, opened);
  const server = useServerDraft(detail, draft, editable);
  const sending = useSending(detail, draft, server.flush);
  const presence = usePresence(detail.id, editable);
  const { overtakenBy } = sending;
  const pasting = usePasting(definition, draft.change);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [summaryAt, setSummaryAt] = useState(0);
  const [unconfirmedAt, setUnconfirmedAt] = useState(0);
  const [unsureAt, setUnsureAt] = useState(0);
  const { prefill } = opened;
  const givenBack = detail.returned?.figures ?? null;
  const choosing = overtakenBy !== null || server.meeting !== null;
  const newest = presence?.draft ?? null;
  useEffect(() => {
    server.heard(newest);
    // Only what is heard anew is acted upon.
  }, [newest?.version, newest?.open]);
  const [openedWith] = useState(sending.receiptNumber);

  const payload = useMemo(() => payloadFrom(definition, draft.entry), [definition, draft.entry]);
  const secrecy = useSecrecy(definition, payload);
  const worked = useMemo(
    () => new Map(form.preview(payload).map((value) => [value.code, value])),
    [form, payload],
  );
  const known = useMemo(() => (prefill === undefined ? {} : hearFacts(prefill.known)), [prefill]);
  const found = useMemo(() => checkEntry(form, draft.entry, known), [form, draft.entry, known]);
  const broken = useMemo(() => form.brokenRules(payload, known), [form, payload, known]);
  const serverFaults = sending.serverFaults.filter(({ pointer }) =>
    draft.untouchedSinceAnswer(refAt(pointer, definition)),
  );
  const shown = faultsToShow({ found, server: serverFaults, all: summaryAt > 0, visited, definition });

  const send = () => {
    if (found.length > 0) {
      setSummaryAt(summaryAt + 1);
      return;
    }
    if (draft.entry.prefilled.length > 0) {
      setUnconfirmedAt(unconfirmedAt + 1);
      return;
    }
    if (!secrecy.confirmed) {
      setUnsureAt(unsureAt + 1);
      return;
    }
    setSummaryAt(0);
    void sending.send();
  };

  return (
    <form
      className="report-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
      }}
      onKeyDown={goOnByEnter}
    >
      {draft.origin === 'draft' ? (
        <MessageBox tone="info">
          Đang dùng bản nháp {draft.savedBy === null ? '' : `do ${draft.savedBy} `}lưu lúc{' '}
          {showDateTime(draft.savedAt ?? 0)}
          {draft.savedBy === null ? ' trên máy này.' : ' trên máy chủ.'}
          {draft.overtaken ? ' Sau đó đã có bản khác được gửi.' : ''}{' '}
          <button type="button" className="button button-small" onClick={server.discard}>
            {detail.latest ? 'Bỏ bản nháp, lấy bản đã gửi' : 'Bỏ bản nháp, nhập lại từ đầu'}
          </button>
        </MessageBox>
      ) : null}
      {editable && detail.returned !== null ? (
        <ReturnedBox definition={definition} returned={detail.returned} />
      ) : null}
      {editable ? <PresenceLine presence={presence} notice={server.notice} /> : null}
      {sending.receiptNumber === null ? null : (
        <SubmissionStatus
          receiptNumber={sending.receiptNumber}
          fresh={sending.receiptNumber !== openedWith}
          definition={definition}
          onDecided={sending.decided}
        />
      )}
      {overtakenBy === null ? null : (
        <ConflictChoice
          definition={definition}
          theirs={overtakenBy}
          mine={draft.entry}
          working={sending.working}
          onKeepTheirs={(fields) => {
            sending.keepTheirs(overtakenBy, fields);
          }}
          onSendMine={() => {
            void sending.sendMine(overtakenBy);
          }}
        />
      )}
      {server.meeting === null ? null : (
        <Suspense>
          <DraftMerge definition={definition} meeting={server.meeting} onChoose={server.choose} />
        </Suspense>
      )}
      {summaryAt > 0 && found.length > 0 ? (
        <FaultSummary key={summaryAt} faults={found} definition={definition} />
      ) : null}
      {editable && !choosing && givenBack === null && prefill !== undefined ? (
        <PrefillBar definition={definition} prefill={prefill} draft={draft} asked={unconfirmedAt} />
      ) : null}
      <EntryFields
        definition={definition}
        entry={draft.entry}
        shown={worked}
        isLocked={({ code }) => givenBack !== null && givenBack[code] === undefined}
        noteOf={(indicator) =>
          prefill === undefined ? null : (
            <FieldNote
              indicator={indicator}
              prefill={prefill}
              prefilled={draft.entry.prefilled}
              editable={editable}
              onConfirm={() => {
                for (const { ref } of placesOf(indicator)) draft.confirm(ref);
              }}
              onTake={(figure) => {
                for (const [ref, text] of textsOf(indicator, figure)) draft.change(ref, text);
              }}
            />
          )
        }
        faults={shown}
        pasted={pasting.pasted}
        readOnly={!editable || sending.working || choosing}
        onChange={(ref, text) => {
          pasting.forget();
          draft.change(ref, text);
        }}
        onPaste={pasting.paste}
        onLeave={(ref) => {
          setVisited((before) => (before.has(ref) ? before : new Set([...before, ref])));
        }}
      />
      {definition.attachments === undefined ? null : (
        <Attachments
          obligationId={detail.id}
          slots={definition.attachments}
          attached={draft.entry.attachments}
          editable={editable && !sending.working && !choosing}
          onChange={draft.attach}
        />
      )}
      <WarningsBox
        findings={broken}
        faults={found}
        definition={definition}
        explanations={draft.entry.explanations}
        readOnly={!editable || sending.working || choosing}
        onExplain={draft.explain}
      />
      {editable ? <QuietHints obligationId={detail.id} form={form} texts={draft.entry.figures} /> : null}
      {editable && !choosing ? (
        <SecrecyBox
          labels={secrecy.labels}
          confirmed={secrecy.confirmed}
          asked={unsureAt}
          onConfirm={secrecy.confirm}
        />
      ) : null}
      {editable && !choosing ? (
        <SendBar detail={detail} draft={draft} server={server} sending={sending} onSend={send} />
      ) : null}
    </form>
  );
}
