import fc from 'fast-check';
import type { ReportPayload } from '../forms/form';
import type { SoundReport } from '../forms/compiled-form';
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
  readonly figuresReturned?: SubmissionCase['figuresReturned'];
  readonly submission?: Partial<SubmissionCase['submission']>;
}

function decide({
  obligation,
  accepted = null,
  figuresReturned = null,
  submission,
}: Changes = {}): SubmissionDecision {
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
    known: {},
    accepted,
    figuresReturned,
    submission: {
      formVersionId: 'v1',
      judgedAtDoor: false,
      payload: RIGHT,
      receivedAt: OPENS,
      seq: 10n,
      baseSeq: null,
      ...submission,
    },
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
      judged: { figures: checked.figures, contribution: checked.contribution, findings: [], nil: false },
      onTime: true,
      payload: null,
    });
  });

  it.each<[string, Changes, string, number]>([
    ['the first', {}, 'accepted', 1],
    [
      'a correction',
      { accepted: { seq: 9n }, obligation: { lastVersion: 1 }, submission: { baseSeq: 9n } },
      'accepted',
      2,
    ],
    [
      'a correction of a rejected one that was sent after the accepted one',
      { accepted: { seq: 8n }, obligation: { lastVersion: 1 }, submission: { baseSeq: 9n } },
      'accepted',
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
  ])('says whether a report received at %i was on time', (receivedAt, onTime) => {
    expect(decide({ submission: { receivedAt } })).toMatchObject({ kind: 'accepted', onTime });
  });

  it('rejects contradictory figures, whatever was accepted before', () => {
    expect(codesOf(decide({ submission: { payload: WRONG, baseSeq: 9n }, accepted: { seq: 9n } }))).toEqual([
      'figure.partExceedsWhole',
    ]);
  });

  it.each<[string, bigint, bigint | null]>([
    ['its sender had seen none', 9n, null],
    ['its sender had seen an older one', 9n, 8n],
    ['it was received later but is accepted already', 11n, 8n],
  ])('does not let it replace an accepted report unseen: %s', (_, accepted, baseSeq) => {
    const decision = decide({
      accepted: { seq: accepted },
      obligation: { lastVersion: 2 },
      submission: { baseSeq, payload: WRONG },
    });
    expect(decision).toEqual({
      kind: 'rejected',
      reasons: [
        {
          pointer: '/basedOn',
          code: 'report.baseChanged',
          message:
            'Trong lúc báo cáo này được lập, bản khác của đơn vị đã được ghi nhận (phiên bản 2). Đề nghị xem bản đó rồi chọn giữ bản nào.',
        },
      ],
    });
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
      ['report.exempt'],
      'Đơn vị được miễn báo cáo kỳ này, không cần gửi báo cáo.',
    ],
    [
      { submission: { formVersionId: 'v2', payload: WRONG } },
      ['form.versionUnknown'],
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
      'form.versionUnknown',
    ]);
  });

  it('takes what the door found right without reading it again', () => {
    const submission = { judgedAtDoor: true, payload: null };
    expect(decide({ submission })).toEqual({
      kind: 'accepted',
      version: 1,
      judged: null,
      onTime: true,
      payload: null,
    });
  });

  it('still refuses what the door found right when it was not seen, or was asked for by another form', () => {
    const right = { judgedAtDoor: true, payload: null };
    expect(codesOf(decide({ submission: right, accepted: { seq: 9n } }))).toEqual(['report.baseChanged']);
    expect(codesOf(decide({ submission: { ...right, formVersionId: 'v2' } }))).toEqual([
      'form.versionUnknown',
    ]);
  });

  it('judges a correction by what it corrects, whatever the door found', () => {
    const checked = studyForm.check(RIGHT);
    if (!checked.ok) throw new Error('the sample is wrong');
    const figuresReturned = { open: ['sessions'], figures: checked.figures, payload: RIGHT };
    const changes = { accepted: { seq: 9n }, obligation: { lastVersion: 1 }, figuresReturned };
    const submission = { judgedAtDoor: true, baseSeq: 9n };
    const other = aPayload({ attendance: { numerator: 1, denominator: 2 } });
    expect(codesOf(decide({ ...changes, submission: { ...submission, payload: other } }))).toEqual([
      'figure.notReturned',
    ]);
    const payload = aPayload({ sessions: 5 });
    expect(decide({ ...changes, submission: { ...submission, payload } })).toMatchObject({
      kind: 'accepted',
      judged: { figures: (studyForm.check(payload) as SoundReport).figures },
      payload,
    });
  });

  it('never accepts what nobody judged', () => {
    expect(() => decide({ submission: { payload: null } })).toThrow('without its payload');
  });

  it('takes a correction of figures that were given back, with the rest of the version before', () => {
    const checked = studyForm.check(RIGHT);
    if (!checked.ok) throw new Error('the sample is wrong');
    const figuresReturned = { open: ['sessions'], figures: checked.figures, payload: RIGHT };
    const changes = { accepted: { seq: 9n }, obligation: { lastVersion: 1 }, figuresReturned };
    const sent = { figures: { sessions: 5 }, narratives: {} };
    expect(decide({ ...changes, submission: { payload: sent, baseSeq: 9n } })).toMatchObject({
      kind: 'accepted',
      version: 2,
      payload: aPayload({ sessions: 5 }),
    });
    const more = { ...sent, figures: { sessions: 5, attendance: { numerator: 1, denominator: 2 } } };
    expect(codesOf(decide({ ...changes, submission: { payload: more, baseSeq: 9n } }))).toEqual([
      'figure.notReturned',
    ]);
  });

  it('never replaces a report that the sender had not seen, and accepts every other right one', () => {
    fc.assert(
      fc.property(history(), (submissions) => {
        let acceptedSeq: bigint | null = null;
        let lastVersion = 0;
        for (const submission of submissions) {
          const { judgedAtDoor, payload, receivedAt, seq, baseSeq } = submission;
          const decision = decide({
            submission,
            accepted: acceptedSeq === null ? null : { seq: acceptedSeq },
            obligation: { lastVersion },
          });
          const right = (judgedAtDoor || payload === RIGHT) && receivedAt >= OPENS && receivedAt <= CLOSES;
          const seen = acceptedSeq === null || (baseSeq !== null && baseSeq >= acceptedSeq);
          expect(decision.kind).toBe(right && seen ? 'accepted' : 'rejected');
          if (decision.kind === 'rejected') continue;
          expect(decision).toMatchObject({ version: lastVersion + 1, onTime: receivedAt <= DEADLINE });
          acceptedSeq = seq;
          lastVersion = decision.version;
        }
      }),
    );
  });
});

type Submission = SubmissionCase['submission'];

/**
 * Submissions in order of receipt, right and wrong ones and such that the door has judged, some outside the window, each
 * based on one received before or on none.
 */
function history(): fc.Arbitrary<Submission[]> {
  const received = fc.integer({ min: OPENS - 86_400_000, max: CLOSES + 86_400_000 });
  return fc
    .array(
      fc.tuple(received, fc.constantFrom<ReportPayload | null>(RIGHT, WRONG, null), fc.nat({ max: 8 })),
      {
        minLength: 1,
        maxLength: 8,
        size: 'max',
      },
    )
    .map((entries) =>
      entries
        .sort(([a], [b]) => a - b)
        .map(([receivedAt, payload, back], index) => ({
          formVersionId: 'v1',
          receivedAt,
          judgedAtDoor: payload === null,
          payload,
          seq: BigInt(index + 1),
          baseSeq: back > index ? null : BigInt(index - back),
        })),
    );
}
