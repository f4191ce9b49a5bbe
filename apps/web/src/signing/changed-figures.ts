import type { FigureValue } from '@mach/domain';

/** A figure that is not what it was. */
export interface ChangedFigure {
  readonly code: string;
  readonly before: FigureValue | undefined;
  readonly after: FigureValue;
}

/** The figures of `after` that differ from those of `before`, in their order. */
export function changedFigures(
  before: readonly FigureValue[],
  after: readonly FigureValue[],
): readonly ChangedFigure[] {
  const byCode = new Map(before.map((figure) => [figure.code, figure]));
  return after.flatMap((figure) => {
    const earlier = byCode.get(figure.code);
    return JSON.stringify(earlier) === JSON.stringify(figure)
      ? []
      : [{ code: figure.code, before: earlier, after: figure }];
  });
}
