import type { UsualView } from '@mach/contracts';
import {
  hintSentence,
  judgeFigures,
  parseFigure,
  spreadsFor,
  typedDecimal,
  type HintedFigure,
  type NumbersByRef,
  type Reason,
} from '@mach/domain';

/** What is strange about the figures as typed, as sentences with their places. What cannot be read yet says nothing. */
export function strangeEntry(
  figures: readonly HintedFigure[],
  texts: Readonly<Record<string, string>>,
  usual: UsualView,
): readonly Reason[] {
  const values: (bigint | null)[] = [];
  for (const figure of figures) values[figure.slot] = typedNumber(figure, texts[figure.ref] ?? '');
  return judgeFigures(figures, values, {
    past: usual.past.map((report) => numbersOfPast(figures, report)),
    peers: spreadsFor(figures, usual.peers),
    newYear: usual.newYear,
    // Said when the report is in: while it is typed, last period's figures may only be a beginning.
    allowsSameAsLast: true,
  }).map((hint) => ({ pointer: hint.pointer, code: hint.kind, message: hintSentence(hint) }));
}

function typedNumber({ decimals }: HintedFigure, text: string): bigint | null {
  const decimal = typedDecimal(text, decimals);
  const parsed = decimal === null ? null : parseFigure(decimal, decimals);
  return parsed?.ok === true ? parsed.value : null;
}

function numbersOfPast(figures: readonly HintedFigure[], report: UsualView['past'][number]): NumbersByRef {
  return new Map(
    figures.flatMap(({ ref, scale }) => {
      const kept = report[ref];
      return kept?.scale === scale ? [[ref, BigInt(kept.value)] as const] : [];
    }),
  );
}
