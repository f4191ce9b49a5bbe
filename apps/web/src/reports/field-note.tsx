import type { PrefillView } from '@mach/contracts';
import { placesOf, textsOf, type Indicator, type Proposal, type RawFigure } from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';

interface FieldNoteProps {
  readonly indicator: Indicator;
  readonly prefill: PrefillView;
  /** Figures that were filled in and not confirmed. */
  readonly prefilled: readonly string[];
  readonly editable: boolean;
  readonly onConfirm: () => void;
  readonly onTake: (figure: RawFigure) => void;
}

/** Beside a field: what stood there last period, whether it was filled in, and what is known from elsewhere. */
export function FieldNote({
  indicator,
  prefill,
  prefilled,
  editable,
  onConfirm,
  onTake,
}: FieldNoteProps): ReactNode {
  const last = words(indicator, prefill.previous?.figures[indicator.code] ?? null);
  const marked = placesOf(indicator).some(({ ref }) => prefilled.includes(ref));
  const known = prefill.proposals.filter(({ code }) => code === indicator.code);
  const offered = known.filter(({ kind }) => kind === 'elsewhere');
  if (last === '' && offered.length === 0 && !marked) return null;
  return (
    <div className="field-known small" data-testid={`known-${indicator.code}`}>
      {last === '' ? null : (
        <p className="soft">
          Kỳ trước: <span className="number">{last}</span>
        </p>
      )}
      {marked ? (
        <p className="field-marked">
          <Icon name="pen" />
          <span>Lấy sẵn, chưa xác nhận.</span>
          {editable ? (
            <button type="button" className="button button-small" onClick={onConfirm}>
              Đúng<span className="screen-reader"> số của «{indicator.label}»</span>
            </button>
          ) : null}
        </p>
      ) : null}
      {offered.map((proposal) => (
        <p key={proposal.source.requirement.code} className="field-marked">
          <span>
            Đã báo cáo tại «{proposal.source.requirement.title}», {proposal.source.period.label}:{' '}
            <strong className="number">{words(indicator, proposal.figure)}</strong>
          </span>
          {editable && !marked ? (
            <TakeButton proposal={proposal} label={indicator.label} onTake={onTake} />
          ) : null}
        </p>
      ))}
    </div>
  );
}

function TakeButton({
  proposal,
  label,
  onTake,
}: {
  readonly proposal: Proposal;
  readonly label: string;
  readonly onTake: FieldNoteProps['onTake'];
}): ReactNode {
  return (
    <button
      type="button"
      className="button button-small"
      onClick={() => {
        onTake(proposal.figure);
      }}
    >
      Lấy số này<span className="screen-reader"> cho «{label}»</span>
    </button>
  );
}

/** `45/52` for a ratio; parts by their names. */
function words(indicator: Indicator, figure: RawFigure): string {
  const texts = new Map(textsOf(indicator, figure));
  const places = placesOf(indicator).flatMap(({ ref, label }) => {
    const text = texts.get(ref);
    return text === undefined ? [] : [{ text, label }];
  });
  return indicator.type === 'ratio'
    ? places.map(({ text }) => text).join('/')
    : places.map(({ text, label }) => (places.length === 1 ? text : `${label}: ${text}`)).join('; ');
}
