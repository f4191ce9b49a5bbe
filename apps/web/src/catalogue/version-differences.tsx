import type { FormVersionView } from '@mach/contracts';
import { formDifferences, type ChangedField, type FormItem } from '@mach/domain';
import type { ReactNode } from 'react';
import { fieldWords } from './catalogue-words';

const SORT_WORDS: Readonly<Record<FormItem['sort'], string>> = {
  indicator: 'chỉ tiêu',
  narrative: 'lời văn',
  rule: 'quy tắc',
  attachment: 'tệp kèm theo',
};

type Version = Pick<FormVersionView, 'version' | 'definition'>;

/** What one version of a form asks otherwise than another. */
export function VersionDifferences({
  earlier,
  later,
}: {
  readonly earlier: Version;
  readonly later: Version;
}): ReactNode {
  const { added, removed, changed, reordered, options } = formDifferences(
    earlier.definition,
    later.definition,
  );
  const lines: readonly {
    readonly key: string;
    readonly words: string;
    readonly fields?: readonly ChangedField[];
  }[] = [
    ...added.map((item) => ({ key: `+${keyOf(item)}`, words: `Thêm ${named(item)}` })),
    ...removed.map((item) => ({ key: `-${keyOf(item)}`, words: `Bỏ ${named(item)}` })),
    ...changed.map((item) => ({ key: keyOf(item), words: `Sửa ${named(item)}`, fields: item.fields })),
    ...(options.length === 0
      ? []
      : [{ key: 'options', words: 'Quy định chung của biểu mẫu', fields: options }]),
    ...(reordered ? [{ key: 'order', words: 'Thứ tự các mục thay đổi.' }] : []),
  ];
  return (
    <section className="card" aria-labelledby="khac-nhau" data-testid="differences">
      <h2 id="khac-nhau">
        Phiên bản {later.version} khác phiên bản {earlier.version}
      </h2>
      {lines.length === 0 ? (
        <p className="soft">Không khác gì về nội dung hỏi.</p>
      ) : (
        <ul className="plain-list">
          {lines.map(({ key, words, fields = [] }) => (
            <li key={key}>
              {words}
              {fields.map(({ field, before, after }) => (
                <span key={field} className="catalogue-line soft small">
                  {fieldWords(field)}: {shown(before)} → {shown(after)}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function keyOf({ sort, code }: FormItem): string {
  return `${sort} ${code}`;
}

function named({ sort, label }: FormItem): string {
  return `${SORT_WORDS[sort]}: ${label}`;
}

/** A value of a definition in a line: texts as they are, lists of names by their names. */
function shown(value: unknown): string {
  if (value === undefined) return 'không ghi';
  if (typeof value === 'boolean') return value ? 'có' : 'không';
  if (typeof value === 'string') return `«${value}»`;
  if (Array.isArray(value)) return value.map(nameOf).join('; ');
  return nameOf(value);
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('label' in value) return String(value.label);
  if ('items' in value && Array.isArray(value.items)) return value.items.map(nameOf).join('; ');
  return 'kind' in value ? String(value.kind) : JSON.stringify(value);
}
