import type { DifferenceView } from '@mach/contracts';
import type { ReactNode } from 'react';

const WHAT: Readonly<Record<DifferenceView['kind'], string>> = {
  node: 'Số tổng hợp của',
  view: 'Số đã duyệt hoặc đã ký của',
  report: 'Tình trạng báo cáo của',
  submission: 'Số được cộng từ báo cáo của',
};

/** What differs, with what each figure is made of. */
export function DifferenceList({
  differences,
}: {
  readonly differences: readonly DifferenceView[];
}): ReactNode {
  return (
    <ol className="differences">
      {differences.map((difference) => (
        <li key={`${difference.kind} ${difference.requirement} ${difference.period} ${difference.unit.code}`}>
          <DifferenceItem difference={difference} />
        </li>
      ))}
    </ol>
  );
}

function DifferenceItem({
  difference: { kind, requirement, period, unit, receiptNumber, figures, here, sources },
}: {
  readonly difference: DifferenceView;
}): ReactNode {
  return (
    <>
      <strong>
        {WHAT[kind]} {unit.name} ({unit.code})
      </strong>
      <p className="soft small">
        {requirement} · {period}
        {receiptNumber === null ? null : ` · phiếu ${receiptNumber}`}
        {kind !== 'node' ? null : here ? ' · sai ngay tại đây' : ' · sai do cấp dưới'}
      </p>
      <ul>
        {figures.map(({ name, stored, told }) => (
          <li key={name}>
            <code>{name}</code>: đang lưu <span className="number">{stored ?? 'trống'}</span>, đúng ra là{' '}
            <span className="number">{told ?? 'trống'}</span>
          </li>
        ))}
      </ul>
      {sources.length === 0 ? null : (
        <p className="small">
          Gồm:{' '}
          {sources
            .map((source) => `${source.unit} ${source.receiptNumber ?? ''} ${source.value ?? 'trống'}`)
            .join('; ')}
        </p>
      )}
    </>
  );
}
