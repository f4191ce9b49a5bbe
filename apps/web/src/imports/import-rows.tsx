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
  const [show, setShow] = useState<ImportRowChoice>(() => firstLook(view));
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

/** What has to be looked at; else what would change. */
function firstLook({ counts: { verdicts, noted } }: ImportView): ImportRowChoice {
  if (verdicts.refused + noted > 0 || verdicts.correction === 0) return 'troubled';
  return 'correction';
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
      <Changes row={row} />
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

/** A correction of more figures than these is opened by who wants to see them. */
const SHOWN_AT_ONCE = 5;

/** What a correction changes: «Số buổi học: 2 → 3». */
function Changes({ row: { changes, changesLeftOut } }: { readonly row: ImportRowView }): ReactNode {
  if (changes.length === 0) return null;
  const list = (
    <ul className="import-problems">
      {changes.map(({ pointer, label, from, to }) => (
        <li key={pointer}>
          {label}: <Said text={from} /> → <Said text={to} />
        </li>
      ))}
      {changesLeftOut > 0 ? (
        <li className="soft small">… và {showCount(changesLeftOut)} thay đổi nữa, xem trong tệp kết quả.</li>
      ) : null}
    </ul>
  );
  if (changes.length <= SHOWN_AT_ONCE) return list;
  return (
    <details>
      <summary>Thay đổi {showCount(changes.length + changesLeftOut)} mục</summary>
      {list}
    </details>
  );
}

function Said({ text }: { readonly text: string }): ReactNode {
  return text === '' ? <span className="soft">(trống)</span> : <strong className="number">{text}</strong>;
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
