import { placesOf, showFigure, unitOf, type Parts, type QuantityIndicator } from '@mach/domain';
import type { ReactNode } from 'react';
import type { FieldProps } from './field-props';
import { FigureField } from './figure-field';

type PartsFieldProps = FieldProps & {
  readonly indicator: QuantityIndicator;
  readonly parts: Parts;
};

/** A quantity is asked for by its parts; the total is added up, never typed. */
export function PartsField({ indicator, parts, entry, shown, faults, ...field }: PartsFieldProps): ReactNode {
  const { code, label, hint, required, decimals } = indicator;
  const titleId = `o-${code}-ten`;
  const unit = unitOf(indicator);
  const worked = shown.get(code);
  const total = worked?.type === 'quantity' ? worked.value : null;
  const whole = faults.get(code) ?? [];
  return (
    <div className="ratio-field" role="group" aria-labelledby={titleId}>
      <p className="field-label" id={titleId}>
        {label}
        {required ? null : <span className="optional"> (không bắt buộc)</span>}
      </p>
      {hint === undefined ? null : <p className="soft small">{hint}</p>}
      <p className="soft small">{parts.by}; tổng số do máy cộng.</p>
      {placesOf(indicator).map((place, index) => (
        <FigureField
          key={place.ref}
          figure={{
            ref: place.ref,
            label: place.label,
            unit,
            decimals,
            required: true,
            ...(indicator.type === 'money' ? { scale: indicator.scale } : {}),
          }}
          negative={indicator.min?.startsWith('-') === true}
          text={entry.figures[place.ref] ?? ''}
          // What is wrong with the whole is told where it begins.
          faults={[...(index === 0 ? whole : []), ...(faults.get(place.ref) ?? [])]}
          pasted={field.pasted}
          readOnly={field.readOnly}
          onChange={field.onChange}
          onLeave={field.onLeave}
          onPaste={field.onPaste}
        />
      ))}
      <p className="ratio-share" data-testid={`total-${code}`}>
        Tổng số: <output className="number">{total === null ? '—' : `${showFigure(total)} ${unit}`}</output>
      </p>
    </div>
  );
}
