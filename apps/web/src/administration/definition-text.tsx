import { useId, type ReactNode } from 'react';
import './administration.css';

/** DOM id of the text, so that a fault can lead into it. */
export const DEFINITION_ID = 'noi-dung-bieu-mau';

/** The definition of a form as JSON, typed, pasted, or read from a file. */
export function DefinitionText({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={DEFINITION_ID}>Nội dung (JSON)</label>
        <p id={`${id}-hint`} className="soft small">
          Mỗi chỉ tiêu chỉ ghi mã, đề mục và có bắt buộc hay không; phần còn lại lấy từ danh mục chỉ tiêu.
        </p>
        <textarea
          id={DEFINITION_ID}
          className="input edit-definition"
          rows={20}
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          value={text}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-file`}>Hoặc lấy từ tệp .json</label>
        <input
          id={`${id}-file`}
          className="input"
          type="file"
          accept=".json,application/json"
          onChange={({ target }) => {
            void target.files?.[0]?.text().then(onChange);
          }}
        />
      </div>
    </>
  );
}
