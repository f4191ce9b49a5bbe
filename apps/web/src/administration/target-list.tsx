import type { IndicatorDetailView, TargetView } from '@mach/contracts';
import { periodLabel, showFigure, unitOf } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { LEVEL_WORDS } from '../catalogue/catalogue-words';
import { TargetForm } from './target-form';
import { useAdministrator } from './use-administrator';

/** What is to be reached (mức phải đạt), by unit and level; an administrator adds and changes. */
export function TargetList({ view }: { readonly view: IndicatorDetailView }): ReactNode {
  const { indicator, targets } = view;
  const mayEdit = useAdministrator() && indicator.retired !== true && takesTargets(view);
  const [edited, setEdited] = useState<string | null>(null);
  const close = (): void => {
    setEdited(null);
  };
  const unit = indicator.type === 'ratio' ? '%' : unitOf(indicator);
  return (
    <section className="card" aria-labelledby="muc-phai-dat">
      <h2 id="muc-phai-dat">Mức phải đạt</h2>
      {targets.length === 0 ? (
        <p className="soft">Chưa giao mức phải đạt cho chỉ tiêu này.</p>
      ) : (
        <div className="scrolls" role="region" aria-labelledby="muc-phai-dat" tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Giao cho</th>
                <th scope="col">Kỳ</th>
                <th scope="col">Mức</th>
                <th scope="col">Văn bản</th>
                {mayEdit ? (
                  <th scope="col">
                    <span className="screen-reader">Sửa</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {targets.map((target) => (
                <tr key={keyOf(target)}>
                  <td>{whose(target)}</td>
                  <td>{periodLabel(target.period) ?? target.period}</td>
                  <td className="number">
                    {showFigure(target.value)} {unit}
                  </td>
                  <td>{target.source}</td>
                  {mayEdit ? (
                    <td>
                      <button
                        type="button"
                        className="button button-small"
                        aria-label={`Sửa mức giao cho ${whose(target)}, ${periodLabel(target.period) ?? target.period}`}
                        onClick={() => {
                          setEdited(keyOf(target));
                        }}
                      >
                        Sửa
                      </button>
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {edited === null ? null : (
        <TargetForm
          key={edited}
          view={view}
          standing={targets.find((target) => keyOf(target) === edited) ?? null}
          onDone={close}
        />
      )}
      {mayEdit && edited === null ? (
        <p>
          <button
            type="button"
            className="button"
            onClick={() => {
              setEdited('');
            }}
          >
            Giao mức phải đạt
          </button>
        </p>
      ) : null}
    </section>
  );
}

function takesTargets({ indicator }: IndicatorDetailView): boolean {
  return indicator.type === 'ratio' || 'decimals' in indicator;
}

function keyOf({ unit, level, period }: TargetView): string {
  return `${unit ?? ''} ${level ?? ''} ${period}`;
}

function whose({ unit, level }: TargetView): string {
  return level === null ? `Đơn vị ${unit ?? ''}` : `Mỗi đơn vị cấp: ${LEVEL_WORDS[level]}`;
}
