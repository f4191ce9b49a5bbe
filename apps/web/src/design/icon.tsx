import type { ReactNode } from 'react';
/** The few signs used; always beside words, so hidden from screen readers. */
const PATHS = {
  check: 'M4 12.5l5.2 5L20 6.5',
  clock: 'M12 7v5.2l3.4 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z',
  alert:
    'M12 8.5v4.6m0 3.2v.1M10.4 4.4 3 17.6A1.9 1.9 0 0 0 4.6 20.4h14.8a1.9 1.9 0 0 0 1.6-2.8L13.6 4.4a1.9 1.9 0 0 0-3.2 0z',
  info: 'M12 11v5.5m0-9v.1M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z',
  pen: 'M4 20l1-4.2L16.2 4.6a2 2 0 0 1 2.9 0l.3.3a2 2 0 0 1 0 2.9L8.2 19 4 20z',
  inbox: 'M3.5 13.5h4.6l1.4 2.8h5l1.4-2.8h4.6M3.5 13.5 6.2 5h11.6l2.7 8.5V19h-17z',
  pulse: 'M2.5 13h4.8l2.4-7.5L13.6 19l2.6-6h5.3',
  lock: 'M7 10.5V8a5 5 0 0 1 10 0v2.5M5.5 10.5h13v9.5h-13z',
  minus: 'M6 12h12',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
