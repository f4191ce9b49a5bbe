import type { SigningView } from '@mach/contracts';
import { prepareForm } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import type { RollupAddress } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { CommitteeList } from './committee-list';
import { SignatureBox } from './signature-box';
import { signingQuery } from './signing-queries';
import { SigningSheet } from './signing-sheet';
import { useSigning } from './use-signing';
import './signing.css';

/** Signing the consolidated figures of a unit: the machine's figures, adjustments with their reasons, what comes of them. */
export function SigningPage(): ReactNode {
  const address = useParams({ from: '/signed-in/ky/$requirement/$period/$unit' });
  const { data: view, error } = useQuery(signingQuery(address));
  usePageTitle(view ? `Ký số liệu, ${view.unit.name}, ${view.period.label}` : 'Ký số liệu');
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return <Signing key={Object.values(address).join()} address={address} view={view} />;
}

function Signing({
  address,
  view,
}: {
  readonly address: RollupAddress;
  readonly view: SigningView;
}): ReactNode {
  const form = useMemo(() => prepareForm(view.definition, view.rules), [view.definition, view.rules]);
  const machine = useMemo(
    () => view.machine.map((value) => (value === null ? null : BigInt(value))),
    [view.machine],
  );
  const signing = useSigning(address, view);
  const [latest] = view.versions;
  const [again, setAgain] = useState(false);
  const open = view.refusal === null && (latest === undefined || again);
  return (
    <div className="signing">
      <header>
        <nav aria-label="Đường dẫn">
          <Link to="/theo-doi/$requirement/$period/$unit" params={address}>
            Số liệu của {view.unit.name}
          </Link>
        </nav>
        <h1>Ký số liệu tổng hợp</h1>
        <p className="soft">
          {view.unit.name} · {view.requirement.title} · {view.period.label}
        </p>
      </header>
      {latest === undefined ? (
        <MessageBox tone="quiet" title="Chưa ký">
          <p>
            {view.unit.level === 'city'
              ? 'Số tổng hợp gồm số đã ký của các đảng ủy và số tạm tính ở nơi chưa ký.'
              : 'Cấp trên đang lấy số tạm tính của đơn vị.'}
          </p>
        </MessageBox>
      ) : (
        <SignatureBox signature={latest} view={view} now={form.finish(machine)} />
      )}
      {view.refusal === null ? null : <MessageBox tone="info">{view.refusal}</MessageBox>}
      {view.refusal === null && !open ? (
        <div>
          <button
            type="button"
            className="button"
            onClick={() => {
              setAgain(true);
            }}
          >
            Ký lại
          </button>
        </div>
      ) : null}
      {open ? (
        <SigningSheet
          view={view}
          form={form}
          machine={machine}
          signing={signing}
          onSigned={() => {
            setAgain(false);
          }}
        />
      ) : null}
      {view.committees.length === 0 ? null : <CommitteeList address={address} committees={view.committees} />}
    </div>
  );
}
