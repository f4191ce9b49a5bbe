import type { ImportRowChoice, ImportRowView, ImportView } from '@mach/contracts';
import { showCount, type ImportProblem } from '@mach/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { importRowsQuery } from './import-queries';
import { CHOICE_WORDS, OUTCOME_WORDS, VERDICT_WORDS } from './import-words';

const CHOICES = Object.keys(CHOICE_WORDS) as readonly ImportRowChoice[];

/** The rows of an import, those that somebody has to look at first. */
export function ImportRows({ view }: { readonly view: ImportView }): ReactNode {
  const id = useId();
  const [show, setShow] = useState<ImportRowChoice>('troubled');
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    importRowsQuery(view.id, show, view.state),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card import-steps" aria-label="Các dòng của tệp">
      <div className="field import-choice">
        <label htmlFor={id}>Xem</label>
        <select
          id={id}
          className="input"
          value={show}
          onChange={({ target }) => {
            setShow(CHOICES.find((choice) => choice === target.value) ?? 'all');
          }}
        >
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {CHOICE_WORDS[choice]}
            </option>
          ))}
        </select>
      </div>
      {error ? <MessageBox tone="warn">{sayError(error)}</MessageBox> : null}
      {data !== undefined && items.length === 0 ? (
        <p className="soft">{show === 'troubled' ? 'Không có dòng nào cần xem.' : 'Không có dòng nào.'}</p>
      ) : (
        <ul className="import-rows">
          {items.map((row) => (
            <Row key={row.rowNo} row={row} />
          ))}
        </ul>
      )}
      <p className="import-actions" aria-live="polite">
        <span className="soft small">Đang hiện {showCount(items.length)} dòng.</span>
        {hasNextPage ? (
          <button
            type="button"
            className="button button-small"
            disabled={isFetchingNextPage}
            onClick={() => {
              void fetchNextPage();
            }}
          >
            Xem thêm
          </button>
        ) : null}
      </p>
    </section>
  );
}

function Row({ row }: { readonly row: ImportRowView }): ReactNode {
  const { words, tone } = row.outcome === null ? VERDICT_WORDS[row.verdict] : OUTCOME_WORDS[row.outcome];
  return (
    <li>
      <p className="import-row-head">
        <strong>{row.unit.name === '' ? row.unit.code || 'Không có mã đơn vị' : row.unit.name}</strong>
        <span className={`mark mark-${tone}`}>{words}</span>
        <span className="soft small">
          {row.unit.name === '' ? '' : `${row.unit.code} · `}
          {row.place}
          {row.receiptNumber === null ? '' : ` · ${row.receiptNumber}`}
        </span>
      </p>
      {row.problems.length + row.notes.length + row.reasons.length === 0 ? null : (
        <ul className="import-problems">
          {row.reasons.map((reason) => (
            <li key={`${reason.pointer} ${reason.code}`}>{reason.message}</li>
          ))}
          {[...row.problems, ...row.notes].map((problem) => (
            <Problem key={`${problem.place} ${problem.code}`} problem={problem} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Problem({ problem }: { readonly problem: ImportProblem }): ReactNode {
  const { place, message, found, wanted } = problem;
  return (
    <li>
      <span className="number import-place">{place}</span> {message}
      {found === null || found === '' ? null : <span className="soft small"> Đang ghi: «{found}».</span>}
      {wanted === null ? null : <span className="soft small"> Cần ghi: {wanted}.</span>}
    </li>
  );
}
