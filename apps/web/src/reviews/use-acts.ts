import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request, sayError } from '../api/request';

export interface Acts {
  readonly working: boolean;
  /** Why the last act was not done; null when it was. */
  readonly fault: string | null;
  /** Asks the server to do it; true when it was done. What is on screen is read again in any case. */
  act(path: string, body: object): Promise<boolean>;
}

/** Acts on reports: one at a time, refused with the server's words. */
export function useActs(): Acts {
  const client = useQueryClient();
  const [working, setWorking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const act = async (path: string, body: object): Promise<boolean> => {
    setWorking(true);
    setFault(null);
    try {
      await request(path, { method: 'POST', body });
      return true;
    } catch (error) {
      setFault(sayError(error));
      return false;
    } finally {
      setWorking(false);
      for (const key of ['reviews', 'review', 'obligations', 'obligation', 'acts'])
        void client.invalidateQueries({ queryKey: [key] });
    }
  };
  return { working, fault, act };
}
