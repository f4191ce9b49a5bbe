import { ageWords, showDateTime } from '@mach/domain';
import type { ReactNode } from 'react';
import { useServerNow } from './server-clock';

/** The age of a figure, kept in step: «12 giây trước». */
export function Age({ at }: { readonly at: string | null }): ReactNode {
  const now = useServerNow(1_000);
  if (at === null) return 'chưa có';
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={showDateTime(instant)}>
      {ageWords(now, instant)}
    </time>
  );
}
