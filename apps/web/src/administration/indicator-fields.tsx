import {
  aggregationsOf,
  INDICATOR_TYPES,
  MEASURE_FIELDS,
  MONEY_SCALES,
  moneyUnit,
  TIME_BEHAVIOURS,
  UNIT_KINDS,
  UNIT_LEVELS,
} from '@mach/domain';
import { useId, type ReactNode } from 'react';
import {
  AGGREGATION_WORDS,
  KIND_WORDS,
  LEVEL_WORDS,
  TIME_WORDS,
  TYPE_WORDS,
} from '../catalogue/catalogue-words';
import { EditField } from './edit-field';
import { withType, type IndicatorDraft, type TextField } from './indicator-draft';
import type { EditFaults } from './use-edit';

interface IndicatorFieldsProps {
  readonly draft: IndicatorDraft;
  readonly faults: EditFaults;
  /** What its figures are may not change: a published form asks for it. */
  readonly fixed: boolean;
  /** Its code may still be chosen. */
  readonly isNew: boolean;
  readonly onChange: (draft: IndicatorDraft) => void;
}

/** Every field of an indicator of the draft's type. */
export function IndicatorFields(props: IndicatorFieldsProps): ReactNode {
  const { draft, isNew, onChange } = props;
  const fields = MEASURE_FIELDS[draft.type];
  const has = (field: string): boolean => fields.includes(field);
  return (
    <>
      {isNew ? (
        <Line
          {...props}
          field="code"
          label="Mã"
          hint="Chữ thường không dấu, số, gạch dưới; không đổi được về sau."
        />
      ) : null}
      <Line {...props} field="label" label="Tên chỉ tiêu" />
      <Prose
        {...props}
        field="definition"
        label="Định nghĩa"
        hint="Đếm cái gì, tính từ đâu, không tính gì."
      />
      <Prose {...props} field="hint" label="Gợi ý khi nhập (không bắt buộc)" />
      <div className="edit-row">
        <Choice
          {...props}
          pointer="/indicator/type"
          label="Kiểu số liệu"
          value={draft.type}
          options={INDICATOR_TYPES.map((type) => [type, TYPE_WORDS[type]])}
          onChoose={(type) => {
            const found = INDICATOR_TYPES.find((each) => each === type);
            if (found !== undefined) onChange(withType(draft, found));
          }}
        />
        <TextChoice
          {...props}
          field="time"
          label="Theo thời gian"
          options={TIME_BEHAVIOURS.map((time) => [time, TIME_WORDS[time]])}
        />
      </div>
      <div className="edit-row">
        {has('unit') ? <Line {...props} field="unit" label="Đơn vị tính" measured /> : null}
        {has('scale') ? (
          <TextChoice
            {...props}
            field="scale"
            label="Đơn vị tiền"
            options={MONEY_SCALES.map((scale) => [scale, moneyUnit(scale)])}
          />
        ) : null}
        {has('decimals') && draft.type !== 'integer' ? (
          <Line {...props} field="decimals" label="Số chữ số thập phân" measured />
        ) : null}
        {has('min') ? <Line {...props} field="min" label="Mức thấp nhất" hint="Để trống là 0." /> : null}
        {has('max') ? (
          <Line {...props} field="max" label="Mức cao nhất" hint="Để trống là không hạn chế." />
        ) : null}
        {has('maxLength') ? <Line {...props} field="maxLength" label="Độ dài nhiều nhất (ký tự)" /> : null}
        {has('numeratorLabel') ? <Line {...props} field="numeratorLabel" label="Tên tử số" /> : null}
        {has('denominatorLabel') ? <Line {...props} field="denominatorLabel" label="Tên mẫu số" /> : null}
      </div>
      {has('bounded') ? (
        <label className="state-line">
          <input
            type="checkbox"
            checked={draft.bounded}
            onChange={({ target }) => {
              onChange({ ...draft, bounded: target.checked });
            }}
          />
          Tử số là một phần của mẫu số, không lớn hơn mẫu số
        </label>
      ) : null}
      {has('options') ? <Options {...props} /> : null}
      <div className="edit-row">
        <TextChoice
          {...props}
          field="aggregation"
          label="Tổng hợp lên cấp trên"
          options={aggregationsOf(draft.type).map((kind) => [kind, AGGREGATION_WORDS[kind]])}
        />
        {draft.texts.aggregation === 'weightedMean' ? (
          <Line
            {...props}
            field="weight"
            pointer="/indicator/aggregation/weight"
            label="Mã chỉ tiêu làm trọng số"
            measured
          />
        ) : null}
      </div>
      <Marked
        legend="Cấp báo cáo (không chọn: mọi cấp)"
        words={LEVEL_WORDS}
        all={UNIT_LEVELS}
        chosen={draft.levels}
        onChange={(levels) => {
          onChange({ ...draft, levels });
        }}
      />
      <Marked
        legend="Loại đơn vị (không chọn: mọi loại)"
        words={KIND_WORDS}
        all={UNIT_KINDS}
        chosen={draft.kinds}
        onChange={(kinds) => {
          onChange({ ...draft, kinds });
        }}
      />
    </>
  );
}

