import type { CompiledTextView, RollupView } from '@mach/contracts';
import { showCount, showDateTime } from '@mach/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { compiledTextsQuery, type TextsAddress } from '../api/queries';
import { sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { sectionsOf } from '../reports/form-sections';
import { foldedText } from './folded-text';
import { useNodeSearch } from './use-table-order';

/**
 * What the units of this node's subtree wrote, under the headings of the outline. Only the heading that is opened is
 * read, a page at a time.
 */
export function CompiledTexts({ view }: { readonly view: RollupView }): ReactNode {
  const [search, write] = useNodeSearch();
  const sections = sectionsOf({
    indicators: view.indicators.filter(({ type }) => type === 'text'),
    narratives: view.narratives,
  });
  if (sections.length === 0) return null;
  const words = search['tim-loi-van'] ?? '';
  const address = { requirement: view.requirement.code, period: view.period.key, unit: view.node.unit.code };
  return (
    <section className="card" aria-labelledby="loi-van" data-testid="compiled-texts">
      <div className="card-head">
        <h2 id="loi-van">Lời văn của các đơn vị</h2>
        <div className="table-tools">
          <Input.Search
            key={words}
            className="table-search"
            aria-label="Tìm trong lời văn theo đơn vị hoặc nội dung, không cần dấu"
            placeholder="Đơn vị hoặc nội dung"
            allowClear
            maxLength={100}
            defaultValue={words}
            onSearch={(written) => {
              write({ 'tim-loi-van': written.trim() === '' ? undefined : written.trim() });
            }}
          />
        </div>
      </div>
      <div className="texts">
        <p className="soft small">
          Trích từ báo cáo đang được tính của từng đơn vị. Báo cáo bị trả lại hoặc đã có bản thay thế không
          hiện ở đây.
        </p>
        {sections.map(({ heading, indicators, narratives }) => (
          <section key={heading} aria-label={heading}>
            <h3>{heading}</h3>
            {[...indicators, ...narratives].map(({ code, label }) => (
              <Heading
                key={code}
                label={label}
                address={{ ...address, code, words }}
                isOpen={search.muc === code}
                onToggle={() => {
                  write({ muc: search.muc === code ? undefined : code });
                }}
              />
            ))}
          </section>
        ))}
      </div>
    </section>
  );
}

function Heading({
  label,
  address,
  isOpen,
  onToggle,
}: {
  readonly label: string;
  readonly address: TextsAddress;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  const id = useId();
  return (
    <div>
      <button
        type="button"
        className="texts-heading"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onToggle}
      >
        {label}
      </button>
      {isOpen ? (
        <div id={id}>
          <Texts address={address} />
        </div>
      ) : null}
    </div>
  );
}

function Texts({ address }: { readonly address: TextsAddress }): ReactNode {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    compiledTextsQuery(address),
  );
  if (!data)
    return error ? <MessageBox tone="bad">{sayError(error)}</MessageBox> : <p className="soft">Đang đọc…</p>;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <>
      <ul className="texts-list">
        {items.map((item) => (
          <TextItem key={item.receiptNumber} item={item} />
        ))}
      </ul>
      <p className="texts-more" aria-live="polite">
        <span className="soft small">{countWords(items.length, hasNextPage, address.words)}</span>
        {hasNextPage ? (
          <Button
            loading={isFetchingNextPage}
            onClick={() => {
              void fetchNextPage();
            }}
          >
            Tải thêm
          </Button>
        ) : null}
      </p>
    </>
  );
}

function countWords(count: number, more: boolean, words: string): string {
  if (count === 0)
    return words === '' ? 'Chưa có đơn vị nào ghi nội dung này.' : 'Không có nội dung nào đúng từ tìm.';
  return more ? `Đang hiện ${showCount(count)} đơn vị đầu.` : `Đã hiện hết: ${showCount(count)} đơn vị.`;
}

function TextItem({ item }: { readonly item: CompiledTextView }): ReactNode {
  const here = useLocation({ select: ({ href }) => href });
  const [isWhole, setWhole] = useState(false);
  const folded = foldedText(item.text);
  return (
    <li>
      <Link
        to="/bao-cao/$obligationId"
        params={{ obligationId: item.obligationId }}
        state={{ from: here }}
        preload={false}
      >
        {item.unit.name}
      </Link>
      <span className="soft small">
        {' '}
        Phiếu <span className="number">{item.receiptNumber}</span>, phiên bản {item.version}, nhận{' '}
        <span className="number">{showDateTime(Date.parse(item.receivedAt))}</span>
      </span>
      <p className="texts-text">{isWhole || folded === null ? item.text : `${folded}…`}</p>
      {folded === null ? null : (
        <button
          type="button"
          className="button button-small"
          aria-expanded={isWhole}
          aria-label={`${isWhole ? 'Thu gọn' : 'Xem cả đoạn'} của ${item.unit.name}`}
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? 'Thu gọn' : 'Xem cả đoạn'}
        </button>
      )}
    </li>
  );
}
