import { useCallback, useState, type RefCallback } from 'react';

/** Below this the columns of a comparison do not stand beside each other. */
export const TABLE_REM = 56;

/**
 * Whether a panel is narrower than so many of the letters' own size (rem), however the letters came to be that large:
 * by the window, by zooming, or by the person's own setting.
 */
export function useNarrowPanel(rem: number): readonly [ref: RefCallback<HTMLElement>, narrow: boolean] {
  const [narrow, setNarrow] = useState(false);
  const ref = useCallback(
    (panel: HTMLElement | null) => {
      if (panel === null) return;
      const measure = (): void => {
        const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
        setNarrow(panel.clientWidth < rem * letters);
      };
      measure();
      const observer = new ResizeObserver(measure);
      observer.observe(panel);
      return () => {
        observer.disconnect();
      };
    },
    [rem],
  );
  return [ref, narrow];
}
