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
    deadline: DEADLINE,
    closesAt: CLOSES,
    awaitingDecision: false,
    receivedAt: null,
    firstAcceptedAt: null,
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
