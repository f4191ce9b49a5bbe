import type { CountingReportView } from '@mach/contracts';
import { showCount, showDateTime, type FormDefinition, type ReportEntry } from '@mach/domain';
import { useEffect, useRef, type ReactNode } from 'react';
import { entryFrom } from './entry';
import { differencesOf } from './entry-differences';

interface ConflictChoiceProps {
  readonly definition: FormDefinition;
  /** The report that was recorded meanwhile, by someone else or in another window. */
  readonly theirs: CountingReportView;
  readonly mine: ReportEntry;
  readonly working: boolean;
  readonly onKeepTheirs: (theirs: ReportEntry) => void;
  readonly onSendMine: () => void;
}

/** Two reports met: both are shown side by side, and the person chooses which one stands. */
export function ConflictChoice({
  definition,
  theirs,
  mine,
  working,
  onKeepTheirs,
  onSendMine,
}: ConflictChoiceProps): ReactNode {
  const recorded = entryFrom(definition, theirs.payload);
  const { differing, same } = differencesOf(definition, recorded, mine);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section
      className="card conflict"
      aria-labelledby="hai-ban"
      data-testid="conflict"
      tabIndex={-1}
      ref={box}
    >
      <h2 id="hai-ban">Có hai bản báo cáo, đồng chí chọn một bản</h2>
      <p>
        Trong lúc đồng chí lập báo cáo, {theirs.sentBy} đã gửi một bản khác, được ghi nhận lúc{' '}
        {showDateTime(Date.parse(theirs.receivedAt))} (phiên bản {theirs.version}, phiếu{' '}
        <span className="number">{theirs.receiptNumber}</span>). Bản của đồng chí chưa được ghi nhận và vẫn
        còn trên máy này.
      </p>
      {differing.length === 0 ? (
        <p>Hai bản giống nhau, không cần gửi lại.</p>
      ) : (
        <table className="conflict-table">
          <caption className="screen-reader">Các mục khác nhau giữa hai bản</caption>
          <thead>
            <tr>
              <th scope="col">Mục khác nhau</th>
              <th scope="col">Bản đã ghi nhận</th>
              <th scope="col">Bản của đồng chí</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((each) => (
              <tr key={each.ref} data-testid={`conflict-${each.ref.replace('.', '-')}`}>
                <th scope="row">{each.label}</th>
                <td>{each.theirs === '' ? 'để trống' : each.theirs}</td>
                <td>{each.mine === '' ? 'để trống' : each.mine}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {differing.length > 0 && same > 0 ? (
        <p className="soft small">{showCount(same)} mục còn lại giống nhau.</p>
      ) : null}
      <div className="conflict-choice">
        <button
          type="button"
          className="button"
          disabled={working}
          onClick={() => {
            onKeepTheirs(recorded);
          }}
        >
          Giữ bản đã ghi nhận
        </button>
        {differing.length === 0 ? null : (
          <button type="button" className="button button-main" disabled={working} onClick={onSendMine}>
            {working ? 'Đang gửi…' : 'Gửi bản của tôi để thay'}
          </button>
        )}
      </div>
    </section>
  );
}
