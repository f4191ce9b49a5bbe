import type { ObligationView } from '@mach/contracts';
import { showCount, type ObligationState } from '@mach/domain';
import { matches } from '../text/matches';
import { useState, type ReactNode } from 'react';
import { ObligationList } from './obligation-list';
import { byUrgency, STATE_WORDS } from './obligation-words';

const SHOWN_AT_ONCE = 30;

/**
 * The reports of the units below, to be searched, and filled in for them when they cannot do so themselves.
 */
export function UnitsBelow({ items }: { readonly items: readonly ObligationView[] }): ReactNode {
  const [query, setQuery] = useState('');
  const [state, setState] = useState<ObligationState | ''>('');
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const states = [...new Set(items.map((item) => item.state))].sort(byUrgency);
  const found = items.filter(
    (item) => (state === '' || item.state === state) && matches(query, item.unit.name, item.unit.code),
  );
  return (
    <section aria-labelledby="nhap-thay" className="owed">
      <div>
        <h2 id="nhap-thay">Nhập thay cho đơn vị trực thuộc</h2>
        <p className="soft">Chọn đơn vị để nhập báo cáo thay khi đơn vị chưa tự nhập được.</p>
      </div>
      <div className="owed-filters">
        <div className="field">
          <label htmlFor="tim-don-vi">Tìm đơn vị</label>
          <input
            id="tim-don-vi"
            className="input"
            type="search"
            placeholder="Tên hoặc mã, không cần dấu"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setLimit(SHOWN_AT_ONCE);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor="loc-trang-thai">Trạng thái</label>
          <select
            id="loc-trang-thai"
            className="input"
            value={state}
            onChange={(event) => {
              setState(event.target.value as ObligationState | '');
              setLimit(SHOWN_AT_ONCE);
            }}
          >
            <option value="">Tất cả</option>
            {states.map((each) => (
              <option key={each} value={each}>
                {STATE_WORDS[each].words}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p className="soft small" role="status">
        {found.length === 0 ? 'Không có đơn vị nào khớp.' : `${showCount(found.length)} báo cáo`}
      </p>
      <ObligationList items={found.slice(0, limit)} showUnit />
      {found.length > limit ? (
        <button
          type="button"
          className="button"
          onClick={() => {
            setLimit(limit + 3 * SHOWN_AT_ONCE);
          }}
        >
          Xem thêm ({showCount(found.length - limit)})
        </button>
      ) : null}
    </section>
  );
}
