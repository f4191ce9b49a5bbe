import type { ReviewView } from '@mach/contracts';
import { addDays, instantAt, localDateOf } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { useServerNow } from '../time/server-clock';
import { UntilField } from './until-field';

/** Days a unit has to correct, unless the reviewer says otherwise. */
const USUAL_DAYS = 3;

interface ReturnFormProps {
  readonly review: ReviewView;
  /** Codes of the figures to give back; empty: the whole. */
  readonly marked: readonly string[];
  readonly working: boolean;
  readonly onSend: (body: object) => void;
  readonly onCancel: () => void;
}

/** Why a report, or each of its marked figures, is given back, and until when it is to be corrected. */
export function ReturnForm({ review, marked, working, onSend, onCancel }: ReturnFormProps): ReactNode {
  const now = useServerNow(60_000);
  const [day, setDay] = useState(() => addDays(localDateOf(now), USUAL_DAYS));
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const figures = review.definition.indicators.filter(({ code }) => marked.includes(code));
  const asked = figures.length === 0 ? [{ code: '', label: 'Lý do trả lại cả báo cáo' }] : figures;
  const title = figures.length === 0 ? 'Trả lại cả báo cáo' : `Trả lại ${String(figures.length)} số liệu`;
  return (
    <form
      className="card review-act"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        const correctBy = new Date(instantAt(day, '17:00')).toISOString();
        const version = review.counting?.version ?? 0;
        onSend(
          figures.length === 0
            ? { version, correctBy, reason: (reasons[''] ?? '').trim() }
            : {
                version,
                correctBy,
                figures: figures.map(({ code }) => ({ code, reason: (reasons[code] ?? '').trim() })),
              },
        );
      }}
    >
      <h3>{title}</h3>
      {figures.length === 0 ? (
        <p className="soft small">
          Cả báo cáo sẽ không còn được tổng hợp cho đến khi đơn vị sửa và nộp lại. Muốn chỉ trả lại một số số
          liệu, đánh dấu số liệu đó trong bảng.
        </p>
      ) : (
        <p className="soft small">
          Chỉ các số liệu này không được tổng hợp và được phép sửa; phần còn lại giữ nguyên.
        </p>
      )}
      {asked.map(({ code, label }, index) => (
        <label key={code} className="field">
          <span className="field-label">{label}</span>
          <textarea
            className="input"
            rows={2}
            required
            maxLength={1_000}
            autoFocus={index === 0}
            placeholder="Nêu chỗ cần sửa"
            value={reasons[code] ?? ''}
            onChange={(event) => {
              setReasons({ ...reasons, [code]: event.target.value });
            }}
          />
        </label>
      ))}
      <UntilField label="Hạn sửa" day={day} onChange={setDay} />
      <div className="review-buttons">
        <button type="submit" className="button button-main" disabled={working}>
          {working ? 'Đang gửi…' : 'Trả lại đơn vị'}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Thôi
        </button>
      </div>
    </form>
  );
}
