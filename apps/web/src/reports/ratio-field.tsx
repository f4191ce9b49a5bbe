import { placesOf, showFigure, type RatioIndicator } from '@mach/domain';
import type { ReactNode } from 'react';
import type { FieldProps } from './field-props';
import { FigureField } from './figure-field';

type RatioFieldProps = FieldProps & { readonly indicator: RatioIndicator };

/** A ratio is asked for as its two numbers; the share is worked out, never typed. */
export function RatioField({
  indicator,
  entry,
  shown,
  faults,
  pasted,
  readOnly,
  onChange,
  onLeave,
  onPaste,
}: RatioFieldProps): ReactNode {
  const titleId = `o-${indicator.code}-ten`;
  const ratio = shown.get(indicator.code);
  const percent = ratio?.type === 'ratio' ? ratio.percent : null;
  return (
    <div className="ratio-field" role="group" aria-labelledby={titleId}>
      <p className="field-label" id={titleId}>
        {indicator.label}
        {indicator.required ? null : <span className="optional"> (không bắt buộc)</span>}
      </p>
      {indicator.hint === undefined ? null : <p className="soft small">{indicator.hint}</p>}
      {placesOf(indicator).map(({ ref, label }) => (
        <FigureField
          key={ref}
          figure={{ ref, label, unit: indicator.unit, decimals: indicator.decimals, required: true }}
          text={entry.figures[ref] ?? ''}
          faults={faults.get(ref) ?? []}
          pasted={pasted}
          readOnly={readOnly}
          onChange={onChange}
          onLeave={onLeave}
          onPaste={onPaste}
        />
      ))}
      <p className="ratio-share">
        Tỷ lệ: <output className="number">{percent === null ? '—' : `${showFigure(percent)} %`}</output>
      </p>
    </div>
  );
}
