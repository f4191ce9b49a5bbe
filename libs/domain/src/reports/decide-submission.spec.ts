import fc from 'fast-check';
import type { ReportPayload } from '../forms/form';
import { aPayload, studyForm } from '../forms/study-form.sample';
import { instantAt, type Instant } from '../time';
import { decideSubmission, type SubmissionCase, type SubmissionDecision } from './decide-submission';

const OPENS = instantAt('2026-11-09', '00:00');
const DEADLINE = instantAt('2026-11-17', '17:00');
const CLOSES = instantAt('2026-12-17', '17:00');
const RIGHT = aPayload();
const WRONG = aPayload({ resolved: 11, received: 10 });

interface Changes {
  readonly obligation?: Partial<SubmissionCase['obligation']>;
  readonly accepted?: SubmissionCase['accepted'];
  readonly submission?: Partial<SubmissionCase['submission']>;
}

function decide({ obligation, accepted = null, submission }: Changes = {}): SubmissionDecision {
  return decideSubmission({
    form: studyForm,
    formVersionId: 'v1',
    obligation: {
      exempt: false,
      opensAt: OPENS,
      deadline: DEADLINE,
      closesAt: CLOSES,
      lastVersion: 0,
      ...obligation,
    },
    accepted,
    submission: { formVersionId: 'v1', payload: RIGHT, receivedAt: OPENS, seq: 10n, ...submission },
  });
}

function codesOf(decision: SubmissionDecision): string[] {
  return decision.kind === 'rejected' ? decision.reasons.map(({ code }) => code) : [decision.kind];
}

describe('decideSubmission', () => {
  it('accepts a first right report as version 1, with its figures and what it brings', () => {
    const checked = studyForm.check(RIGHT);
    if (!checked.ok) throw new Error('the sample is wrong');
    expect(decide()).toEqual({
      kind: 'accepted',
      version: 1,
      figures: checked.figures,
      contribution: checked.contribution,
      onTime: true,
    });
  });

  it.each<[string, Changes, string, number]>([
    ['the first', {}, 'accepted', 1],
    ['a correction', { accepted: { seq: 9n }, obligation: { lastVersion: 1 } }, 'accepted', 2],
    [
      'an older one decided after a newer',
      { accepted: { seq: 11n }, obligation: { lastVersion: 1 } },
      'superseded',
      2,
    ],
    [
      'a replay of the accepted one',
      { accepted: { seq: 10n }, obligation: { lastVersion: 1 } },
      'accepted',
      2,
    ],
    ['one after rejected ones', { obligation: { lastVersion: 0 } }, 'accepted', 1],
  ])('numbers %s', (_, changes, kind, version) => {
    expect(decide(changes)).toMatchObject({ kind, version });
  });

  it.each<[Instant, boolean]>([
    [DEADLINE - 1, true],
    [DEADLINE, true],
    [DEADLINE + 1, false],
    [CLOSES, false],
  ])('says whether a report received at %i was on time, accepted or superseded', (receivedAt, onTime) => {
    expect(decide({ submission: { receivedAt } })).toMatchObject({ kind: 'accepted', onTime });
    expect(decide({ submission: { receivedAt }, accepted: { seq: 11n } })).toMatchObject({
      kind: 'superseded',
      onTime,
    });
  });

  it('rejects contradictory figures, whatever was accepted before', () => {
    expect(codesOf(decide({ submission: { payload: WRONG }, accepted: { seq: 9n } }))).toEqual([
      'figure.partExceedsWhole',
    ]);
    expect(codesOf(decide({ submission: { payload: WRONG }, accepted: { seq: 11n } }))).toEqual([
      'figure.partExceedsWhole',
    ]);
  });

  it.each<[Changes, string[], string]>([
    [
      { submission: { receivedAt: OPENS - 1 } },
      ['report.notYetOpen'],
      'Kỳ báo cáo chưa mở. Đề nghị gửi lại từ 00:00 ngày 09/11/2026.',
    ],
    [
      { submission: { receivedAt: CLOSES + 1 } },
      ['report.closed'],
      'Kỳ báo cáo đã đóng lúc 17:00 ngày 17/12/2026, không nhận thêm báo cáo. Nếu cần bổ sung, đề nghị liên hệ cấp trên trực tiếp.',
    ],
    [
      { obligation: { exempt: true } },
      ['report.obligationExempt'],
      'Đơn vị được miễn báo cáo kỳ này, không cần gửi báo cáo.',
    ],
    [
      { submission: { formVersionId: 'v2', payload: WRONG } },
      ['report.formVersionMismatch'],
      'Báo cáo lập theo phiên bản biểu mẫu khác với phiên bản của kỳ này. Đề nghị mở lại biểu mẫu hiện hành và nhập lại.',
    ],
  ])('rejects %j before its figures are looked at', (changes, codes, message) => {
    const decision = decide(changes);
    expect(codesOf(decision)).toEqual(codes);
    expect(decision.kind === 'rejected' ? decision.reasons[0]?.message : null).toBe(message);
  });

  it('tells of the window and of the form version together', () => {
    expect(codesOf(decide({ submission: { formVersionId: 'v2', receivedAt: CLOSES + 1 } }))).toEqual([
      'report.closed',
      'report.formVersionMismatch',
    ]);
  });

  it('ends the same in whatever order submissions are decided, and however often', () => {
    fc.assert(
      fc.property(history(), fc.infiniteStream(fc.nat()), (submissions, choices) => {
        const inOrder = decideAll(submissions);
        expect(decideAll(shuffled([...submissions, ...submissions.slice(0, 2)], choices))).toEqual(inOrder);
        const right = submissions.filter(
          ({ payload, receivedAt }) => payload === RIGHT && receivedAt >= OPENS && receivedAt <= CLOSES,
        );
        expect(inOrder.acceptedSeq).toBe(right.at(-1)?.seq ?? null);
        expect(inOrder.onTime).toBe(right.some(({ receivedAt }) => receivedAt <= DEADLINE));
      }),
    );
  });
});

