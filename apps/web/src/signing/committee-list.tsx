import type { SignedCommitteeView } from '@mach/contracts';
import { matches, showCount, showDateTime } from '@mach/domain';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { signed } from './signature-box';

interface CommitteeListProps {
  readonly address: { readonly requirement: string; readonly period: string };
  readonly committees: readonly SignedCommitteeView[];
}

/** The committees below: who signed and when, who not, and where something has arrived since. */
export function CommitteeList({ address, committees }: CommitteeListProps): ReactNode {
  const [words, setWords] = useState('');
  const done = committees.filter(({ signature }) => signature !== null).length;
  const shown = committees
    .filter(({ unit }) => matches(words, unit.name, unit.code))
    .sort((a, b) => rankOf(a) - rankOf(b));
  return (
    <section className="card" aria-labelledby="cac-dang-uy">
      <div className="card-head">
        <h2 id="cac-dang-uy">
          Các đảng ủy trực thuộc{' '}
          <span className="soft">
            (đã ký {showCount(done)}/{showCount(committees.length)})
          </span>
        </h2>
        <input
          className="input committees-search"
          type="search"
          aria-label="Tìm đảng ủy theo tên hoặc mã, không cần dấu"
          placeholder="Tìm đảng ủy, không cần dấu"
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
      </div>
      <ul className="committees">
        {shown.map((committee) => (
          <Committee key={committee.unit.code} address={address} committee={committee} />
        ))}
      </ul>
      {shown.length === 0 ? <p className="soft">Không có đảng ủy nào khớp với từ tìm.</p> : null}
    </section>
  );
}

/** Those that changed since they were signed come first, then those that have not signed. */
function rankOf({ signature }: SignedCommitteeView): number {
  if (signature === null) return 1;
  return signature.figuresChanged || signature.reportsSince !== 0 ? 0 : 2;
}

function Committee({
  address,
  committee: { unit, signature, accepted, expected },
}: {
  readonly address: CommitteeListProps['address'];
  readonly committee: SignedCommitteeView;
}): ReactNode {
  return (
    <li data-testid={`committee-${unit.code}`}>
      <Link to="/ky/$requirement/$period/$unit" params={{ ...address, unit: unit.code }}>
        {unit.name}
      </Link>
      <span className="number soft">
        {showCount(accepted)}/{showCount(expected)} báo cáo
      </span>
      {signature === null ? (
        <span className="mark mark-quiet">Chưa ký</span>
      ) : (
        <span className="committee-signed">
          <span className="mark mark-good">Đã ký phiên bản {String(signature.version)}</span>
          <span className="soft small">
            {signature.signer}, {showDateTime(Date.parse(signature.signedAt))}
            {signature.adjusted === 0 ? '' : `, điều chỉnh ${showCount(signature.adjusted)} số liệu`}
          </span>
          {signature.figuresChanged || signature.reportsSince !== 0 ? (
            <span className="mark mark-warn">
              Sau khi ký: {signed(signature.reportsSince)} báo cáo
              {signature.figuresChanged ? ', số liệu đã thay đổi' : ''}
            </span>
          ) : null}
        </span>
      )}
    </li>
  );
}
