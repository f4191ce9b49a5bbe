import type { ApprovedManyView, ObligationView } from '@mach/contracts';
import { showDeadline } from '@mach/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { request, sayError } from '../api/request';
import { MessageBox } from '../design/message-box';

interface ReviewListProps {
  readonly items: readonly ObligationView[];
  readonly chosen: string | undefined;
  readonly words: string;
  /** Whether these wait for approval, so that several may be approved at once. */
  readonly waiting: boolean;
  readonly more: boolean;
  readonly onMore: () => void;
  readonly onChoose: (index: number) => void;
  readonly onSearch: (words: string) => void;
}

/** The reports of one sort, soonest deadline first, a page at a time. */
export function ReviewList(props: ReviewListProps): ReactNode {
  const { items, chosen, words, waiting, more, onMore, onChoose, onSearch } = props;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const several = items.filter(({ id }) => picked.has(id));
  return (
    <section className="card review-list" aria-label="Danh sách báo cáo">
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('tim');
          onSearch(typeof typed === 'string' ? typed.trim() : '');
        }}
      >
        <label className="field">
          <span className="field-label">Tìm đơn vị</span>
          <input
            key={words}
            className="input"
            type="search"
            name="tim"
            maxLength={100}
            placeholder="Tên hoặc mã, không cần dấu"
            defaultValue={words}
          />
        </label>
      </form>
      <p className="soft small">Phím → báo cáo sau, ← báo cáo trước, D duyệt, T trả lại.</p>
      {waiting ? (
        <ApproveSeveral
          items={several}
          onDone={() => {
            setPicked(new Set());
          }}
        />
      ) : null}
      <ol>
        {items.map((item, index) => (
          <li key={item.id} className={item.id === chosen ? 'chosen' : undefined}>
            {waiting ? (
              <label className="mark-figure">
                <input
                  type="checkbox"
                  checked={picked.has(item.id)}
                  onChange={() => {
                    const changed = new Set(picked);
                    if (!changed.delete(item.id)) changed.add(item.id);
                    setPicked(changed);
                  }}
                />
                <span className="screen-reader">Chọn {item.unit.name}</span>
              </label>
            ) : null}
            <button
              type="button"
              aria-current={item.id === chosen ? 'true' : undefined}
              onClick={() => {
                onChoose(index);
              }}
            >
              <strong>{item.unit.name}</strong>
              <span className="soft small">
                {item.period.label} · {item.plan.symbol} · phiên bản {item.version ?? '—'} · hạn{' '}
                {showDeadline(Date.parse(item.deadline))}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {more ? (
        <button type="button" className="button" onClick={onMore}>
          Xem thêm
        </button>
      ) : null}
    </section>
  );
}

/** Approves the picked ones, and names those that were not: each stands for itself. */
function ApproveSeveral({
  items,
  onDone,
}: {
  readonly items: readonly ObligationView[];
  readonly onDone: () => void;
}): ReactNode {
  const client = useQueryClient();
  const [working, setWorking] = useState(false);
  const [told, setTold] = useState<readonly string[]>([]);
  const approve = async (): Promise<void> => {
    setWorking(true);
    try {
      const answer = await request<ApprovedManyView>('/reviews/approvals', {
        method: 'POST',
        body: { items: items.map(({ id, version }) => ({ obligation: id, version: version ?? 1 })) },
      });
      const name = new Map(items.map(({ id, unit }) => [id, unit.name]));
      setTold(
        answer.items.flatMap(({ obligation, refusal }) =>
          refusal === null ? [] : [`${name.get(obligation) ?? obligation}: ${refusal}`],
        ),
      );
      onDone();
    } catch (error) {
      setTold([sayError(error)]);
    } finally {
      setWorking(false);
      void client.invalidateQueries({ queryKey: ['reviews'] });
      void client.invalidateQueries({ queryKey: ['review'] });
    }
  };
  return (
    <>
      {items.length === 0 ? null : (
        <button
          type="button"
          className="button"
          disabled={working}
          onClick={() => {
            void approve();
          }}
        >
          Duyệt {items.length} báo cáo đã chọn
        </button>
      )}
      {told.length === 0 ? null : (
        <MessageBox tone="warn" live>
          {told.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </MessageBox>
      )}
    </>
  );
}
