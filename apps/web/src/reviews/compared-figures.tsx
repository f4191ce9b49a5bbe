import type { ReviewView } from '@mach/contracts';
import type { FigureValue, Indicator, RawFigure } from '@mach/domain';
import type { ReactNode } from 'react';
import { ShownFigure } from '../watch/figures-panel';

interface ComparedFiguresProps {
  readonly review: ReviewView;
  readonly marked: readonly string[];
  /** Null while nothing may be given back. */
  readonly onMark: ((code: string) => void) | null;
}

/** The report's figures beside those of its version before and of the period before; what changed is marked. */
export function ComparedFigures({ review, marked, onMark }: ComparedFiguresProps): ReactNode {
  const { definition, counting, before, lastPeriod, changed, returned } = review;
  const sections = [...new Set(definition.indicators.map(({ section }) => section))];
  const columns = 2 + Number(before !== null) + Number(lastPeriod !== null) + Number(onMark !== null);
  return (
    <div className="compared-wrap" tabIndex={0} role="region" aria-label="Bảng số liệu, cuộn ngang được">
      <table className="compared">
        <caption className="screen-reader">Số liệu của {review.unit.name}</caption>
        <thead>
          <tr>
            <th scope="col">Chỉ tiêu</th>
            <th scope="col">{counting === null ? 'Chưa có' : `Phiên bản ${String(counting.version)}`}</th>
            {before === null ? null : <th scope="col">Phiên bản {before.version}</th>}
            {lastPeriod === null ? null : <th scope="col">{lastPeriod.label}</th>}
            {onMark === null ? null : <th scope="col">Trả lại</th>}
          </tr>
        </thead>
        {sections.map((section) => (
          <tbody key={section}>
            <tr>
              <th scope="rowgroup" colSpan={columns} className="figures-section">
                {section}
              </th>
            </tr>
            {definition.indicators
              .filter((indicator) => indicator.section === section)
              .map((indicator) => (
                <tr
                  key={indicator.code}
                  className={changed.includes(indicator.code) ? 'changed' : undefined}
                  data-testid={`compared-${indicator.code}`}
                >
                  <th scope="row">
                    {indicator.label}
                    {changed.includes(indicator.code) ? <span className="mark mark-warn">đã đổi</span> : null}
                    {returned?.figures?.[indicator.code] === undefined ? null : (
                      <span className="field-fault">Đã trả lại: {returned.figures[indicator.code]}</span>
                    )}
                  </th>
                  <td>
                    <Shown
                      indicator={indicator}
                      figures={counting?.figures}
                      raw={counting?.payload.figures[indicator.code]}
                    />
                  </td>
                  {before === null ? null : (
                    <td className="soft">
                      <Shown
                        indicator={indicator}
                        figures={before.figures}
                        raw={before.payload.figures[indicator.code]}
                      />
                    </td>
                  )}
                  {lastPeriod === null ? null : (
                    <td className="soft">
                      <Shown indicator={indicator} figures={lastPeriod.figures} raw={undefined} />
                    </td>
                  )}
                  {onMark === null ? null : (
                    <td>
                      {indicator.type === 'subtotal' ? null : (
                        <label className="mark-figure">
                          <input
                            type="checkbox"
                            checked={marked.includes(indicator.code)}
                            onChange={() => {
                              onMark(indicator.code);
                            }}
                          />
                          <span className="screen-reader">Trả lại «{indicator.label}»</span>
                        </label>
                      )}
                    </td>
                  )}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** A text is shown as it was typed: the figures only say that one was given. */
function Shown({
  indicator,
  figures,
  raw,
}: {
  readonly indicator: Indicator;
  readonly figures: readonly FigureValue[] | undefined;
  readonly raw: RawFigure | undefined;
}): ReactNode {
  if (typeof raw === 'object' && raw !== null && 'text' in raw) return raw.text;
  return <ShownFigure indicator={indicator} figure={figures?.find(({ code }) => code === indicator.code)} />;
}
