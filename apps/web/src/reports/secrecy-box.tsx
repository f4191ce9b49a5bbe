import { useEffect, useRef, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';

interface SecrecyBoxProps {
  /** What the places are called in which secrets are mentioned. */
  readonly labels: readonly string[];
  readonly confirmed: boolean;
  /** How often sending was tried while this was not confirmed. */
  readonly asked: number;
  readonly onConfirm: (confirmed: boolean) => void;
}

/** Asks whether words that speak of secrets may be sent here: «quản lý tài liệu mật» may, what is in one may not. */
export function SecrecyBox({ labels, confirmed, asked, onConfirm }: SecrecyBoxProps): ReactNode {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) box.current?.focus();
  }, [asked]);
  if (labels.length === 0) return null;
  return (
    <div data-testid="secrecy-box">
      <MessageBox tone={asked > 0 && !confirmed ? 'bad' : 'warn'} live={asked > 0 && !confirmed}>
        <p>
          {asked > 0 && !confirmed ? 'Chưa gửi: ' : ''}
          {labels.map((label) => `«${label}»`).join(', ')} có nhắc đến nội dung mật. Hệ thống không tiếp nhận
          nội dung thuộc bí mật nhà nước.
        </p>
        <label className="check-line">
          <input
            ref={box}
            type="checkbox"
            checked={confirmed}
            onChange={(event) => {
              onConfirm(event.target.checked);
            }}
          />
          <span>Tôi đã soát lại: phần này chỉ nêu việc đã làm, không chứa nội dung mật.</span>
        </label>
      </MessageBox>
    </div>
  );
}
