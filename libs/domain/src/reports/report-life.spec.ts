import fc from 'fast-check';
import { instantAt, type Instant } from '../time';
import { partOf, RECORDED_ACTS, type Act, type Part } from './report-act';
import { counts, dueOf, next, owes, type ReportLife, type ReportStage } from './report-life';

const OPENS = instantAt('2026-11-09', '00:00');
const DEADLINE = instantAt('2026-11-17', '17:00');
const CLOSES = instantAt('2026-12-17', '17:00');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = instantAt('2026-11-16', '12:00');

function aLife(changes: Partial<ReportLife> = {}): ReportLife {
  return {
    stage: { kind: 'draft' },
    undecided: 0,
    lastVersion: 0,
    needsApproval: true,
    exempt: false,
    opensAt: OPENS,
    firstDeadline: DEADLINE,
    deadline: DEADLINE,
    closesAt: CLOSES,
    askedUntil: null,
    ...changes,
  };
}

const ACCEPTED = aLife({ stage: { kind: 'accepted' }, lastVersion: 2 });
const RETURNED = aLife({ stage: { kind: 'returned', correctBy: DEADLINE }, lastVersion: 2 });
const OF_FIGURES = aLife({
  stage: { kind: 'figuresReturned', figures: { sessions: 'Nhầm cột' }, correctBy: DEADLINE },
  lastVersion: 2,
});

const approve: Act = { kind: 'approve', version: 2 };
const giveBack: Act = { kind: 'return', version: 2, reason: 'Thiếu số liệu', correctBy: DEADLINE };
const giveBackFigures: Act = {
  kind: 'return_figures',
  version: 2,
  figures: { members: 'Khác kỳ trước' },
  correctBy: DEADLINE,
};
const ask: Act = { kind: 'ask_extension', until: DEADLINE + DAY, reason: 'Sáp nhập chi bộ' };
const grant: Act = { kind: 'grant_extension', until: DEADLINE + DAY };
const refuse: Act = { kind: 'refuse_extension', reason: 'Còn đủ thời gian' };
const exempt: Act = { kind: 'exempt', reason: 'Mới thành lập' };
const lift: Act = { kind: 'lift_exemption', reason: 'Đã đi vào hoạt động' };
const unlock: Act = { kind: 'unlock', until: CLOSES + 2 * DAY, reason: 'Bổ sung số liệu' };

function outcome(life: ReportLife, act: Act, by: Part = 'superior', now = NOON): ReportLife | string {
  const passage = next(life, act, by, now);
  return passage.ok ? passage.life : passage.reason.code;
}

