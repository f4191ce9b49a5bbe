import type { FigureLineageView, FigurePartView } from '@mach/contracts';
import { showCount, showDateTime, type Indicator } from '@mach/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RollupAddress } from '../api/queries';
import { sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { ShownFigure } from '../watch/figures-panel';
import { sumLines, type SumLine } from './figure-sum';
import { figureLineageQuery } from './lineage-queries';
import type { LineagePlace } from './use-lineage-place';

interface FigurePartsProps {
  readonly address: RollupAddress;
  readonly place: LineagePlace;
  readonly go: (place: LineagePlace) => void;
}

/** What a figure is made of: the sum as people write it, then each part, the largest first. */
export function FigureParts({ address, place, go }: FigurePartsProps): ReactNode {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    figureLineageQuery(address, place.indicator),
  );
  const view = data?.pages[0];
  if (view === undefined)
    return error ? <MessageBox tone="bad">{sayError(error)}</MessageBox> : <p role="status">Đang đọc…</p>;
  const { indicator, unit, period } = view;
  const parts = data?.pages.flatMap((page) => page.parts) ?? [];
  return (
    <div className="lineage-body">
      <p>
        <strong>{indicator.label}</strong>
        <span className="soft">
          {' '}
          của {unit.name}, {period.label}, số tạm tính
        </span>
      </p>
      <p className="lineage-figure" data-testid="lineage-figure">
        <ShownFigure indicator={indicator} figure={view.figure} />
      </p>
      <Sums view={view} />
      <table className="lineage-parts">
        <caption className="screen-reader">Các phần của số này, lớn trước</caption>
        <thead>
          <tr>
            <th scope="col">Đơn vị</th>
            <th scope="col">Số</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <PartRow
              key={part.unit.code}
              part={part}
              indicator={indicator}
              of={unit.code}
              place={place}
              go={go}
            />
          ))}
        </tbody>
      </table>
      {view.outOfReach === 0 ? null : (
        <p className="soft small">
          {showCount(view.outOfReach)} đơn vị nay thuộc cấp khác: đã được tính trong số này nhưng không xem
          được từng số.
        </p>
      )}
      {hasNextPage ? (
        <button
          type="button"
          className="button button-small"
          disabled={isFetchingNextPage}
          onClick={() => {
            void fetchNextPage();
          }}
        >
          Xem thêm ({showCount(data?.pages.at(-1)?.rest?.parts ?? 0)} đơn vị)
        </button>
      ) : null}
    </div>
  );
}

function Sums({ view }: { readonly view: FigureLineageView }): ReactNode {
  const lines = sumLines(view);
  return (
    <>
      {lines.length > 0 ? (
        lines.map((line) => <SumText key={line.label} line={line} />)
      ) : (
        <p className="soft small">{HOW[howOf(view.indicator)]}</p>
      )}
      {view.adds ? null : (
        <p className="adding" role="status">
          Đang tổng hợp: các phần dưới đây mới hơn số ở trên.
        </p>
      )}
    </>
  );
}

function SumText({ line: { label, total, addends, together } }: { readonly line: SumLine }): ReactNode {
  if (addends.length === 0) return null;
  return (
    <p className="lineage-sum number" data-testid="lineage-sum">
      {label === '' ? null : <span className="soft">{label}: </span>}
      {total} = {addends.join(' + ')}
      {together === 0 ? null : (
        <span className="soft small"> (số cuối gộp {showCount(together)} đơn vị)</span>
      )}
    </p>
  );
}

type How = 'min' | 'max' | 'mean' | 'weightedMean' | 'other';
const HOW: Readonly<Record<How, string>> = {
  min: 'Là số nhỏ nhất trong các số dưới đây.',
  max: 'Là số lớn nhất trong các số dưới đây.',
  mean: 'Là trung bình của mọi báo cáo bên dưới, mỗi báo cáo tính như nhau.',
  weightedMean: 'Là trung bình có trọng số của mọi báo cáo bên dưới.',
  other: '',
};

function howOf(indicator: Indicator): How {
  const kind = 'aggregation' in indicator ? indicator.aggregation.kind : 'other';
  return kind === 'min' || kind === 'max' || kind === 'mean' || kind === 'weightedMean' ? kind : 'other';
}

interface PartRowProps extends Omit<FigurePartsProps, 'address'> {
  readonly part: FigurePartView;
  readonly indicator: Indicator;
  /** The unit whose figure this is a part of. */
  readonly of: string;
}

function PartRow({
  part: { unit, figure, reports, report },
  indicator,
  of,
  place,
  go,
}: PartRowProps): ReactNode {
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="link-button"
          onClick={() => {
            go(
              report === null
                ? { ...place, unit: unit.code, receipt: null }
                : { ...place, receipt: report.receiptNumber },
            );
          }}
        >
          {report !== null && unit.code === of ? `Báo cáo riêng của ${unit.name}` : unit.name}
        </button>
        <span className="soft small">
          {report === null
            ? `${showCount(reports)} báo cáo`
            : `Phiếu ${report.receiptNumber}, bản ${String(report.version)}, ${report.sentBy}, ${showDateTime(Date.parse(report.receivedAt))}`}
        </span>
      </th>
      <td>
        <ShownFigure indicator={indicator} figure={figure} />
      </td>
    </tr>
  );
}
