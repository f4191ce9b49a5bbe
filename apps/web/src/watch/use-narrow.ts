import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 40rem)';

function subscribe(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => {
    query.removeEventListener('change', changed);
  };
}

/**
 * Whether the window is as narrow as a phone's, where a tile of the map is too small to be opened by a finger
 * at once.
 */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}
