import type { ReactNode } from 'react';

/** A day by whose end of office hours something is to be done. */
export function UntilField({
  label,
  day,
  onChange,
}: {
  readonly label: string;
  readonly day: string;
  readonly onChange: (day: string) => void;
}): ReactNode {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        className="input"
        type="date"
        required
        value={day}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <span className="soft small">Trước 17 giờ của ngày đã chọn.</span>
    </label>
  );
}
