import type { ObligationDetailView } from '@mach/contracts';
import type { ReactNode } from 'react';
import { showTime } from '../time/time-words';
import { filledCount } from './entry';
import type { DraftInUse } from './use-draft';

interface SendBarProps {
  readonly detail: ObligationDetailView;
  readonly draft: DraftInUse;
  readonly working: boolean;
  /** Whether the last sending had no answer. */
  readonly repeat: boolean;
}

/** Stays in sight at the foot of the form: how far it is, whether it is kept, and the one button. */
export function SendBar({ detail, draft, working, repeat }: SendBarProps): ReactNode {
  const { filled, asked } = filledCount(detail.definition, draft.entry);
  return (
    <div className="send-bar">
      <div className="send-bar-words small">
        <p>
          Đã điền <strong className="number">{`${String(filled)}/${String(asked)}`}</strong> mục bắt buộc
        </p>
        <p className="soft">{keptWords(draft)}</p>
      </div>
      <button type="submit" className="button button-main" disabled={working}>
        {working ? 'Đang gửi…' : repeat ? 'Gửi lại' : detail.version === null ? 'Gửi báo cáo' : 'Gửi bản đính chính'}
      </button>
    </div>
  );
}

function keptWords({ kept, savedAt }: DraftInUse): string {
  if (!kept) return 'Trình duyệt không cho lưu nháp';
  return savedAt === null ? 'Nháp tự lưu trên máy này' : `Đã lưu nháp lúc ${showTime(savedAt)}`;
}
