import type { ReportLineageView } from '@mach/contracts';
import { showDateTime, type RawFigure } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { actWords } from '../reviews/act-words';
import { ShownFigure } from '../watch/figures-panel';
import { reportLineageQuery } from './lineage-queries';
import type { LineagePlace } from './use-lineage-place';

interface ReportOriginProps {
  readonly receiptNumber: string;
  readonly place: LineagePlace;
  readonly go: (place: LineagePlace) => void;
}

/** The end of the way down: one report, what it said of the figure, what became of it, and which totals it entered. */
export function ReportOrigin({ receiptNumber, place, go }: ReportOriginProps): ReactNode {
  const { data: view, error } = useQuery(reportLineageQuery(receiptNumber));
  if (!view)
    return error ? <MessageBox tone="bad">{sayError(error)}</MessageBox> : <p role="status">Đang đọc…</p>;
  const indicator = view.indicators.find(({ code }) => code === place.indicator);
  return (
    <div className="lineage-body">
      <p>
        <button
          type="button"
          className="button button-small"
          onClick={() => {
            go({ ...place, receipt: null });
          }}
        >
          Về các phần của số này
        </button>
      </p>
      <dl className="lineage-facts">
        <dt>Đơn vị</dt>
        <dd>{view.unit.name}</dd>
        <dt>Phiếu tiếp nhận</dt>
        <dd className="number">
          {view.receiptNumber}
          {view.version === null ? '' : `, bản ${String(view.version)}`}
        </dd>
        <dt>Nộp</dt>
        <dd>
          {view.sentBy}, {showDateTime(Date.parse(view.receivedAt))}
        </dd>
        {indicator === undefined ? null : (
          <>
            <dt>{indicator.label}</dt>
            <dd data-testid="lineage-sent">
              {view.figures === null ? null : (
                <ShownFigure
                  indicator={indicator}
                  figure={view.figures.find(({ code }) => code === indicator.code)}
                />
              )}
              <Typed figure={view.sent[indicator.code]} />
            </dd>
          </>
        )}
      </dl>
      <Counting view={view} indicator={place.indicator} />
      <Totals view={view} />
      <Acts view={view} />
    </div>
  );
}

/** What was typed, where that is a number; words are shown as they are read. */
function Typed({ figure }: { readonly figure: RawFigure | undefined }): ReactNode {
  const typed = typedWords(figure ?? null);
  return typed === null ? null : (
    <span className="soft small">
      ghi trong báo cáo: <span className="number">{typed}</span>
    </span>
  );
}

function typedWords(figure: RawFigure): string | null {
  if (figure === null) return null;
  if (typeof figure !== 'object') return String(figure);
  if ('numerator' in figure) return `${String(figure.numerator)} / ${String(figure.denominator)}`;
  if ('parts' in figure) return Object.values(figure.parts).map(String).join(' + ');
  return null;
}

function Counting({
  view: { counts, exempt, givenBack, state },
  indicator,
}: {
  readonly view: ReportLineageView;
  readonly indicator: string;
}): ReactNode {
  const reason = givenBack[indicator];
  if (reason !== undefined)
    return <MessageBox tone="warn">Số này bị trả lại nên chưa được tính. Lý do: {reason}</MessageBox>;
  if (counts) return <MessageBox tone="good">Đang được tính trong các số tổng hợp.</MessageBox>;
  return (
    <MessageBox tone="warn">
      Không được tính: {exempt ? 'đơn vị được miễn báo cáo kỳ này' : NOT_COUNTED[state]}.
    </MessageBox>
  );
}

const NOT_COUNTED: Readonly<Record<ReportLineageView['state'], string>> = {
  received: 'báo cáo đang chờ kiểm tra',
  accepted: 'báo cáo không còn là bản được ghi nhận',
  superseded: 'đã có bản mới hơn thay thế',
  rejected: 'báo cáo không hợp lệ',
  returned: 'báo cáo bị trả lại để sửa',
};

/** The reverse of the way down: every total that the report is in. */
function Totals({ view: { totals, counts } }: { readonly view: ReportLineageView }): ReactNode {
  if (!counts || totals.length === 0) return null;
  return (
    <section aria-labelledby="vao-so">
      <h3 id="vao-so">Đã vào số tổng hợp của</h3>
      <ul data-testid="lineage-totals">
        {totals.map(({ code, name, waiting }) => (
          <li key={code}>
            {name}
            {waiting ? <span className="adding"> (đang tổng hợp)</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Acts({ view: { acts } }: { readonly view: ReportLineageView }): ReactNode {
  if (acts.length === 0) return null;
  return (
    <section aria-labelledby="viec-lam">
      <h3 id="viec-lam">Đã xử lý</h3>
      <ol>
        {acts.map((act) => (
          <li key={`${act.at} ${act.kind}`}>
            {actWords(act)}
            <span className="soft small">
              {' '}
              {act.by.name}, {showDateTime(Date.parse(act.at))}
            </span>
            {act.reason === null ? null : <p className="small">Lý do: {act.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
