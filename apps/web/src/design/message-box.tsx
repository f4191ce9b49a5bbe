import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  warn: 'clock',
  bad: 'alert',
  info: 'info',
  quiet: 'info',
};

interface MessageBoxProps {
  readonly tone: Tone;
  readonly title?: string;
  /** Announced to screen readers when it appears. */
  readonly live?: boolean;
  readonly children?: ReactNode;
}

/** A message beside the work. */
export function MessageBox({ tone, title, live = false, children }: MessageBoxProps): ReactNode {
  return (
    <div
      className={`message message-${tone}`}
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
    >
      <Icon name={ICONS[tone]} />
      <div>
        {title === undefined ? null : <p className="message-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
