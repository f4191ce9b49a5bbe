import { BASE_CHANGED, type Instant, decideSubmission } from '@mach/domain';
import type {
  DecisionInput,
  DecisionOutput,
  ObligationInHand,
  SubmissionOutcome,
  UndecidedSubmission,
} from '@mach/persistence';
import type { Measures } from './decision-forms';

type Decision = ReturnType<typeof decideSubmission>;

/**
 * Decides submissions in the order of their receipt, each on its obligation as the ones before left it, so
 * that several submissions of one obligation may meet in a batch. What results does not depend on how
 * submissions are spread over batches: the newest accepted one counts, and "on time" is measured by the
 * earliest accepted one.
 */
export function decideBatch(
  input: DecisionInput,
  { formOf, knownOf }: Measures,
  now: Instant,
): DecisionOutput {
  const obligations = new Map(input.obligations.map((obligation) => [obligation.id, obligation]));
  const outcomes = new Map<string, SubmissionOutcome>();
  const replaced: string[] = [];
  const touched = new Set<string>();
  for (const submission of input.submissions) {
    const before = obligations.get(submission.obligationId);
    if (before === undefined)
      throw new Error(`obligation ${submission.obligationId} of submission ${submission.id} was not loaded`);
    const decision = decideSubmission({
      form: formOf(before.formVersionId),
      formVersionId: before.formVersionId,
      known: knownOf(before.id),
      obligation: before,
      accepted: before.accepted,
      figuresReturned: before.figuresReturned,
      submission: { ...submission, baseSeq: baseSeqOf(submission, outcomes) },
    });
    if (decision.kind === 'accepted' && before.accepted !== null) {
      const earlier = outcomes.get(before.accepted.submissionId);
      if (earlier === undefined) replaced.push(before.accepted.submissionId);
      else outcomes.set(earlier.id, { ...earlier, state: 'superseded' });
    }
    outcomes.set(submission.id, outcomeOf(submission.id, decision));
    obligations.set(before.id, after(before, submission, decision));
    touched.add(before.id);
  }
  return {
    decidedAt: now,
    submissions: [...outcomes.values()],
    replaced,
    obligations: [...obligations.values()].filter((obligation) => touched.has(obligation.id)),
  };
}

/** A base that was refused in this very batch because another had come between counts as none, as it does later. */
function baseSeqOf(
  { base }: UndecidedSubmission,
  outcomes: ReadonlyMap<string, SubmissionOutcome>,
): bigint | null {
  if (base === null) return null;
  const refused = outcomes.get(base.id)?.reasons?.some(({ code }) => code === BASE_CHANGED);
  return refused === true ? null : base.seq;
}

function outcomeOf(id: string, decision: Decision): SubmissionOutcome {
  switch (decision.kind) {
    case 'accepted':
      return {
        id,
        state: 'accepted',
        version: decision.version,
        judged: decision.judged ?? 'atTheDoor',
        reasons: null,
        payload: decision.payload,
      };
    case 'rejected':
      return {
        id,
        state: 'rejected',
        version: null,
        judged: null,
        reasons: decision.reasons,
        payload: null,
      };
  }
}

function after(
  before: ObligationInHand,
  submission: UndecidedSubmission,
  decision: Decision,
): ObligationInHand {
  const receivedAt = earlier(before.receivedAt, submission.receivedAt);
  if (decision.kind === 'rejected') return { ...before, receivedAt };
  return {
    ...before,
    receivedAt,
    firstAcceptedAt: earlier(before.firstAcceptedAt, submission.receivedAt),
    accepted: { submissionId: submission.id, seq: submission.seq },
    lastVersion: decision.version,
    figuresReturned: null,
  };
}

function earlier(known: Instant | null, candidate: Instant): Instant {
  return known === null ? candidate : Math.min(known, candidate);
}
