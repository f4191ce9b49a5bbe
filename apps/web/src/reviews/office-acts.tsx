import type { ObligationDetailView } from '@mach/contracts';
import { addDays, instantAt, localDateOf, showDateTime } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { actsQuery } from '../api/queries';
import { useServerNow } from '../time/server-clock';
import { ActRecord } from './act-record';
import { ExtensionDecision } from './extension-decision';
import { officeActs, type OfficeAct } from './office-act';
import { ReasonForm } from './reason-form';
import { UntilField } from './until-field';
import { useActs } from './use-acts';
import './reviews.css';

/** Days for which a report is unlocked, unless the office says otherwise. */
const USUAL_DAYS = 3;

const BUTTONS: Readonly<Record<OfficeAct, string>> = {
  exempt: 'Miễn báo cáo kỳ này…',
  lift_exemption: 'Bỏ miễn báo cáo…',
  unlock: 'Mở khóa…',
};

/** What the office above may do with a unit's obligation, and the record of what was done. */
export function OfficeActs({ detail }: { readonly detail: ObligationDetailView }): ReactNode {
  const { data } = useQuery(actsQuery(detail.id));
  const now = useServerNow(60_000);
  const [doing, setDoing] = useState<OfficeAct | null>(null);
  if (data === undefined) return null;
  const possible = officeActs(detail, data.mine, now);
  const close = (): void => {
    setDoing(null);
  };
  return (
    <div className="office-acts" data-testid="office-acts">
      {data.mine.includes('grant_extension') ? <ExtensionDecision item={detail} /> : null}
      {doing !== null && possible.includes(doing) ? (
        <OfficeActForm act={doing} detail={detail} onClose={close} />
      ) : possible.length === 0 ? null : (
        <div className="review-buttons">
          {possible.map((act) => (
            <button
              key={act}
              type="button"
              className="button button-small"
              onClick={() => {
                setDoing(act);
              }}
            >
              {BUTTONS[act]}
            </button>
          ))}
        </div>
      )}
      <ActRecord heading="h2" acts={data.items} definition={detail.definition} />
    </div>
  );
}

function OfficeActForm({
  act,
  detail,
  onClose,
}: {
  readonly act: OfficeAct;
  readonly detail: ObligationDetailView;
  readonly onClose: () => void;
}): ReactNode {
  const acts = useActs();
  const now = useServerNow(60_000);
  const [day, setDay] = useState(() => addDays(localDateOf(now), USUAL_DAYS));
  const path = `/obligations/${encodeURIComponent(detail.id)}`;
  const whose = `${detail.unit.name}, ${detail.period.label}`;
  switch (act) {
    case 'exempt':
      return (
        <ReasonForm
          title="Miễn báo cáo"
          acts={acts}
          path={`${path}/exemption`}
          body={(reason) => ({ exempt: true, reason })}
          reasonLabel="Lý do miễn báo cáo"
          send="Xác nhận miễn báo cáo"
          onClose={onClose}
        >
          <p>
            <strong>{whose}</strong> sẽ không phải nộp báo cáo này và không bị nhắc; số đơn vị phải nộp giảm
            đi một. Đơn vị không gửi được báo cáo cho đến khi bỏ miễn. Việc này được ghi vào quá trình xử lý.
          </p>
        </ReasonForm>
      );
    case 'lift_exemption':
      return (
        <ReasonForm
          title="Bỏ miễn báo cáo"
          acts={acts}
          path={`${path}/exemption`}
          body={(reason) => ({ exempt: false, reason })}
          reasonLabel="Lý do bỏ miễn"
          send="Xác nhận bỏ miễn"
          onClose={onClose}
        >
          <p>
            <strong>{whose}</strong> lại phải nộp báo cáo này và được nhắc theo hạn; số đơn vị phải nộp tăng
            thêm một. Việc này được ghi vào quá trình xử lý.
          </p>
        </ReasonForm>
      );
    case 'unlock':
      return (
        <ReasonForm
          title="Mở khóa"
          acts={acts}
          path={`${path}/unlock`}
          body={(reason) => ({ until: new Date(instantAt(day, '17:00')).toISOString(), reason })}
          reasonLabel="Lý do mở khóa"
          send="Xác nhận mở khóa"
          onClose={onClose}
        >
          <p>
            Kỳ báo cáo đã khóa từ {showDateTime(Date.parse(detail.closesAt))}. Mở khóa để{' '}
            <strong>{whose}</strong> nộp hoặc đính chính đến ngày chọn dưới đây; số liệu đã tổng hợp sẽ đổi
            theo. Hạn nộp không đổi: báo cáo nộp sau hạn vẫn tính là muộn. Việc này được ghi vào quá trình xử
            lý.
          </p>
          <UntilField label="Mở đến" day={day} onChange={setDay} />
        </ReasonForm>
      );
  }
}
