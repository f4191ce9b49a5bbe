import type { FormVersionView } from '@mach/contracts';
import { formDifferences } from '@mach/domain';
import type { ReactNode } from 'react';
import { fieldWords } from './catalogue-words';

/** What one version of a form asks otherwise than another. */
export function VersionDifferences({
  earlier,
  later,
}: {
  readonly earlier: FormVersionView;
  readonly later: FormVersionView;
}): ReactNode {
  const { added, removed, changed, reordered } = formDifferences(earlier.definition, later.definition);
  const lines = [
    ...added.map(({ code, label }) => ({ key: `+${code}`, words: `Thêm: ${label}` })),
    ...removed.map(({ code, label }) => ({ key: `-${code}`, words: `Bỏ: ${label}` })),
    ...changed.map(({ code, label, fields }) => ({
      key: code,
      words: `Sửa: ${label} (${fieldWords(fields)})`,
    })),
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
          {lines.map(({ key, words }) => (
            <li key={key}>{words}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
