import fc from 'fast-check';
import { addDays, instantAt, type Instant } from '../time';
import {
  admission,
  obligationState,
  type ObligationStanding,
  type ObligationState,
} from './obligation-state';

const OPENS = instantAt('2026-11-09', '00:00');
const DEADLINE = instantAt('2026-11-17', '17:00');
const CLOSES = instantAt('2026-12-17', '17:00');

function standing(changes: Partial<ObligationStanding> = {}): ObligationStanding {
  return {
    exempt: false,
    opensAt: OPENS,
    firstDeadline: DEADLINE,
    deadline: DEADLINE,
    closesAt: CLOSES,
    awaitingDecision: false,
    receivedAt: null,
    firstAcceptedAt: null,
    counted: changes.firstAcceptedAt !== undefined,
    needsApproval: false,
    approved: false,
    correctBy: null,
    ...changes,
  };
}

describe('obligationState', () => {
  it.each<[Instant, ObligationState]>([
    [OPENS - 1, 'upcoming'],
    [OPENS, 'open'],
    [instantAt('2026-11-14', '23:59'), 'open'],
    [instantAt('2026-11-15', '00:00'), 'due_soon'],
    [DEADLINE, 'due_soon'],
    [DEADLINE + 1, 'overdue'],
    [CLOSES, 'overdue'],
    [CLOSES + 1, 'closed'],
  ])('without a report at %i is %s', (now, state) => {
    expect(obligationState(standing(), now)).toBe(state);
  });

  it.each<[string, Partial<ObligationStanding>, Instant, ObligationState]>([
    ['a report waiting for its decision', { awaitingDecision: true }, DEADLINE + 1, 'received'],
    [
      'a correction waiting after a rejection',
      { awaitingDecision: true, receivedAt: OPENS },
      DEADLINE,
      'received',
    ],
    ['a report still waiting when the obligation closes', { awaitingDecision: true }, CLOSES + 1, 'received'],
    ['a rejected report', { receivedAt: OPENS }, OPENS + 1, 'rejected'],
    ['a rejected report, overdue', { receivedAt: OPENS }, DEADLINE + 1, 'rejected'],
    ['a rejected report that can no longer be mended', { receivedAt: OPENS }, CLOSES + 1, 'closed'],
    [
      'a report accepted at the last moment',
      { receivedAt: DEADLINE, firstAcceptedAt: DEADLINE },
      CLOSES + 1,
      'accepted',
    ],
    [
      'a report accepted late',
      { receivedAt: OPENS, firstAcceptedAt: DEADLINE + 1 },
      DEADLINE + 2,
      'accepted_late',
    ],
    [
      'an accepted report with a correction waiting',
      { awaitingDecision: true, receivedAt: OPENS, firstAcceptedAt: OPENS },
      OPENS + 1,
      'accepted',
    ],
    [
      'a report accepted after the first deadline and before the extended one',
      { receivedAt: OPENS, firstAcceptedAt: DEADLINE + 1, deadline: DEADLINE + 1 },
      DEADLINE + 2,
      'accepted_permitted',
    ],
    [
      'a report accepted after the extended deadline',
      { receivedAt: OPENS, firstAcceptedAt: DEADLINE + 2, deadline: DEADLINE + 1 },
      DEADLINE + 2,
      'accepted_late',
    ],
    [
      'a report that waits for approval, also a late one',
      { firstAcceptedAt: DEADLINE + 1, needsApproval: true },
      DEADLINE + 2,
      'under_review',
    ],
    [
      'an approved report with a correction waiting',
      { firstAcceptedAt: OPENS, needsApproval: true, approved: true, awaitingDecision: true },
      DEADLINE,
      'approved',
    ],
    [
      'a report of which figures were given back',
      { firstAcceptedAt: OPENS, needsApproval: true, correctBy: DEADLINE },
      CLOSES + 1,
      'figures_returned',
    ],
    [
      'a report given back as a whole, also past the date to correct it by',
      { receivedAt: OPENS, firstAcceptedAt: OPENS, counted: false, needsApproval: true, correctBy: DEADLINE },
      DEADLINE + 1,
      'returned',
    ],
    [
      'a report given back and handed in again',
      { firstAcceptedAt: OPENS, counted: false, correctBy: DEADLINE, awaitingDecision: true },
      DEADLINE,
      'received',
    ],
    [
      'a report given back that can no longer be mended',
      { receivedAt: OPENS, firstAcceptedAt: OPENS, counted: false, correctBy: DEADLINE },
      CLOSES + 1,
      'closed',
    ],
    ['an exempt unit', { exempt: true, receivedAt: OPENS, firstAcceptedAt: OPENS }, DEADLINE + 1, 'exempt'],
  ])('with %s', (_, changes, now, state) => {
    expect(obligationState(standing(changes), now)).toBe(state);
  });

  it('is due soon as early as asked', () => {
    expect(obligationState(standing(), instantAt('2026-11-12', '12:00'), 5)).toBe('due_soon');
    expect(obligationState(standing(), instantAt('2026-11-16', '12:00'), 0)).toBe('open');
  });

  it('without a report only ever moves forward', () => {
    const order: readonly ObligationState[] = ['upcoming', 'open', 'due_soon', 'overdue', 'closed'];
    const instants = fc.integer({
      min: instantAt('2026-11-01', '00:00'),
      max: instantAt(addDays('2026-12-17', 5), '00:00'),
    });
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((now) =>
          order.indexOf(obligationState(standing(), now)),
        );
        expect(early).toBeGreaterThanOrEqual(0);
        expect(late).toBeGreaterThanOrEqual(early ?? 0);
      }),
    );
  });
});

describe('admission', () => {
  it.each([
    [OPENS - 1, 'notYetOpen'],
    [OPENS, 'open'],
    [DEADLINE + 1, 'open'],
    [CLOSES, 'open'],
    [CLOSES + 1, 'closed'],
  ])('at %i is %s', (receivedAt, answer) => {
    expect(admission(standing(), receivedAt)).toBe(answer);
  });

  it('is refused to an exempt unit at any time', () => {
    expect(admission(standing({ exempt: true }), OPENS - 1)).toBe('exempt');
  });
});
