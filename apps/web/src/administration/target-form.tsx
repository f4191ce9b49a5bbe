import type { IndicatorDetailView, TargetView } from '@mach/contracts';
import { checkTarget, showFigure, UNIT_LEVELS } from '@mach/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { LEVEL_WORDS } from '../catalogue/catalogue-words';
import { EditField, EditSummary } from './edit-field';
import { useEdit } from './use-edit';

interface TargetFormProps {
  readonly view: IndicatorDetailView;
  /** The target being changed; null: another one. */
  readonly standing: TargetView | null;
  readonly onDone: () => void;
}

const FOR_UNIT = 'unit';

/** Sets a target: for one unit or for each unit of a level, in a period, by a document. */
export function TargetForm({ view, standing, onDone }: TargetFormProps): ReactNode {
  const client = useQueryClient();
  const edit = useEdit();
  const [whose, setWhose] = useState<string>(standing?.level ?? FOR_UNIT);
  const [texts, setTexts] = useState({
    unit: standing?.unit ?? '',
    period: standing?.period ?? '',
    value: standing === null ? '' : showFigure(standing.value),
    source: standing?.source ?? '',
  });
  const { code } = view.indicator;
  const save = async (): Promise<void> => {
    const target = {
      ...(whose === FOR_UNIT ? { unit: texts.unit.trim() } : { level: whose }),
      period: texts.period.trim().toUpperCase(),
      // As people write it in Vietnam: 7.300 and 84,6.
      value: texts.value.trim().replaceAll('.', '').replace(',', '.'),
      source: texts.source.trim(),
    };
    const checked = checkTarget(target, view.indicator, '/target');
    if (!checked.ok) {
      edit.refuse(checked.reasons);
      return;
    }
    const same = view.targets.find(
      (each) =>
        each.unit === checked.target.unit &&
        each.level === checked.target.level &&
        each.period === checked.target.period,
    );
    // Another one is added; one that stands already is changed where it stands.
    if (standing === null && same !== undefined) {
      edit.refuse([
        {
          pointer: '/target/period',
          code: 'target.standing',
          message: 'Đã giao mức cho đơn vị hoặc cấp này trong kỳ này; đề nghị sửa ở dòng đó.',
        },
      ]);
      return;
    }
    const path = `/indicators/${encodeURIComponent(code)}/targets`;
    const saved = await edit.send('POST', path, { target, basedOn: standing?.setAt ?? null });
    if (saved === null) return;
    await client.invalidateQueries({ queryKey: ['indicator', code] });
    onDone();
  };
  const line = (field: keyof typeof texts, label: string, hint?: string): ReactNode => (
    <EditField
      pointer={`/target/${field}`}
      label={label}
      faults={edit.faults}
      {...(hint === undefined ? {} : { hint })}
    >
      {(attributes) => (
        <input
          {...attributes}
          className="input"
          readOnly={standing !== null && (field === 'unit' || field === 'period')}
          value={texts[field]}
          onChange={({ target }) => {
            setTexts({ ...texts, [field]: target.value });
          }}
        />
      )}
    </EditField>
  );
  return (
    <form
      className="edit"
      aria-label={standing === null ? 'Giao mức phải đạt' : 'Sửa mức phải đạt'}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <EditSummary faults={edit.faults} />
      <div className="edit-row">
        <EditField pointer="/target/level" label="Giao cho" faults={edit.faults}>
          {(attributes) => (
            <select
              {...attributes}
              className="input"
              disabled={standing !== null}
              value={whose}
              onChange={({ target }) => {
                setWhose(target.value);
              }}
            >
              <option value={FOR_UNIT}>Một đơn vị</option>
              {UNIT_LEVELS.map((level) => (
                <option key={level} value={level}>
                  Mỗi đơn vị cấp: {LEVEL_WORDS[level]}
                </option>
              ))}
            </select>
          )}
        </EditField>
        {whose === FOR_UNIT ? line('unit', 'Mã đơn vị') : null}
        {line('period', 'Kỳ', 'Viết như 2026, 2026-Q4 hoặc 2026-11.')}
        {line('value', view.indicator.type === 'ratio' ? 'Mức phải đạt (%)' : 'Mức phải đạt')}
        {line('source', 'Văn bản giao', 'Ví dụ 14-CTr/TU')}
      </div>
      <div className="edit-buttons">
        <button type="submit" className="button button-main" disabled={edit.working}>
          {edit.working ? 'Đang lưu…' : 'Lưu mức phải đạt'}
        </button>
        <button type="button" className="button" onClick={onDone}>
          Thôi
        </button>
      </div>
    </form>
  );
}
