import type { SigningView } from '@mach/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RollupAddress } from '../api/queries';
import { RefusedError, request, sayError } from '../api/request';
import { signaturesPath, signingQuery } from './signing-queries';

/** Why the last attempt to sign was not done. */
export interface SigningFault {
  readonly message: string;
  readonly reasons: readonly { readonly pointer: string; readonly message: string }[];
}

export interface Signing {
  readonly working: boolean;
  readonly fault: SigningFault | null;
  /** What was on the screen before the figures turned out to have changed; null while they have not. */
  readonly seenBefore: SigningView | null;
  /** Signs what is on the screen. @returns whether it was done. */
  sign(asked: object): Promise<boolean>;
}

export function useSigning(address: RollupAddress, shown: SigningView): Signing {
  const client = useQueryClient();
  const [working, setWorking] = useState(false);
  const [fault, setFault] = useState<SigningFault | null>(null);
  const [seenBefore, setSeenBefore] = useState<SigningView | null>(null);
  const sign = async (asked: object): Promise<boolean> => {
    setWorking(true);
    setFault(null);
    try {
      const signed = await request<SigningView>(signaturesPath(address), { method: 'POST', body: asked });
      client.setQueryData(signingQuery(address).queryKey, signed);
      setSeenBefore(null);
      return true;
    } catch (error) {
      const problem = error instanceof RefusedError ? error.problem : null;
      setFault({ message: sayError(error), reasons: problem?.errors ?? [] });
      if (problem?.signing !== undefined) {
        setSeenBefore(shown);
        client.setQueryData(signingQuery(address).queryKey, problem.signing);
      }
      return false;
    } finally {
      setWorking(false);
      void client.invalidateQueries({ queryKey: ['rollup'] });
    }
  };
  return { working, fault, seenBefore, sign };
}
