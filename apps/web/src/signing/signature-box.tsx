import type { SignatureView, SigningView } from '@mach/contracts';
import { showCount, showDateTime, type FigureValue } from '@mach/domain';
import type { ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { changedFigures } from './changed-figures';
import { FigureChanges } from './figure-changes';

/** The first figures of a hash: enough to tell two apart at a glance. */
const SHORT_HASH = 12;

interface SignatureBoxProps {
  readonly signature: SignatureView;
  readonly view: SigningView;
  /** What the machine has now. */
  readonly now: readonly FigureValue[];
}

/** What was signed last, by whom, and what has arrived since. */
export function SignatureBox({ signature, view, now }: SignatureBoxProps): ReactNode {
  const since = changedFigures(signature.machine, now);
  const reports = view.counts.accepted - signature.counts.accepted;
  return (
    <section className="card signature" aria-labelledby="da-ky">
      <h2 id="da-ky">Đã ký phiên bản {String(signature.version)}</h2>
      <dl className="signature-facts">
        <Fact name="Người ký" testId="signer">
          {signature.signer}
          <span className="soft small"> (tài khoản {signature.account})</span>
        </Fact>
        <Fact name="Lúc ký" testId="signed-at">
          <span className="number">{showDateTime(Date.parse(signature.signedAt))}</span>
        </Fact>
        <Fact name="Báo cáo khi ký">
          <span className="number">
            {showCount(signature.counts.accepted)}/{showCount(signature.counts.expected)} hợp lệ
          </span>
        </Fact>
        <Fact name="Mã nội dung" testId="content-hash">
          <code title={signature.contentHash}>{signature.contentHash.slice(0, SHORT_HASH)}</code>
          <span className={signature.verified ? 'mark mark-good' : 'mark mark-bad'}>
            {signature.verified ? 'khớp nội dung đã lưu' : 'không khớp nội dung đã lưu'}
          </span>
        </Fact>
      </dl>
      <Adjusted signature={signature} view={view} />
      {since.length === 0 && reports === 0 ? (
        <MessageBox tone="good">Chưa có thay đổi nào sau khi ký.</MessageBox>
      ) : (
        <div data-testid="since-signed">
          <MessageBox tone="warn" title="Đã có thay đổi sau khi ký">
            <p>
              Sau khi ký: {signed(reports)} báo cáo, {showCount(since.length)} chỉ tiêu thay đổi. Số đã ký giữ
              nguyên cho đến khi ký lại.
            </p>
          </MessageBox>
          {since.length === 0 ? null : (
            <FigureChanges
              indicators={view.definition.indicators}
              changes={since}
              before="Máy tổng hợp khi ký"
              after="Hiện nay"
              caption="Số liệu thay đổi sau khi ký"
            />
          )}
        </div>
      )}
      {view.versions.length < 2 ? null : <Earlier versions={view.versions.slice(1)} />}
    </section>
  );
}

/** `+3`, `−2`, `0` */
export function signed(count: number): string {
  return count > 0 ? `+${showCount(count)}` : showCount(count);
}

function Fact({
  name,
  testId,
  children,
}: {
  readonly name: string;
  readonly testId?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt className="soft small">{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

/** The figures that are not the machine's, each with its reason. */
function Adjusted({ signature, view }: Pick<SignatureBoxProps, 'signature' | 'view'>): ReactNode {
  const changes = changedFigures(signature.machine, signature.figures);
  if (changes.length === 0) return <p>Ký đúng số liệu hệ thống tổng hợp, không điều chỉnh.</p>;
  const label = (ref: string): string =>
    view.definition.indicators.find(({ code }) => code === ref.split('.')[0])?.label ?? ref;
  return (
    <>
      <FigureChanges
        indicators={view.definition.indicators}
        changes={changes}
        before="Máy tổng hợp"
        after="Đã ký"
        caption="Số liệu được điều chỉnh khi ký"
      />
      <ul className="reasons">
        {signature.adjustments.map(({ ref, reason, author }) => (
          <li key={ref}>
            <strong>{label(ref)}:</strong> {reason} <span className="soft small">({author})</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Earlier({ versions }: { readonly versions: readonly SignatureView[] }): ReactNode {
  return (
    <details>
      <summary>Các phiên bản trước ({showCount(versions.length)})</summary>
      <ul className="reasons">
        {versions.map((each) => (
          <li key={each.version}>
            Phiên bản {String(each.version)}: {each.signer}, {showDateTime(Date.parse(each.signedAt))}, mã nội
            dung <code>{each.contentHash.slice(0, SHORT_HASH)}</code>
            {each.verified ? '' : ', không khớp nội dung đã lưu'}
          </li>
        ))}
      </ul>
    </details>
  );
}
