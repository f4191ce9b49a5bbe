import type { ObligationState } from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';
import { STATE_WORDS } from './obligation-words';

interface StateMarkProps {
  readonly state: ObligationState;
  /** How many figures were given back, where that is known. */
  readonly figures?: number | null;
}

export function StateMark({ state, figures = null }: StateMarkProps): ReactNode {
  const { words, tone, icon } = STATE_WORDS[state];
  return (
    <span className={`mark mark-${tone}`}>
      <Icon name={icon} />
      {figures === null ? words : `Bị trả lại, cần sửa ${String(figures)} số liệu`}
    </span>
  );
}
