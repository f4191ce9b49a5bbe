import type { ReactNode } from 'react';
import type { ImportSubject } from './subject-choice';

/** The workbook of the form: empty, or with the figures that count; as CSV for programs. */
export function TemplateLinks({ subject }: { readonly subject: ImportSubject }): ReactNode {
  const base = `/api/v1/requirements/${encodeURIComponent(subject.requirement)}/periods/${encodeURIComponent(subject.period)}/workbook`;
  return (
    <div className="field" role="group" aria-label="Tải tệp mẫu">
      <span className="field-label">Tải tệp mẫu</span>
      <p className="soft small">
        Mỗi đơn vị phải báo cáo là một dòng. Giữ nguyên các dòng đầu của bảng; dòng để trống thì không nộp.
      </p>
      <div className="import-actions">
        <a className="button" href={base} download>
          Tệp mẫu trống
        </a>
        <a className="button" href={`${base}?filled=1`} download>
          Tệp có số liệu đã ghi nhận
        </a>
        <a className="button" href={`${base}?format=csv&filled=1`} download>
          Dạng CSV
        </a>
      </div>
    </div>
  );
}
