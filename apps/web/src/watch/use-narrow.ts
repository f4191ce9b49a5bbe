import { useSyncExternalStore } from 'react';

/**
 * Whether the window is narrower than this, in the person's own text size. `40rem` is a phone's, where a tile of the map
 * is too small to be opened by a finger at once.
 */
export function useNarrow(width = '40rem'): boolean {
  const query = `(max-width: ${width})`;
  const subscribe = (changed: () => void): (() => void) => {
    const list = matchMedia(query);
    list.addEventListener('change', changed);
    return () => {
      list.removeEventListener('change', changed);
    };
  };
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
