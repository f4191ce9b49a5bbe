import type { ObligationDetailView } from '@mach/contracts';
import { compileForm, showDateTime } from '@mach/domain';
import { useMemo, useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { checkEntry } from './check-entry';
import { ConflictChoice } from './conflict-choice';
import { payloadFrom } from './entry';
import { EntryFields } from './entry-fields';
import { goOnByEnter } from './go-on-by-enter';
import { FaultSummary } from './fault-summary';
import { takesReports } from './obligation-words';
import { SendBar } from './send-bar';
import { SubmissionStatus } from './submission-status';
import { useDraft } from './use-draft';
import { usePasting } from './use-pasting';
import { useSending } from './use-sending';
import { faultsToShow, refAt } from './faults';

interface ReportEntryProps {
  readonly detail: ObligationDetailView;
  readonly username: string;
  /** Whether the person hands in reports at all; the offices only read them. */
  readonly mayReport: boolean;
}

/** The form of one obligation, from the first figure to the decision on what was sent. */
export function ReportEntry({ detail, username, mayReport }: ReportEntryProps): ReactNode {
  const { definition } = detail;
  const form = useMemo(() => compileForm(definition), [definition]);
  const draft = useDraft(detail, username);
  const sending = useSending(detail, draft);
  const { overtakenBy } = sending;
  const pasting = usePasting(definition, draft.change);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [summaryAt, setSummaryAt] = useState(0);
  const [openedWith] = useState(sending.receiptNumber);
  const editable = mayReport && takesReports(detail.state);

  const worked = useMemo(
    () => new Map(form.preview(payloadFrom(definition, draft.entry)).map((value) => [value.code, value])),
    [form, definition, draft.entry],
  );
  const found = useMemo(() => checkEntry(form, draft.entry), [form, draft.entry]);
  const serverFaults = sending.serverFaults.filter(({ pointer }) =>
    draft.untouchedSinceAnswer(refAt(pointer, definition)),
  );
  const shown = faultsToShow({ found, server: serverFaults, all: summaryAt > 0, visited, definition });

  const send = () => {
    if (found.length > 0) {
      setSummaryAt(summaryAt + 1);
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
          Đang dùng bản nháp lưu lúc {showDateTime(draft.savedAt ?? 0)} trên máy này.
          {draft.overtaken ? ' Sau đó đã có bản khác được gửi.' : ''}{' '}
          <button type="button" className="button button-small" onClick={draft.discard}>
            {detail.latest ? 'Bỏ bản nháp, lấy bản đã gửi' : 'Bỏ bản nháp, nhập lại từ đầu'}
          </button>
        </MessageBox>
      ) : null}
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
      {summaryAt > 0 && found.length > 0 ? (
        <FaultSummary key={summaryAt} faults={found} definition={definition} />
      ) : null}
      <EntryFields
        definition={definition}
        entry={draft.entry}
        shown={worked}
        faults={shown}
        pasted={pasting.pasted}
        readOnly={!editable || sending.working || overtakenBy !== null}
        onChange={(ref, text) => {
          pasting.forget();
          draft.change(ref, text);
        }}
        onPaste={pasting.paste}
        onLeave={(ref) => {
          setVisited((before) => (before.has(ref) ? before : new Set([...before, ref])));
        }}
      />
      {editable && overtakenBy === null ? (
        <SendBar detail={detail} draft={draft} sending={sending} onSend={send} />
      ) : null}
    </form>
  );
}