describe('next', () => {
  it.each<[string, ReportLife, Act, Part, Partial<ReportLife>]>([
    ['a report handed in', aLife(), { kind: 'submit' }, 'unit', { undecided: 1 }],
    [
      'one found right',
      aLife({ undecided: 1 }),
      { kind: 'accept' },
      'system',
      { undecided: 0, lastVersion: 1, stage: { kind: 'accepted' } },
    ],
    [
      'a first one found wrong',
      aLife({ undecided: 2 }),
      { kind: 'reject' },
      'system',
      { undecided: 1, stage: { kind: 'rejected' } },
    ],
    [
      'a correction found wrong: what counted goes on counting',
      { ...ACCEPTED, undecided: 1 },
      { kind: 'reject' },
      'system',
      { undecided: 0 },
    ],
    ['an approval', ACCEPTED, approve, 'superior', { stage: { kind: 'approved' } }],
    ['a return of all of it', ACCEPTED, giveBack, 'superior', { stage: RETURNED.stage }],
    [
      'a return after the approval',
      { ...ACCEPTED, stage: { kind: 'approved' } },
      giveBack,
      'superior',
      { stage: RETURNED.stage },
    ],
    [
      'a return of figures',
      ACCEPTED,
      giveBackFigures,
      'superior',
      { stage: { kind: 'figuresReturned', figures: { members: 'Khác kỳ trước' }, correctBy: DEADLINE } },
    ],
    [
      'a return of more figures of the same version',
      OF_FIGURES,
      giveBackFigures,
      'superior',
      {
        stage: {
          kind: 'figuresReturned',
          figures: { sessions: 'Nhầm cột', members: 'Khác kỳ trước' },
          correctBy: DEADLINE,
        },
      },
    ],
    [
      'a return that is to be corrected after closing: it stays open until then',
      ACCEPTED,
      { ...giveBack, correctBy: CLOSES + DAY },
      'superior',
      { stage: { kind: 'returned', correctBy: CLOSES + DAY }, closesAt: CLOSES + DAY },
    ],
    [
      'a corrected version',
      { ...OF_FIGURES, undecided: 1 },
      { kind: 'accept' },
      'system',
      { undecided: 0, lastVersion: 3, stage: { kind: 'accepted' } },
    ],
    ['a request for more time', aLife(), ask, 'unit', { askedUntil: DEADLINE + DAY }],
    [
      'more time granted',
      aLife({ askedUntil: DEADLINE + DAY }),
      grant,
      'superior',
      { askedUntil: null, deadline: DEADLINE + DAY },
    ],
    [
      'more time granted beyond the closing',
      aLife({ askedUntil: CLOSES + DAY }),
      { kind: 'grant_extension', until: CLOSES + DAY },
      'superior',
      { askedUntil: null, deadline: CLOSES + DAY, closesAt: CLOSES + DAY },
    ],
    [
      'more time to correct: the deadline of the report stays',
      { ...RETURNED, askedUntil: DEADLINE + DAY },
      grant,
      'cityOffice',
      { askedUntil: null, stage: { kind: 'returned', correctBy: DEADLINE + DAY } },
    ],
    ['more time refused', aLife({ askedUntil: 1 }), refuse, 'superior', { askedUntil: null }],
    ['an exemption', aLife({ askedUntil: 1 }), exempt, 'superior', { exempt: true, askedUntil: null }],
    ['an exemption lifted', aLife({ exempt: true }), lift, 'cityOffice', { exempt: false }],
  ])('takes %s', (_, life, act, by, changes) => {
    expect(outcome(life, act, by)).toEqual({ ...life, ...changes });
  });

  it('unlocks what was locked at the cut-off, until its end', () => {
    const locked = aLife();
    expect(outcome(locked, { kind: 'submit' }, 'unit', CLOSES + 1)).toBe('report.closed');
    const unlocked = outcome(locked, unlock, 'superior', CLOSES + 1) as ReportLife;
    expect(unlocked).toEqual({ ...locked, closesAt: CLOSES + 2 * DAY });
    expect(outcome(unlocked, { kind: 'submit' }, 'unit', CLOSES + DAY)).toMatchObject({ undecided: 1 });
    expect(outcome(unlocked, { kind: 'submit' }, 'unit', CLOSES + 2 * DAY + 1)).toBe('report.closed');
  });

  it('grants what was asked in time to who reported late meanwhile: late with permission', () => {
    const late = { ...ACCEPTED, askedUntil: DEADLINE + HOUR };
    expect(
      outcome(late, { kind: 'grant_extension', until: DEADLINE + HOUR }, 'superior', DEADLINE + DAY),
    ).toMatchObject({ deadline: DEADLINE + HOUR, firstDeadline: DEADLINE });
  });

  it.each<[string, ReportLife, Act, string, Instant?]>([
    [
      'approving where no approval is asked for',
      { ...ACCEPTED, needsApproval: false },
      approve,
      'review.notAsked',
    ],
    [
      'giving back where no approval is asked for',
      { ...ACCEPTED, needsApproval: false },
      giveBack,
      'review.notAsked',
    ],
    ['approving nothing', aLife(), { kind: 'approve', version: 0 }, 'review.nothing'],
    [
      'approving what was found wrong',
      aLife({ stage: { kind: 'rejected' } }),
      { kind: 'approve', version: 0 },
      'review.nothing',
    ],
    ['approving twice', { ...ACCEPTED, stage: { kind: 'approved' } }, approve, 'review.approved'],
    [
      'approving a version that was replaced',
      ACCEPTED,
      { kind: 'approve', version: 1 },
      'review.versionChanged',
    ],
    [
      'giving back a version that was replaced',
      ACCEPTED,
      { ...giveBack, version: 1 },
      'review.versionChanged',
    ],
    ['giving back twice', RETURNED, giveBack, 'review.returned'],
    ['approving what was given back', RETURNED, approve, 'review.returned'],
    ['approving while figures are open', OF_FIGURES, approve, 'review.waitsForCorrection'],
    ['giving back no figure', ACCEPTED, { ...giveBackFigures, figures: {} }, 'review.noFigure'],
    ['giving back to be corrected yesterday', ACCEPTED, { ...giveBack, correctBy: NOON }, 'act.past'],
    [
      'giving back to be corrected next year',
      ACCEPTED,
      { ...giveBack, correctBy: NOON + 121 * DAY },
      'act.tooFar',
    ],
    ['granting what nobody asked for', aLife(), grant, 'extension.notAsked'],
    ['refusing what nobody asked for', aLife(), refuse, 'extension.notAsked'],
    [
      'granting less time',
      aLife({ askedUntil: 1 }),
      { kind: 'grant_extension', until: DEADLINE },
      'extension.notLater',
    ],
    [
      'granting time that has passed',
      aLife({ askedUntil: 1 }),
      grant,
      'extension.notLater',
      DEADLINE + 2 * DAY,
    ],
    [
      'granting a year',
      aLife({ askedUntil: 1 }),
      { kind: 'grant_extension', until: NOON + 121 * DAY },
      'act.tooFar',
    ],
    ['exempting twice', aLife({ exempt: true }), exempt, 'report.exempt'],
    ['exempting who has reported', ACCEPTED, exempt, 'report.reported'],
    ['lifting no exemption', aLife(), lift, 'exemption.none'],
    ['unlocking what is open', aLife(), unlock, 'unlock.notLocked'],
    ['unlocking until yesterday', aLife(), { ...unlock, until: CLOSES + 1 }, 'act.past', CLOSES + 2],
    ['unlocking for a year', aLife(), { ...unlock, until: CLOSES + 200 * DAY }, 'act.tooFar', CLOSES + 1],
    ['unlocking for an exempt unit', aLife({ exempt: true }), unlock, 'report.exempt', CLOSES + 1],
  ])('refuses %s', (_, life, act, code, now = NOON) => {
    expect(outcome(life, act, 'superior', now)).toBe(code);
  });

  it.each<[string, ReportLife, string, Instant?]>([
    ['an exempt unit', aLife({ exempt: true }), 'report.exempt'],
    ['one that has reported', ACCEPTED, 'report.reported'],
    ['one that waits for an answer', aLife({ askedUntil: 1 }), 'extension.waits'],
    ['one that is locked', aLife({ deadline: CLOSES }), 'report.closed', CLOSES + 1],
    ['one that has until then anyhow', aLife({ deadline: DEADLINE + DAY }), 'extension.notLater'],
  ])('refuses a request for more time of %s', (_, life, code, now = NOON) => {
    expect(outcome(life, ask, 'unit', now)).toBe(code);
  });

  it('decides only what waits, and nothing of an exempt unit', () => {
    expect(outcome(aLife(), { kind: 'accept' }, 'system')).toBe('report.nothingToDecide');
    expect(outcome(aLife({ undecided: 1, exempt: true }), { kind: 'accept' }, 'system')).toBe(
      'report.exempt',
    );
  });
});