type LineProps = IndicatorFieldsProps & {
  readonly field: TextField;
  readonly label: string;
  readonly hint?: string;
  readonly pointer?: string;
  /** Says what figures are: read-only while they are fixed. */
  readonly measured?: boolean;
};

function Line(props: LineProps): ReactNode {
  const { draft, faults, field, label, hint, fixed, measured = false, onChange } = props;
  return (
    <EditField
      pointer={props.pointer ?? `/indicator/${field}`}
      label={label}
      faults={faults}
      {...(hint === undefined ? {} : { hint })}
    >
      {(attributes) => (
        <input
          {...attributes}
          className="input"
          readOnly={fixed && measured}
          value={draft.texts[field]}
          onChange={({ target }) => {
            onChange({ ...draft, texts: { ...draft.texts, [field]: target.value } });
          }}
        />
      )}
    </EditField>
  );
}

function Prose({ draft, faults, field, label, hint, onChange }: LineProps): ReactNode {
  return (
    <EditField
      pointer={`/indicator/${field}`}
      label={label}
      faults={faults}
      {...(hint === undefined ? {} : { hint })}
    >
      {(attributes) => (
        <textarea
          {...attributes}
          className="input"
          rows={2}
          value={draft.texts[field]}
          onChange={({ target }) => {
            onChange({ ...draft, texts: { ...draft.texts, [field]: target.value } });
          }}
        />
      )}
    </EditField>
  );
}

type Option = readonly [value: string, words: string];

function TextChoice({ field, ...props }: LineProps & { readonly options: readonly Option[] }): ReactNode {
  const { draft, onChange } = props;
  return (
    <Choice
      {...props}
      pointer={`/indicator/${field}`}
      value={draft.texts[field]}
      onChoose={(value) => {
        onChange({ ...draft, texts: { ...draft.texts, [field]: value } });
      }}
    />
  );
}

/** A choice among words of a vocabulary; they all say what figures are. */
function Choice({
  pointer,
  label,
  faults,
  fixed,
  value,
  options,
  onChoose,
}: Pick<IndicatorFieldsProps, 'faults' | 'fixed'> & {
  readonly pointer: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}): ReactNode {
  return (
    <EditField pointer={pointer} label={label} faults={faults}>
      {(attributes) => (
        <select
          {...attributes}
          className="input"
          disabled={fixed}
          value={value}
          onChange={({ target }) => {
            onChoose(target.value);
          }}
        >
          {options.map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </select>
      )}
    </EditField>
  );
}

function Options({ draft, faults, onChange }: IndicatorFieldsProps): ReactNode {
  return (
    <EditField
      pointer="/indicator/options"
      label="Các mục để chọn"
      hint="Mỗi dòng một mục, viết mã rồi đến tên, ví dụ: tot: Hoàn thành tốt"
      faults={faults}
    >
      {(attributes) => (
        <textarea
          {...attributes}
          className="input"
          rows={4}
          value={draft.options}
          onChange={({ target }) => {
            onChange({ ...draft, options: target.value });
          }}
        />
      )}
    </EditField>
  );
}

function Marked<W extends string>({
  legend,
  words,
  all,
  chosen,
  onChange,
}: {
  readonly legend: string;
  readonly words: Readonly<Record<W, string>>;
  readonly all: readonly W[];
  readonly chosen: readonly W[];
  readonly onChange: (chosen: readonly W[]) => void;
}): ReactNode {
  const id = useId();
  return (
    <fieldset className="edit-choices">
      <legend className="field-label">{legend}</legend>
      {all.map((each) => (
        <label key={each} htmlFor={`${id}-${each}`}>
          <input
            id={`${id}-${each}`}
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={({ target }) => {
              // In the order of the vocabulary, so that the same choice is the same entry.
              onChange(all.filter((one) => (one === each ? target.checked : chosen.includes(one))));
            }}
          />
          {words[each]}
        </label>
      ))}
    </fieldset>
  );
}
