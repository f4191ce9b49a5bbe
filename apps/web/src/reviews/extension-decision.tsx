import type { ObligationView } from '@mach/contracts';
import { showDateTime, showDeadline } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { ReasonForm } from './reason-form';
import { useActs } from './use-acts';

/** A request for more time that waits, and its two answers; nothing when none waits. */
export function ExtensionDecision({ item }: { readonly item: ObligationView }): ReactNode {
  const acts = useActs();
  const [refusing, setRefusing] = useState(false);
  const asked = item.extensionAsked;
  if (asked === null) return null;
  const path = `/obligations/${encodeURIComponent(item.id)}/extension-requests/decision`;
  return (
    <>
      <p>
        Xin gia hạn đến <strong>{showDeadline(Date.parse(asked.until))}</strong>: {asked.reason}{' '}
        <span className="soft small">({showDateTime(Date.parse(asked.askedAt))})</span>
      </p>
      {refusing ? (
        <ReasonForm
          title="Không cho gia hạn"
          acts={acts}
          path={path}
          body={(reason) => ({ granted: false, reason })}
          reasonLabel="Lý do không gia hạn"
          send="Gửi trả lời"
          onClose={() => {
            setRefusing(false);
          }}
        />
      ) : (
        <>
          {acts.fault === null ? null : (
            <MessageBox tone="bad" live>
              {acts.fault}
            </MessageBox>
          )}
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
        </>
      )}
    </>
  );
}