describe('who may do what', () => {
  const cell = { unitId: 3, superiorUnitId: 2 };

  it.each<[Parameters<typeof partOf>[0], Part]>([
    [{ role: 'cell', unitId: 3 }, 'unit'],
    [{ role: 'committee', unitId: 3 }, 'unit'],
    [{ role: 'committee', unitId: 2 }, 'superior'],
    [{ role: 'committee', unitId: 9 }, 'other'],
    [{ role: 'city_office', unitId: 1 }, 'cityOffice'],
    [{ role: 'city_office', unitId: 2 }, 'superior'],
    [{ role: 'administrator', unitId: 2 }, 'other'],
  ])('%j is the %s', (account, part) => {
    expect(partOf(account, cell)).toBe(part);
  });

  it('is a unit never its own superior, even where the data say so', () => {
    expect(partOf({ role: 'committee', unitId: 3 }, { unitId: 3, superiorUnitId: 3 })).toBe('unit');
  });

  it('decides nothing on the own report', () => {
    for (const kind of RECORDED_ACTS) {
      const act = [approve, giveBack, giveBackFigures, ask, grant, refuse, exempt, lift, unlock].find(
        (each) => each.kind === kind,
      );
      if (act === undefined) throw new Error(kind);
      const byUnit = outcome({ ...ACCEPTED, askedUntil: 1 }, act, 'unit', CLOSES + 1);
      expect([kind, byUnit]).toEqual([kind, kind === 'ask_extension' ? 'report.reported' : 'act.notYours']);
      expect(outcome(ACCEPTED, act, 'other')).toBe('act.notYours');
    }
  });

  it('leaves approving to the superior: the city office may grant, exempt and unlock in its place', () => {
    expect(outcome(ACCEPTED, approve, 'cityOffice')).toBe('act.notYours');
    expect(outcome(ACCEPTED, giveBack, 'cityOffice')).toBe('act.notYours');
    expect(outcome(aLife(), exempt, 'cityOffice')).toMatchObject({ exempt: true });
  });
});

