import { useEffect } from 'react';

/** What a key does on the review page; null while it may not be done. */
export type ReviewKeys = Readonly<Partial<Record<string, (() => void) | null>>>;

/** Keys work while nobody types, and never together with Ctrl, Alt or Meta: those are the browser's. */
export function useReviewKeys(keys: ReviewKeys): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (
        event.target instanceof Element &&
        event.target.closest('input:not([type=checkbox]), textarea, select, dialog') !== null
      )
        return;
      const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined || act === null) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => {
      removeEventListener('keydown', pressed);
    };
  });
}
