import { Injectable } from '@nestjs/common';
import type { ProblemCode } from '@mach/contracts';
import {
  formInForce,
  refuseByWindow,
  refuseOtherForm,
  type Instant,
  type SoundReport,
  type Reason,
} from '@mach/domain';
import type { DirectoryObligation } from '@mach/persistence';
import { Directory } from '../directory/directory';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { JudgeReport } from './judge-report';
import type { Submission } from './read-submission';

/**
 * `refused`: all is known, but this report is not taken in at this time. The caller looks first whether the report
 * was received before.
 */
export type Admitted =
  | {
      readonly kind: 'open';
      readonly obligation: DirectoryObligation;
      readonly formVersionId: string;
      readonly judged: SoundReport | null;
    }
  | { readonly kind: 'refused'; readonly problem: ProblemException };

/**
 * Finds out, from memory, which obligation a submission meets, whether its window is open, and whether its form lets
 * it in.
 */
@Injectable()
export class AdmitReport {
  constructor(
    private readonly directory: Directory,
    private readonly reach: Reach,
    private readonly judgeReport: JudgeReport,
  ) {}

  /**
   * Throws the problem when the submission names what does not exist or what the account may not report for.
   */
  async admit(account: Account, submission: Submission, receivedAt: Instant): Promise<Admitted> {
    const [requirement, unit] = await Promise.all([
      this.directory.requirement(submission.requirement),
      this.directory.unit(submission.unit),
    ]);
    if (requirement === null)
      throw refusal(
        'requirement.unknown',
        '/requirement',
        `Không có yêu cầu báo cáo «${submission.requirement}».`,
      );
    if (unit === null)
      throw refusal('unit.unknown', '/unit', `Không có đơn vị mang mã «${submission.unit}».`);
    await this.requireReach(account, unit.id, unit.name);
    const period = await this.directory.period(requirement.periodScheme, submission.period);
    if (period === null)
      throw refusal('period.unknown', '/period', `Yêu cầu báo cáo này không có kỳ «${submission.period}».`);
    const form = formInForce(requirement.forms, period.startsOn);
    if (form?.version !== submission.formVersion) throw problemOf(refuseOtherForm());
    const obligation = await this.directory.obligation(requirement.id, period.id, unit.id);
    if (obligation === 'notOpened') {
      throw refusal('period.unknown', '/period', `${period.label} chưa được mở cho yêu cầu báo cáo này.`);
    }
    if (obligation === null) {
      const message = `${unit.name} không phải nộp báo cáo theo yêu cầu và kỳ này.`;
      return { kind: 'refused', problem: refusal('report.notAsked', '/unit', message) };
    }
    const refused = refuseByWindow(obligation, receivedAt);
    if (refused !== null) return { kind: 'refused', problem: problemOf(refused) };
    const { formVersionId } = form;
    const { level, kind } = unit;
    const verdict = await this.judgeReport.judge(formVersionId, submission.payload, {
      unit: { level, kind },
    });
    return verdict.kind === 'refused'
      ? verdict
      : { kind: 'open', obligation, formVersionId, judged: verdict.judged };
  }

  /** A report is handed in only by the unit itself or by the committee above it (nhập thay). */
  private async requireReach(account: Account, unitId: number, name: string): Promise<void> {
    if (await this.reach.reportsFor(account, unitId)) return;
    const message = `Tài khoản của ${account.unit.name} không được nộp báo cáo của ${name}.`;
    throw refusal('auth.forbidden', '/unit', message);
  }
}

function refusal(code: ProblemCode, pointer: string, message: string): ProblemException {
  return problemOf({ pointer, code, message });
}

function problemOf(reason: Reason & { readonly code: ProblemCode }): ProblemException {
  return new ProblemException(reason.code, { detail: reason.message, errors: [reason] });
}
