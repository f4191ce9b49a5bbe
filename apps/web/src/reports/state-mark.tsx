import type { ObligationState } from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';
import { STATE_WORDS } from './obligation-words';

export function StateMark({ state }: { readonly state: ObligationState }): ReactNode {
  const { words, tone, icon } = STATE_WORDS[state];
  return (
    <span className={`mark mark-${tone}`}>
      <Icon name={icon} />
      {words}
    </span>
  );
}
