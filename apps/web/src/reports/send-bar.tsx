import { localTimeOf } from '@mach/domain';
import type { ObligationDetailView } from '@mach/contracts';
import type { ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { filledCount } from './entry';
import type { DraftInUse } from './use-draft';
import type { ServerDraft } from './use-server-draft';
import type { Sending } from './use-sending';

interface SendBarProps {
  readonly detail: ObligationDetailView;
  readonly draft: DraftInUse;
  readonly server: ServerDraft;
  readonly sending: Sending;
  readonly onSend: () => void;
}

/**
 * Stays in sight at the foot of the form: what went wrong, how far it is, whether it is kept, and the one
 * button, the only thing that sends.
 */
export function SendBar({ detail, draft, server, sending, onSend }: SendBarProps): ReactNode {
  const { filled, asked } = filledCount(detail.definition, draft.entry);
  const { failure, working } = sending;
  const unchanged = draft.origin === 'latest' && draft.savedAt === null;
  return (
    <div className="send-bar">
      {failure === null ? null : (
        <MessageBox tone={failure.safeToRepeat ? 'warn' : 'bad'} title={failure.title} live>
          <p className="small">{failure.words}</p>
        </MessageBox>
      )}
      <div className="send-bar-words small">
        <p>
          Đã điền <strong className="number">{`${String(filled)}/${String(asked)}`}</strong> mục bắt buộc
        </p>
        <p className="soft">{unchanged ? 'Chưa sửa gì so với bản đã gửi' : keptWords(draft, server)}</p>
      </div>
      <button
        type="button"
        className={unchanged ? 'button' : 'button button-main'}
        disabled={working}
        onClick={onSend}
      >
        {working
          ? 'Đang gửi…'
          : failure?.safeToRepeat === true
            ? 'Gửi lại'
            : detail.version === null
              ? 'Gửi báo cáo'
              : 'Gửi bản đính chính'}
      </button>
    </div>
  );
}

function keptWords({ kept, savedAt }: DraftInUse, server: ServerDraft): string {
  const here = kept ? 'trên máy này' : null;
  if (server.trouble !== null)
    return `Bản nháp ${here === null ? 'chưa lưu được' : `mới lưu ${here}, chưa lên máy chủ`}: ${server.trouble}`;
  if (server.savedAt !== null) return `Đã lưu bản nháp lúc ${localTimeOf(server.savedAt)} trên máy chủ`;
  if (!kept) return 'Trình duyệt này không lưu được bản nháp';
  return savedAt === null ? 'Bản nháp tự lưu khi nhập' : `Đã lưu bản nháp lúc ${localTimeOf(savedAt)}`;
}
