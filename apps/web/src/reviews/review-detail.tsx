import type { ReviewView } from '@mach/contracts';
import { showDateTime } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { AttachedFiles } from '../files/attached-files';
import { ReportHints } from '../hints/report-hints';
import { StateMark } from '../reports/state-mark';
import { ActRecord } from './act-record';
import { ComparedFigures } from './compared-figures';
import { ReturnForm } from './return-form';
import { useReviewKeys } from './review-keys';
import { useActs } from './use-acts';

interface ReviewDetailProps {
  readonly review: ReviewView;
  /** Goes to the next report; after a decision as well. */
  readonly onNext: () => void;
}

/** One report to be decided on: what it says, what it said before, and what may be done. */
export function ReviewDetail({ review, onNext }: ReviewDetailProps): ReactNode {
  const acts = useActs();
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [returning, setReturning] = useState(false);
  const { counting, state, mayReview } = review;
  const open = mayReview && counting !== null;
  const mayApprove = open && state === 'under_review' && !acts.working;
  const mayReturn = open && !acts.working;
  const path = `/obligations/${encodeURIComponent(review.id)}`;
  const approve = (): void => {
    void acts.act(`${path}/approval`, { version: counting?.version ?? 0 }).then((done) => {
      if (done) onNext();
    });
  };
  useReviewKeys({
    d: mayApprove ? approve : null,
    t: mayReturn
      ? () => {
          setReturning(true);
        }
      : null,
  });
  return (
    <article className="card review-detail" aria-label={`Báo cáo của ${review.unit.name}`}>
      <header className="review-head">
        <h2>{review.unit.name}</h2>
        <p className="soft small">
          {review.requirement.title} · {review.period.label} · {review.plan.symbol}
        </p>
        <p className="state-line">
          <StateMark state={state} />
          <Punctual review={review} />
          {counting === null ? null : (
            <span className="soft small">
              {counting.sentBy} gửi {showDateTime(Date.parse(counting.receivedAt))}, phiếu{' '}
              {counting.receiptNumber}
            </span>
          )}
        </p>
      </header>
      {acts.fault === null ? null : (
        <MessageBox tone="bad" live>
          {acts.fault}
        </MessageBox>
      )}
      {open ? (
        <div className="review-buttons">
          {state === 'under_review' ? (
            <button type="button" className="button button-main" disabled={!mayApprove} onClick={approve}>
              Duyệt (D)
            </button>
          ) : null}
          <button
            type="button"
            className="button"
            disabled={!mayReturn}
            onClick={() => {
              setReturning(true);
            }}
          >
            {marked.length === 0 ? 'Trả lại cả báo cáo (T)' : `Trả lại ${String(marked.length)} số liệu (T)`}
          </button>
        </div>
      ) : null}
      {returning && open ? (
        <ReturnForm
          key={marked.join()}
          review={review}
          marked={marked}
          working={acts.working}
          onSend={(body) => {
            void acts.act(`${path}/return`, body).then((done) => {
              if (!done) return;
              setReturning(false);
              setMarked([]);
              onNext();
            });
          }}
          onCancel={() => {
            setReturning(false);
          }}
        />
      ) : null}
      <Findings review={review} />
      <ReportHints obligationId={review.id} />
      <ComparedFigures
        review={review}
        marked={marked}
        onMark={
          open
            ? (code) => {
                setMarked(marked.includes(code) ? marked.filter((each) => each !== code) : [...marked, code]);
              }
            : null
        }
      />
      <Narratives review={review} />
      <AttachedFiles
        obligationId={review.id}
        slots={review.definition.attachments}
        attached={counting?.payload.attachments ?? []}
      />
      <ActRecord heading="h3" acts={review.acts} definition={review.definition} />
    </article>
  );
}

function Punctual({ review: { punctuality } }: { readonly review: ReviewView }): ReactNode {
  switch (punctuality) {
    case 'late':
      return <span className="mark mark-warn">nộp muộn</span>;
    case 'permitted':
      return <span className="mark mark-quiet">nộp muộn có phép</span>;
    case 'on_time':
    case null:
      return null;
  }
}

/** What the rules of the form found, with the unit's own reason beside it. */
function Findings({ review: { counting } }: { readonly review: ReviewView }): ReactNode {
  if (counting === null || counting.findings.length === 0) return null;
  return (
    <MessageBox tone="warn" title="Quy tắc của biểu mẫu lưu ý">
      <ul data-testid="findings">
        {counting.findings.map(({ rule, message, explanation }) => (
          <li key={rule}>
            {message}
            {explanation === undefined ? null : (
              <p>
                <strong>Đơn vị giải trình:</strong> {explanation}
              </p>
            )}
          </li>
        ))}
      </ul>
    </MessageBox>
  );
}

function Narratives({ review }: { readonly review: ReviewView }): ReactNode {
  const { definition, counting, before } = review;
  const told = definition.narratives.filter(({ code }) => (counting?.payload.narratives[code] ?? '') !== '');
  if (told.length === 0) return null;
  return (
    <section aria-label="Lời văn">
      {told.map(({ code, label }) => {
        const text = counting?.payload.narratives[code] ?? '';
        const earlier = before?.payload.narratives[code];
        return (
          <div key={code} className="review-narrative">
            <h3>{label}</h3>
            <p className="prose">{text}</p>
            {earlier === undefined || earlier === text ? null : (
              <details>
                <summary>Phiên bản trước viết</summary>
                <p className="prose soft">{earlier}</p>
              </details>
            )}
          </div>
        );
      })}
    </section>
  );
}
