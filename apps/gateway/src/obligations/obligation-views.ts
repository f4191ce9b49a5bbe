import type { ObligationDetailView, ObligationView, ReportStatusView } from '@mach/contracts';
import { obligationState, punctuality, type Instant } from '@mach/domain';
import type { ObligationDetailRead, ObligationRead, ReportRead, SubmissionRead } from '@mach/persistence';
import { draftMark } from '../drafts/draft-views';

/** How obligations and submissions are shown at one moment. */
export function obligationView(read: ObligationRead, now: Instant): ObligationView {
  const { standing } = read;
  return {
    id: String(read.id),
    requirement: read.requirement,
    plan: read.plan,
    period: read.period,
    unit: { code: read.unit.code, name: read.unit.name },
    state: obligationState(standing, now),
    opensAt: iso(standing.opensAt),
    firstDeadline: iso(standing.firstDeadline),
    deadline: iso(standing.deadline),
    correctBy: standing.correctBy === null ? null : iso(standing.correctBy),
    closesAt: iso(standing.closesAt),
    punctuality: punctuality(standing),
    version: read.lastVersion === 0 ? null : read.lastVersion,
    draft: read.draft === null ? null : draftMark(read.draft),
    returned:
      read.returned === null || standing.correctBy === null
        ? null
        : { ...read.returned, at: iso(read.returned.at), correctBy: iso(standing.correctBy) },
    extensionAsked:
      read.asked === null
        ? null
        : { until: iso(read.asked.until), reason: read.asked.reason, askedAt: iso(read.asked.at) },
  };
}

export function formView({
  form,
}: ObligationDetailRead): Pick<ObligationDetailView, 'formVersion' | 'formTitle' | 'definition'> {
  return { formVersion: form.version, formTitle: form.title, definition: form.definition };
}

export function statusView(
  submission: SubmissionRead,
  about: {
    readonly requirement: string;
    readonly period: string;
    readonly unit: { readonly code: string; readonly name: string };
  },
  overtakenBy: ReportRead['overtakenBy'] = null,
): ReportStatusView {
  return {
    receiptNumber: submission.receiptNumber,
    requirement: about.requirement,
    period: about.period,
    unit: { code: about.unit.code, name: about.unit.name },
    state: submission.state,
    version: submission.version,
    receivedAt: iso(submission.receivedAt),
    decidedAt: submission.decidedAt === null ? null : iso(submission.decidedAt),
    reasons: submission.reasons,
    findings: submission.findings,
    overtakenBy: overtakenBy === null ? null : { ...overtakenBy, receivedAt: iso(overtakenBy.receivedAt) },
  };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
