import { placesOfProse, proseMark, type FormDefinition, type ReportPayload } from '@mach/domain';
import { useMemo, useState } from 'react';

/** What a report says of secrets, and whether its writer stands for it. */
export interface Secrecy {
  /** What the places are called that mention secrets without bearing a mark. */
  readonly labels: readonly string[];
  readonly confirmed: boolean;
  readonly confirm: (confirmed: boolean) => void;
}

/** The confirmation holds for the words as they stood: what is written afterwards is asked about anew. */
export function useSecrecy(definition: FormDefinition, payload: ReportPayload): Secrecy {
  const places = useMemo(() => placesOfProse(definition), [definition]);
  const mentions = useMemo(
    () => places(payload).filter(({ text }) => proseMark(text) === 'mention'),
    [places, payload],
  );
  const words = mentions.map(({ pointer, text }) => `${pointer} ${text}`).join('\n');
  const [stoodFor, setStoodFor] = useState('');
  return {
    labels: [...new Set(mentions.map(({ label }) => label))],
    confirmed: words === stoodFor,
    confirm: (confirmed) => {
      setStoodFor(confirmed ? words : '');
    },
  };
}
