import type { Reason } from '@mach/domain';
import { useState } from 'react';
import { RefusedError, request, sayError } from '../api/request';

/** What the server (or the domain before it) finds wrong with what is being edited. */
export interface EditFaults {
  /** Each with its field. */
  readonly reasons: readonly Reason[];
  /** What is about no field: it was changed meanwhile, no answer came. */
  readonly sentence: string | null;
}

export interface Edit {
  readonly working: boolean;
  readonly faults: EditFaults;
  /** Says what is wrong before anything is sent. */
  refuse(reasons: readonly Reason[]): void;
  /** The answer, or null when it was refused: then `faults` says why. */
  send<T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T | null>;
}

const NONE: EditFaults = { reasons: [], sentence: null };

/** Sends what an administrator edits, and keeps why it was refused, each reason at its field (RFC 9457). */
export function useEdit(): Edit {
  const [working, setWorking] = useState(false);
  const [faults, setFaults] = useState(NONE);
  return {
    working,
    faults,
    refuse: (reasons) => {
      setFaults({ reasons, sentence: null });
    },
    send: async <T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T | null> => {
      setWorking(true);
      setFaults(NONE);
      try {
        return await request<T>(path, { method, body });
      } catch (error) {
        setFaults(faultsOf(error));
        return null;
      } finally {
        setWorking(false);
      }
    },
  };
}

function faultsOf(error: unknown): EditFaults {
  const reasons = error instanceof RefusedError ? (error.problem.errors ?? []) : [];
  return { reasons, sentence: reasons.length > 0 ? null : sayError(error) };
}
