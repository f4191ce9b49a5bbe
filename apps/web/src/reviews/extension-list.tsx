import type { ObligationView } from '@mach/contracts';
import { showDateTime, showDeadline } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { useActs } from './use-acts';

/** Requests for more time that wait, each with its decision. */
export function ExtensionList({ items }: { readonly items: readonly ObligationView[] }): ReactNode {
  if (items.length === 0) return <MessageBox tone="quiet">Không có đề nghị gia hạn nào đang chờ.</MessageBox>;
  return (
    <ul className="extensions">
      {items.map((item) => (
        <ExtensionItem key={item.id} item={item} />
      ))}
    </ul>
  );
}

function ExtensionItem({ item }: { readonly item: ObligationView }): ReactNode {
  const acts = useActs();
  const [reason, setReason] = useState('');
  const [refusing, setRefusing] = useState(false);
  const asked = item.extensionAsked;
  if (asked === null) return null;
  const path = `/obligations/${encodeURIComponent(item.id)}/extension-requests/decision`;
  return (
    <li className="card review-act">
      <h2>{item.unit.name}</h2>
      <p className="soft small">
        {item.requirement.title} · {item.period.label} · hạn {showDeadline(Date.parse(item.deadline))}
      </p>
      <p>
        Xin gia hạn đến <strong>{showDeadline(Date.parse(asked.until))}</strong>: {asked.reason}{' '}
        <span className="soft small">({showDateTime(Date.parse(asked.askedAt))})</span>
      </p>
      {acts.fault === null ? null : (
        <MessageBox tone="bad" live>
          {acts.fault}
        </MessageBox>
      )}
      {refusing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void acts.act(path, { granted: false, reason: reason.trim() });
          }}
        >
          <label className="field">
            <span className="field-label">Lý do không gia hạn</span>
            <textarea
              className="input"
              rows={2}
              required
              maxLength={1_000}
              autoFocus
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
          </label>
          <div className="review-buttons">
            <button type="submit" className="button button-main" disabled={acts.working}>
              Gửi trả lời
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                setRefusing(false);
              }}
            >
              Thôi
            </button>
          </div>
        </form>
      ) : (
        <div className="review-buttons">
          <button
            type="button"
            className="button button-main"
            disabled={acts.working}
            onClick={() => {
              void acts.act(path, { granted: true });
            }}
          >
            Cho gia hạn
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              setRefusing(true);
            }}
          >
            Không gia hạn…
          </button>
        </div>
      )}
    </li>
  );
}
