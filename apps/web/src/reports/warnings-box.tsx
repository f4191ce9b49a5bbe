import type { FormDefinition, Reason, RuleFinding } from '@mach/domain';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon';
import { fieldId, refAt } from './faults';

const MOST_CHARACTERS = 2_000;

interface WarningsBoxProps {
  /** Rules that the figures break as they stand. */
  readonly findings: readonly RuleFinding[];
  readonly definition: FormDefinition;
  /** What is wrong with the report; of a reason given here it is told here. */
  readonly faults: readonly Reason[];
  /** What is said of them so far, by the rule's code. */
  readonly explanations: Readonly<Record<string, string>>;
  readonly readOnly: boolean;
  readonly onExplain: (rule: string, text: string) => void;
}

/**
 * What the figures say against each other, below the form: with a box for the reason where the form asks for one
 * (giải trình), quietly where it is only a hint (lưu ý). What must be mended is told beside its figure instead.
 */
export function WarningsBox({ findings, ...rest }: WarningsBoxProps): ReactNode {
  const toExplain = findings.filter(({ severity }) => severity === 'explain');
  const hints = findings.filter(({ severity }) => severity === 'hint');
  if (toExplain.length + hints.length === 0) return null;
  return (
    <section className="warnings" aria-labelledby="kiem-tra-so-lieu" data-testid="warnings">
      <h2 id="kiem-tra-so-lieu">Kiểm tra số liệu</h2>
      {toExplain.map((finding) => (
        <Explanation key={finding.rule} finding={finding} {...rest} />
      ))}
      {hints.map((finding) => (
        <p key={finding.rule} className="soft warning-hint" data-testid={`hint-${finding.rule}`}>
          <Icon name="info" />
          <span>
            Lưu ý: {finding.message} <FigureLink finding={finding} {...rest} />
          </span>
        </p>
      ))}
    </section>
  );
}

function Explanation({
  finding,
  definition,
  faults,
  explanations,
  readOnly,
  onExplain,
}: Omit<WarningsBoxProps, 'findings'> & { readonly finding: RuleFinding }): ReactNode {
  const id = `giai-trinh-${finding.rule}`;
  return (
    <div className="message message-warn warning-explain" data-testid={`warning-${finding.rule}`}>
      <Icon name="alert" />
      <div>
        <p id={`${id}-vi-sao`}>
          {finding.message} <FigureLink finding={finding} definition={definition} />
        </p>
        <div className="field">
          <label htmlFor={id}>Giải trình, nếu số liệu đúng</label>
          <textarea
            id={id}
            className="input"
            rows={2}
            maxLength={MOST_CHARACTERS}
            value={explanations[finding.rule] ?? ''}
            readOnly={readOnly}
            aria-describedby={`${id}-vi-sao`}
            onChange={(event) => {
              onExplain(finding.rule, event.target.value);
            }}
          />
          {faults
            .filter(({ pointer }) => pointer === `/explanations/${finding.rule}`)
            .map(({ code, message }) => (
              <p key={code} className="field-fault" role="alert">
                {message}
              </p>
            ))}
          <p className="small soft">Lý do được lưu cùng báo cáo và cấp trên xem được.</p>
        </div>
      </div>
    </div>
  );
}

/** Leads to the figure that is likeliest to be mended. */
function FigureLink({
  finding,
  definition,
}: {
  readonly finding: RuleFinding;
  readonly definition: FormDefinition;
}): ReactNode {
  const ref = finding.pointers.map((pointer) => refAt(pointer, definition)).find((found) => found !== null);
  if (ref === undefined) return null;
  return (
    <a
      href={`#${fieldId(ref)}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(fieldId(ref))?.focus();
      }}
    >
      Xem số liệu
    </a>
  );
}
