import type { ObligationView } from '@mach/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { reviewQuery, reviewsQuery } from '../api/queries';
import { sayError } from '../api/request';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { REVIEW_SORTS, type ReviewSearch, type ReviewSort } from '../app/search-params';
import { MessageBox } from '../design/message-box';
import { ExtensionList } from './extension-list';
import { ReviewDetail } from './review-detail';
import { ReviewList } from './review-list';
import { useReviewKeys } from './review-keys';
import './reviews.css';

const SORT_WORDS: Readonly<Record<ReviewSort, string>> = {
  'cho-duyet': 'Chờ duyệt',
  'tra-lai': 'Đã trả lại',
  'da-duyet': 'Đã duyệt',
  'gia-han': 'Xin gia hạn',
};

/** Reports of the units right below, one after another: read, approved or given back, by mouse or keyboard. */
export function ReviewPage(): ReactNode {
  usePageTitle('Duyệt báo cáo');
  const search = useSearch({ from: '/signed-in/duyet' });
  const navigate = useNavigate({ from: '/duyet' });
  const sort = search.loai ?? 'cho-duyet';
  const go = (changed: { readonly [K in keyof ReviewSearch]: ReviewSearch[K] | undefined }): void => {
    void navigate({
      search: (before) => ({ ...before, ...changed }) as ReviewSearch,
      replace: true,
      resetScroll: false,
    });
  };
  const list = useInfiniteQuery(reviewsQuery({ sort, words: search.tim ?? '' }));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  // A decided report leaves the list; the one that then stands in its place is next.
  const [place, setPlace] = useState(0);
  const chosenAt = items.findIndex(({ id }) => id === search.ma);
  const at = chosenAt >= 0 ? chosenAt : Math.min(place, items.length - 1);
  const choose = (index: number): void => {
    const item = items[index];
    if (item === undefined) return;
    setPlace(index);
    go({ ma: item.id });
  };
  useReviewKeys({
    ArrowRight: () => {
      choose(at + 1);
    },
    ArrowLeft: () => {
      choose(at - 1);
    },
  });
  if (list.error && !list.data) return <FaultPage error={list.error} />;
  return (
    <>
      <div>
        <h1>Duyệt báo cáo</h1>
        <p className="soft">
          Báo cáo hợp lệ của các đơn vị trực thuộc được tổng hợp tạm tính cho đến khi được duyệt.
        </p>
      </div>
      <div className="review-sorts" role="group" aria-label="Loại việc">
        {REVIEW_SORTS.map((each) => (
          <button
            key={each}
            type="button"
            className="button button-small"
            aria-pressed={each === sort}
            onClick={() => {
              setPlace(0);
              go({ loai: each === 'cho-duyet' ? undefined : each, ma: undefined });
            }}
          >
            {SORT_WORDS[each]}
          </button>
        ))}
      </div>
      {list.error ? (
        <MessageBox tone="warn">{sayError(list.error)} Danh sách có thể đã cũ.</MessageBox>
      ) : null}
      {list.isPending ? (
        <WaitingPage />
      ) : sort === 'gia-han' ? (
        <ExtensionList items={items} />
      ) : (
        <div className="review">
          <ReviewList
            items={items}
            chosen={items[at]?.id}
            words={search.tim ?? ''}
            waiting={sort === 'cho-duyet'}
            more={list.hasNextPage}
            onMore={() => {
              void list.fetchNextPage();
            }}
            onChoose={choose}
            onSearch={(words) => {
              setPlace(0);
              go({ tim: words === '' ? undefined : words, ma: undefined });
            }}
          />
          <Chosen
            item={items[at]}
            onNext={() => {
              setPlace(at);
              go({ ma: undefined });
            }}
          />
        </div>
      )}
    </>
  );
}

function Chosen({
  item,
  onNext,
}: {
  readonly item: ObligationView | undefined;
  readonly onNext: () => void;
}): ReactNode {
  const { data, error } = useQuery({ ...reviewQuery(item?.id ?? ''), enabled: item !== undefined });
  if (item === undefined) return <MessageBox tone="quiet">Không có báo cáo nào ở mục này.</MessageBox>;
  if (error && !data) return <MessageBox tone="bad">{sayError(error)}</MessageBox>;
  if (!data) return <WaitingPage />;
  return <ReviewDetail key={`${data.id} ${String(data.counting?.version)}`} review={data} onNext={onNext} />;
}
