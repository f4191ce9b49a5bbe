import type { PresenceView } from '@mach/contracts';
import { localTimeOf } from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';

interface PresenceLineProps {
  readonly presence: PresenceView | null;
  /** What was taken over from somebody else, in words. */
  readonly notice: string | null;
}

/** Who else has this report open at this moment, and what they saved. */
export function PresenceLine({ presence, notice }: PresenceLineProps): ReactNode {
  const others = presence?.others ?? [];
  const { draft } = presence ?? { draft: null };
  return (
    <div className="presence small" role="status" data-testid="presence">
      {others.map(({ name, own, since }) => (
        <p key={`${name} ${since}`}>
          <Icon name="pen" />
          <span>
            {own
              ? 'Tài khoản này cũng đang mở báo cáo ở một cửa sổ hoặc máy khác'
              : `${name} cũng đang mở báo cáo này`}
            , từ {localTimeOf(Date.parse(since))}.
            {draft?.open === true && others.length > 0 && !draft.own
              ? ` Bản nháp gần nhất (phiên bản ${String(draft.version)}) do ${draft.savedBy} lưu lúc ${localTimeOf(Date.parse(draft.savedAt))}.`
              : ''}
          </span>
        </p>
      ))}
      {notice === null ? null : <p>{notice}</p>}
    </div>
  );
}
