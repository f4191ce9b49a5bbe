import type { ObligationDetailView } from '@mach/contracts';
import { addDays, instantAt, localDateOf, showDeadline } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { awaitsReport } from '../reports/obligation-words';
import { ReasonForm } from './reason-form';
import { UntilField } from './until-field';
import { useActs } from './use-acts';
import './reviews.css';

/** Asks the superior for more time (xin gia hạn), or says that the request waits or was granted. */
export function ExtensionBox({ detail }: { readonly detail: ObligationDetailView }): ReactNode {
  const due = Date.parse(detail.correctBy ?? detail.deadline);
  const acts = useActs();
  const [asking, setAsking] = useState(false);
  const [day, setDay] = useState(() => addDays(localDateOf(due), 2));
  const { extensionAsked } = detail;
  if (extensionAsked !== null)
    return (
      <MessageBox tone="info">
        Đã đề nghị cấp trên gia hạn đến {showDeadline(Date.parse(extensionAsked.until))}; đang chờ trả lời.
      </MessageBox>
    );
  const granted =
    detail.deadline === detail.firstDeadline ? null : (
      <p className="small">
        Đã được gia hạn; hạn ban đầu là {showDeadline(Date.parse(detail.firstDeadline))}.
      </p>
    );
  if (!awaitsReport(detail.state)) return granted;
  if (!asking)
    return (
      <>
        {granted}
        <div>
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              setAsking(true);
            }}
          >
            Xin gia hạn
          </button>
        </div>
      </>
    );
  return (
    <ReasonForm
      title="Xin gia hạn"
      acts={acts}
      path={`/obligations/${encodeURIComponent(detail.id)}/extension-requests`}
      body={(reason) => ({ until: new Date(instantAt(day, '17:00')).toISOString(), reason })}
      reasonLabel="Lý do"
      send="Gửi đề nghị"
      onClose={() => {
        setAsking(false);
      }}
    >
      <UntilField label="Xin gia hạn đến" day={day} onChange={setDay} />
    </ReasonForm>
  );
}