const moment = fc.integer({ min: OPENS - DAY, max: CLOSES + 10 * DAY });
const version = fc.nat({ max: 4 });
const reason = fc.constant('Lý do');
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Act>({ kind: 'submit' }, { kind: 'accept' }, { kind: 'reject' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('approve' as const), version }) },
  fc.record({ kind: fc.constant('return' as const), version, reason, correctBy: moment }),
  fc.record({
    kind: fc.constant('return_figures' as const),
    version,
    figures: fc.dictionary(fc.constantFrom('a', 'b', 'c'), reason),
    correctBy: moment,
  }),
  fc.record({ kind: fc.constant('ask_extension' as const), until: moment, reason }),
  fc.record({ kind: fc.constant('grant_extension' as const), until: moment }),
  fc.record({ kind: fc.constant('refuse_extension' as const), reason }),
  fc.record({ kind: fc.constantFrom('exempt' as const, 'lift_exemption' as const), reason }),
  fc.record({ kind: fc.constant('unlock' as const), until: moment, reason }),
);
const parts = fc.constantFrom<Part>(
  'unit',
  'superior',
  'superior',
  'cityOffice',
  'other',
  'system',
  'system',
);
/** Time only goes on. */
const walks = fc
  .array(fc.tuple(acts, parts, fc.boolean(), fc.nat({ max: 2 * DAY })), { maxLength: 60, size: 'max' })
  .map((steps) => {
    let now = OPENS;
    return steps.map(([act, by, rightPart, passed]) => ({ act, by, rightPart, now: (now += passed) }));
  });

/** Who usually does such a thing: walks by strangers alone lead nowhere. */
const USUAL: Readonly<Partial<Record<Act['kind'], Part>>> = {
  submit: 'unit',
  ask_extension: 'unit',
  accept: 'system',
  reject: 'system',
};

/** What must hold of every life that is ever reached, said without the machine. */
function faultsOf(life: ReportLife): string[] {
  const { stage } = life;
  const countsNow = ['accepted', 'approved', 'figuresReturned'].includes(stage.kind);
  return Object.entries({
    'something counts that was never found right': countsNow && life.lastVersion === 0,
    'an exempt unit counts': life.exempt && countsNow,
    'an exempt unit asks for time': life.exempt && life.askedUntil !== null,
    'approved or given back without being asked':
      !life.needsApproval && !['draft', 'rejected', 'accepted'].includes(stage.kind),
    'no figure is open': stage.kind === 'figuresReturned' && Object.keys(stage.figures).length === 0,
    'closed before it is due': life.closesAt < dueOf(life) && stage.kind !== 'accepted',
    'the first deadline moved': life.firstDeadline !== DEADLINE,
    'the deadline moved back': life.deadline < life.firstDeadline,
    'fewer than no reports wait': life.undecided < 0,
    'counts and owes at once without figures given back':
      counts(life) && owes(life) && stage.kind !== 'figuresReturned',
  }).flatMap(([fault, there]) => (there ? [fault] : []));
}

/** From where to where an act may lead, written down once more. */
const WAYS: Readonly<
  Record<ReportStage['kind'], Readonly<Partial<Record<Act['kind'], ReportStage['kind']>>>>
> = {
  draft: { accept: 'accepted', reject: 'rejected' },
  rejected: { accept: 'accepted' },
  accepted: { approve: 'approved', return: 'returned', return_figures: 'figuresReturned' },
  approved: { accept: 'accepted', return: 'returned', return_figures: 'figuresReturned' },
  returned: { accept: 'accepted' },
  figuresReturned: { accept: 'accepted', return: 'returned' },
};

describe('random walks', () => {
  it.each([true, false])(
    'reach no forbidden state, and every refusal says why (approval: %s)',
    (needsApproval) => {
      const reached = new Set<string>();
      const refused = new Set<string>();
      fc.assert(
        fc.property(walks, (steps) => {
          let life = aLife({ needsApproval });
          for (const { act: drawn, by: stranger, rightPart, now } of steps) {
            const by = rightPart ? (USUAL[drawn.kind] ?? 'superior') : stranger;
            // Mostly the version that is on the screen.
            const act = 'version' in drawn && now % 3 > 0 ? { ...drawn, version: life.lastVersion } : drawn;
            const before = Object.freeze(life);
            const passage = next(life, act, by, now);
            if (!passage.ok) {
              refused.add(passage.reason.code);
              expect(passage.reason.message).toMatch(/^\p{Lu}.{10,}\.$/u);
              continue;
            }
            life = passage.life;
            reached.add(life.stage.kind);
            expect(faultsOf(life)).toEqual([]);
            expect(life.stage.kind).toBe(WAYS[before.stage.kind][act.kind] ?? before.stage.kind);
            if (before.stage.kind === 'approved' && life.stage.kind !== 'approved')
              expect(['accept', 'return', 'return_figures']).toContain(act.kind);
            if (by === 'unit') expect(['submit', 'ask_extension']).toContain(act.kind);
          }
        }),
        { numRuns: 400 },
      );
      expect([...reached].sort()).toEqual(
        needsApproval
          ? ['accepted', 'approved', 'draft', 'figuresReturned', 'rejected', 'returned']
          : ['accepted', 'draft', 'rejected'],
      );
      expect(refused.size).toBeGreaterThan(needsApproval ? 15 : 8);
    },
  );
});