type Submission = SubmissionCase['submission'];

interface Outcome {
  readonly acceptedSeq: bigint | null;
  readonly onTime: boolean;
}

/**
 * Decides one after the other as a caller does: the standing accepted one handed to each decision, on time
 * when any right one was.
 */
function decideAll(submissions: readonly Submission[]): Outcome {
  let lastVersion = 0;
  const versions = new Set<number>();
  let outcome: Outcome = { acceptedSeq: null, onTime: false };
  for (const submission of submissions) {
    const accepted = outcome.acceptedSeq === null ? null : { seq: outcome.acceptedSeq };
    const decision = decide({ submission, accepted, obligation: { lastVersion } });
    if (decision.kind === 'rejected') continue;
    expect(versions.has(decision.version)).toBe(false);
    versions.add(decision.version);
    lastVersion = decision.version;
    outcome = {
      acceptedSeq: decision.kind === 'accepted' ? submission.seq : outcome.acceptedSeq,
      onTime: outcome.onTime || decision.onTime,
    };
  }
  return outcome;
}

/** Submissions in order of receipt, right and wrong ones, some outside the window. */
function history(): fc.Arbitrary<Submission[]> {
  const received = fc.integer({ min: OPENS - 86_400_000, max: CLOSES + 86_400_000 });
  return fc
    .array(fc.tuple(received, fc.constantFrom<ReportPayload>(RIGHT, WRONG)), { minLength: 1, maxLength: 8 })
    .map((entries) =>
      entries
        .sort(([a], [b]) => a - b)
        .map(([receivedAt, payload], index) => ({
          formVersionId: 'v1',
          receivedAt,
          payload,
          seq: BigInt(index + 1),
        })),
    );
}

function shuffled<T>(items: readonly T[], choices: Iterator<number>): T[] {
  return items
    .map((item) => ({ item, key: Number(choices.next().value) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
