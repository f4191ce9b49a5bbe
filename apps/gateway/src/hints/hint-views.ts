import type { HintedReportsView, ReportHintView, UsualView } from '@mach/contracts';
import { hintSentence, type HintedFigure } from '@mach/domain';
import type { CountingFigures, HintRead, HintedReportRead } from '@mach/persistence';

/** `namesSource`: the unit that it was copied from is within the reader's reach. */
export function hintView({ hint, narratives, source }: HintRead, namesSource: boolean): ReportHintView {
  const code = hint.pointer.split('/').at(-1) ?? '';
  return {
    kind: hint.kind,
    pointer: hint.pointer,
    message: hintSentence(hint),
    copied:
      'share' in hint
        ? {
            share: hint.share,
            text: (narratives[code] ?? '').normalize('NFC'),
            passages: hint.passages,
            source:
              source === null || !namesSource
                ? null
                : { unit: { code: source.unitCode, name: source.unitName }, period: source.period },
          }
        : null,
  };
}

export function hintedReportsView(found: {
  readonly total: number;
  readonly items: readonly HintedReportRead[];
}): HintedReportsView {
  return {
    total: found.total,
    items: found.items.map(({ obligationId, unitCode, unitName, hints, first }) => ({
      obligationId,
      unit: { code: unitCode, name: unitName },
      hints,
      message: hintSentence(first),
    })),
  };
}

/** A report's numbers by reference, each with the scale it was kept in. */
export function pastView(
  figures: readonly HintedFigure[],
  report: CountingFigures,
): UsualView['past'][number] {
  return Object.fromEntries(
    figures.flatMap(({ ref, slot, scale }) => {
      const value = report.figures[slot] ?? null;
      return value === null ? [] : [[ref, { scale, value: String(value) }]];
    }),
  );
}
