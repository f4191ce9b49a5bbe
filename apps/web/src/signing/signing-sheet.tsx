import type { SigningView } from '@mach/contracts';
import { showCount, type Accumulators, type CompiledForm } from '@mach/domain';
import { useState, type ReactNode } from 'react';
import { MessageBox } from '../design/message-box';
import { AdjustableFigures } from './adjustable-figures';
import { adjustmentsOf, entriesOf, faultsByRef, type Entries } from './adjustment-entries';
import { changedFigures } from './changed-figures';
import { FigureChanges } from './figure-changes';
import type { Signing } from './use-signing';

interface SigningSheetProps {
  readonly view: SigningView;
  readonly form: CompiledForm;
  readonly machine: Accumulators;
  readonly signing: Signing;
  readonly onSigned: () => void;
}

/** What is signed: each figure of the machine, what is added to it and why, what comes of it; then the signature. */
export function SigningSheet({ view, form, machine, signing, onSigned }: SigningSheetProps): ReactNode {
  const [entries, setEntries] = useState<Entries>(() => entriesOf(view.versions[0]?.adjustments ?? []));
  const [explanations, setExplanations] = useState<Readonly<Record<string, string>>>({});
  const [signer, setSigner] = useState('');
  /** How many missing reports the signer has confirmed: another number is to be confirmed anew. */
  const [confirmed, setConfirmed] = useState(0);
  const adjustments = adjustmentsOf(entries, form.adjusting.places);
  const adjusted = form.adjusting.adjust(machine, adjustments);
  const result = adjusted.ok ? adjusted.accumulators : machine;
  const broken = form.contradictions(result, view.counts.accepted, { unit: view.unit });
  const missing = view.counts.expected - view.counts.accepted;
  const { seenBefore, fault, working } = signing;
  return (
    <form
      className="signing-sheet"
      onSubmit={(event) => {
        event.preventDefault();
        const asked = broken.filter(({ severity }) => severity === 'explain');
        void signing
          .sign({
            base: view.base,
            signer: signer.trim(),
            adjustments,
            explanations: asked.flatMap(({ rule }) => {
              const reason = (explanations[rule] ?? '').trim();
              return reason === '' ? [] : [{ rule, reason }];
            }),
            ...(confirmed === missing ? { missing } : {}),
          })
          .then((done) => {
            if (done) onSigned();
          });
      }}
    >
      {fault === null ? null : (
        <MessageBox tone="bad" live title={fault.message}>
          {fault.reasons.length === 0 ? null : (
            <ul className="reasons">
              {fault.reasons.map(({ pointer, message }) => (
                <li key={`${pointer} ${message}`}>{message}</li>
              ))}
            </ul>
          )}
        </MessageBox>
      )}
      {seenBefore === null ? null : (
        <section className="card" aria-labelledby="vua-thay-doi">
          <h2 id="vua-thay-doi">Thay đổi so với bản đã xem</h2>
          <FigureChanges
            indicators={view.definition.indicators}
            changes={changedFigures(
              form.finish(seenBefore.machine.map((value) => (value === null ? null : BigInt(value)))),
              form.finish(machine),
            )}
            before="Bản đã xem"
            after="Hiện nay"
            caption="Số liệu hiện nay bên bản đã xem"
          />
        </section>
      )}
      {broken.length === 0 ? null : (
        <section className="card" aria-labelledby="chua-khop" data-testid="signing-contradictions">
          <h2 id="chua-khop">Số liệu có {showCount(broken.length)} chỗ chưa khớp</h2>
          {broken.map(({ rule, severity, message }) => (
            <MessageBox
              key={rule}
              tone={severity === 'block' ? 'bad' : severity === 'explain' ? 'warn' : 'quiet'}
            >
              <p>
                {message} {severity === 'block' ? 'Chưa ký được khi chưa sửa hoặc điều chỉnh.' : ''}
              </p>
              {severity === 'explain' ? (
                <label className="field">
                  <span className="field-label">Giải trình, nếu số liệu đúng</span>
                  <textarea
                    className="input"
                    rows={2}
                    required
                    maxLength={1_000}
                    value={explanations[rule] ?? ''}
                    onChange={(event) => {
                      setExplanations({ ...explanations, [rule]: event.target.value });
                    }}
                  />
                </label>
              ) : null}
            </MessageBox>
          ))}
        </section>
      )}
      <AdjustableFigures
        form={form}
        machine={machine}
        result={adjusted.ok ? adjusted.accumulators : null}
        entries={entries}
        faults={adjusted.ok ? new Map() : faultsByRef(adjusted.reasons, adjustments)}
        onChange={(ref, entry) => {
          setEntries({ ...entries, [ref]: entry });
        }}
      />
      <section className="card signing-end" aria-labelledby="ky">
        <h2 id="ky">Ký</h2>
        {missing > 0 ? (
          <label className="confirm">
            <input
              type="checkbox"
              required
              checked={confirmed === missing}
              onChange={(event) => {
                setConfirmed(event.target.checked ? missing : 0);
              }}
            />
            <span>
              Còn {showCount(missing)} trên {showCount(view.counts.expected)} báo cáo chưa có số liệu hợp lệ.
              Tôi đã biết và vẫn ký.
            </span>
          </label>
        ) : (
          <p>Đủ {showCount(view.counts.expected)} báo cáo hợp lệ.</p>
        )}
        <label className="field signer">
          <span className="field-label">Họ tên, chức vụ người ký</span>
          <input
            className="input"
            required
            maxLength={100}
            value={signer}
            autoComplete="name"
            onChange={(event) => {
              setSigner(event.target.value);
            }}
          />
        </label>
        <p className="soft small">
          Số liệu đã ký được giữ nguyên và thay số tạm tính của đơn vị ở cấp trên. Muốn sửa thì ký phiên bản
          mới; phiên bản cũ vẫn được lưu.
        </p>
        <div>
          <button
            type="submit"
            className="button button-main"
            disabled={working || !adjusted.ok || broken.some(({ severity }) => severity === 'block')}
          >
            {working ? 'Đang ký…' : 'Ký số liệu tổng hợp'}
          </button>
        </div>
      </section>
    </form>
  );
}
