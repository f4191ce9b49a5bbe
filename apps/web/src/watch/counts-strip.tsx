import type { CountsView, RollupRowView } from '@mach/contracts';
import { showCount } from '@mach/domain';
import type { ReactNode } from 'react';
import { StateMark } from '../reports/state-mark';
import { Age } from '../time/age';
import { showPercent } from './completeness';
import { CompletenessBar } from './completeness-bar';

const COUNTS: readonly {
  readonly key: keyof CountsView;
  readonly label: string;
  readonly tone?: 'good' | 'warn' | 'bad';
}[] = [
  { key: 'expected', label: 'Phải nộp' },
  { key: 'received', label: 'Đã nhận' },
  { key: 'accepted', label: 'Hợp lệ', tone: 'good' },
  { key: 'approved', label: 'Đã duyệt', tone: 'good' },
  { key: 'nil', label: 'Không phát sinh' },
  { key: 'onTime', label: 'Đúng hạn', tone: 'good' },
  { key: 'lateWithPermission', label: 'Muộn có phép' },
  { key: 'late', label: 'Nộp muộn', tone: 'warn' },
  { key: 'rejected', label: 'Không hợp lệ', tone: 'bad' },
  { key: 'returned', label: 'Bị trả lại', tone: 'bad' },
  { key: 'overdue', label: 'Quá hạn', tone: 'bad' },
];

/** The counts of a node and how far it is, with the age of its figures. */
export function CountsStrip({ row }: { readonly row: RollupRowView }): ReactNode {
  return (
    <section className="card counts" aria-label="Tình hình nộp báo cáo">
      <dl className="counts-list">
        {COUNTS.map(({ key, label, tone }) => (
          <div
            key={key}
            className={tone !== undefined && row.counts[key] > 0 ? `count count-${tone}` : 'count'}
          >
            <dt>{label}</dt>
            <dd className="number" data-testid={`count-${key}`}>
              {showCount(row.counts[key])}
            </dd>
          </div>
        ))}
      </dl>
      {row.ownState === null ? null : (
        <p className="own-state" data-testid="own-state">
          <strong>Báo cáo riêng của đơn vị:</strong> <StateMark state={row.ownState} />
        </p>
      )}
      <div className="counts-progress">
        <CompletenessBar row={row} />
        <p>
          <strong className="number" data-testid="completeness">
            {showPercent(row.completeness)}
          </strong>{' '}
          hoàn thành
          <span className="soft">
            {' · '}
            {row.exact ? null : <span className="adding">đang tổng hợp, </span>}
            cập nhật <Age at={row.computedAt} />
          </span>
        </p>
      </div>
    </section>
  );
}
