import { useEffect, useState } from 'react';
import { draftsOf, type Draft } from './draft';

/**
 * What this browser alone keeps for an account, by obligation; read again when another tab keeps something. It is
 * read after the page has been drawn: a form that is being left keeps its last letters only then.
 */
export function useDrafts(username: string | undefined): ReadonlyMap<string, Draft> {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  useEffect(() => {
    if (username === undefined) return;
    const read = (): void => {
      setDrafts(draftsOf(localStorage, username));
    };
    read();
    addEventListener('storage', read);
    return () => {
      removeEventListener('storage', read);
    };
  }, [username]);
  return drafts;
}
