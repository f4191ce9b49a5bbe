import {
  showFigure,
  type Accumulators,
  type AdjustablePlace,
  type CompiledForm,
  type Indicator,
} from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';
import { ShownFigure } from '../watch/figures-panel';
import type { Entries, Entry } from './adjustment-entries';

interface AdjustableFiguresProps {
  readonly form: CompiledForm;
  readonly machine: Accumulators;
  /** With the adjustments; null while one of them is faulty. */
  readonly result: Accumulators | null;
  readonly entries: Entries;
  /** What is wrong with an adjustment, by reference of its place. */
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (ref: string, entry: Entry) => void;
}

type Shown = Readonly<Record<string, string | null>>;

/** Every figure of the form: the machine's, what is added with its reason, and the figure that is signed. */
export function AdjustableFigures(props: AdjustableFiguresProps): ReactNode {
  const { form, machine, result } = props;
  const { indicators } = form.definition;
  const sections = [...new Set(indicators.map(({ section }) => section))];
  const shown = { machine: form.adjusting.show(machine), result: result && form.adjusting.show(result) };
  return (
    <section className="card" aria-labelledby="dieu-chinh">
      <h2 id="dieu-chinh">Số liệu và điều chỉnh</h2>
      <p className="soft small">
        Chỉ ghi điều chỉnh ở nơi cần: cộng thêm ghi 3, giảm đi ghi -3; mỗi điều chỉnh có lý do. Tổng và tỷ lệ
        tự tính lại.
      </p>
      <div className="adjust-row adjust-head" aria-hidden="true">
        <span>Chỉ tiêu</span>
        <span className="adjust-number">Máy tổng hợp</span>
        <span>Điều chỉnh</span>
        <span className="adjust-number">Số ký</span>
      </div>
      {sections.map((section) => (
        <div key={section}>
          <h3 className="figures-section">{section}</h3>
          {indicators
            .filter((indicator) => indicator.section === section)
            .map((indicator) => (
              <IndicatorRows key={indicator.code} indicator={indicator} shown={shown} {...props} />
            ))}
        </div>
      ))}
    </section>
  );
}

interface RowsProps extends AdjustableFiguresProps {
  readonly indicator: Indicator;
  readonly shown: { readonly machine: Shown; readonly result: Shown | null };
}

function IndicatorRows({ indicator, ...props }: RowsProps): ReactNode {
  const { form, machine, result } = props;
  const places = form.adjusting.places.filter((place) => place.indicator === indicator.code);
  const figureIn = (accumulators: Accumulators) =>
    form.finish(accumulators).find(({ code }) => code === indicator.code);
  return (
    <div className="adjust-indicator" data-testid={`adjust-${indicator.code}`}>
      {places.length === 1 ? null : (
        <div className="adjust-row">
          <span>{indicator.label}</span>
          <span className="adjust-number">
            <span className="adjust-label">Máy tổng hợp</span>
            <ShownFigure indicator={indicator} figure={figureIn(machine)} />
          </span>
          <span className="soft small adjust-by">{places.length === 0 ? fixedWords(indicator) : ''}</span>
          <span className="adjust-number">
            <span className="adjust-label">Số ký</span>
            {result === null ? '—' : <ShownFigure indicator={indicator} figure={figureIn(result)} />}
          </span>
        </div>
      )}
      {places.map((place) => (
        <PlaceRow key={place.ref} place={place} {...props} />
      ))}
    </div>
  );
}

function fixedWords({ type }: Indicator): string {
  return type === 'subtotal' ? 'tự cộng' : 'không điều chỉnh';
}

function PlaceRow({
  place,
  shown,
  entries,
  faults,
  onChange,
}: Omit<RowsProps, 'indicator'> & { readonly place: AdjustablePlace }): ReactNode {
  const { ref, label, unit } = place;
  const entry = entries[ref] ?? { by: '', reason: '' };
  const fault = faults.get(ref);
  const id = `dieu-chinh-${ref.replace('.', '-')}`;
  return (
    <div className="adjust-row">
      <label htmlFor={id}>
        {label} <span className="soft small">({unit})</span>
      </label>
      <span className="adjust-number number">
        <span className="adjust-label">Máy tổng hợp</span>
        <span>{written(shown.machine[ref])}</span>
      </span>
      <span className="adjust-by">
        <input
          id={id}
          className="input number"
          inputMode="text"
          autoComplete="off"
          placeholder="điều chỉnh"
          value={entry.by}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : `${id}-loi`}
          onChange={(event) => {
            onChange(ref, { ...entry, by: event.target.value });
          }}
        />
      </span>
      <strong className="adjust-number number">
        <span className="adjust-label">Số ký</span>
        <span data-testid={`result-${ref}`}>{shown.result === null ? '—' : written(shown.result[ref])}</span>
      </strong>
      {fault === undefined ? null : (
        <p className="field-fault adjust-wide" id={`${id}-loi`}>
          <Icon name="alert" />
          {fault}
        </p>
      )}
      {entry.by.trim() === '' ? null : (
        <label className="field adjust-wide">
          <span className="field-label">Lý do điều chỉnh</span>
          <input
            className="input"
            required
            maxLength={1_000}
            value={entry.reason}
            onChange={(event) => {
              onChange(ref, { ...entry, reason: event.target.value });
            }}
          />
        </label>
      )}
    </div>
  );
}

function written(decimal: string | null | undefined): string {
  return decimal === null || decimal === undefined ? '—' : showFigure(decimal);
}
