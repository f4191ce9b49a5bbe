import type { DraftView } from '@mach/contracts';
import { EMPTY_ENTRY, type FormDefinition } from '@mach/domain';
import type { Draft } from './draft';
import { openingOf, type OpeningSources } from './opening';

const definition: FormDefinition = {
  indicators: [
    {
      code: 'sessions',
      label: 'Số buổi học',
      section: 'A',
      required: true,
      time: 'flow',
      type: 'integer',
      unit: 'buổi',
      decimals: 0,
      aggregation: { kind: 'sum' },
    },
  ],
  narratives: [],
  rules: [],
};

const figures = (sessions: string) => ({ ...EMPTY_ENTRY, figures: { sessions } });

function local(sessions: string, changes: Partial<Draft> = {}): Draft {
  return {
    entry: figures(sessions),
    basedOn: null,
    savedAt: 5,
    receipt: null,
    attempt: null,
    server: { version: null, synced: false },
    ...changes,
  };
}

function remote(version: number, sessions: string | null, startedFrom: string | null = null): DraftView {
  return {
    version,
    savedAt: '2026-11-15T02:00:00.000Z',
    savedBy: 'Chị Lan',
    formVersion: 1,
    startedFrom,
    entry: sessions === null ? null : figures(sessions),
  };
}

const latest = { receiptNumber: 'PTN-2611-7KQ4-9MXD', payload: { figures: { sessions: 4 }, narratives: {} } };
const synced = (version: number) => ({ server: { version, synced: true } });
const unsynced = (version: number) => ({ server: { version, synced: false } });

describe('openingOf', () => {
  it.each<[string, Partial<OpeningSources>, string, string, number | null]>([
    ['nothing', {}, 'empty', '', null],
    ['the report last sent', { latest }, 'latest', '4', null],
    ['what was typed here', { local: local('7') }, 'draft', '7', null],
    [
      'what was typed here, the server not answering',
      { local: local('7'), remote: undefined },
      'draft',
      '7',
      null,
    ],
    ['what was typed elsewhere', { remote: remote(3, '8') }, 'draft', '8', 3],
    ['what went on elsewhere', { local: local('7', synced(2)), remote: remote(3, '8') }, 'draft', '8', 3],
    [
      'both, each with something new: mine',
      { local: local('7', unsynced(2)), remote: remote(3, '8') },
      'draft',
      '7',
      2,
    ],
    [
      'a draft begun here beside one there: mine',
      { local: local('7'), remote: remote(3, '8') },
      'draft',
      '7',
      null,
    ],
    ['the same on both', { local: local('7', synced(3)), remote: remote(3, '7') }, 'draft', '7', 3],
    [
      'one that went on elsewhere and was sent',
      { local: local('7', synced(2)), remote: remote(3, null), latest },
      'latest',
      '4',
      null,
    ],
    [
      'one that was sent as it is',
      { local: local('4', synced(3)), remote: remote(3, null), latest },
      'latest',
      '4',
      null,
    ],
    [
      'one closed by a report that is another',
      { local: local('7', synced(3)), remote: remote(3, null), latest },
      'draft',
      '7',
      3,
    ],
    [
      'letters typed since it was sent',
      { local: local('7', unsynced(3)), remote: remote(3, null), latest },
      'draft',
      '7',
      3,
    ],
    [
      'a rejected report, whose draft is as it was sent',
      { remote: remote(3, '4'), latest },
      'latest',
      '4',
      3,
    ],
    [
      'a sending without an answer',
      { local: local('7', { ...synced(2), attempt: { key: 'k', body: '{}' } }), remote: remote(3, '8') },
      'draft',
      '7',
      2,
    ],
    [
      'a sending not decided',
      { local: local('7', { ...synced(2), receipt: 'PTN-1' }), remote: remote(3, '8') },
      'latest',
      '7',
      2,
    ],
  ])('opens with %s', (_, sources, origin, sessions, version) => {
    const opening = openingOf({ definition, latest: null, local: null, remote: null, ...sources });
    expect([opening.origin, opening.entry.figures['sessions'] ?? '', opening.server.version]).toEqual([
      origin,
      sessions,
      version,
    ]);
  });

  it('goes on from the report that the draft started from, not from a newer one', () => {
    const opened = (sources: Partial<OpeningSources>) =>
      openingOf({ definition, latest, local: null, remote: null, ...sources }).basedOn;
    expect(opened({})).toBe(latest.receiptNumber);
    expect(opened({ local: local('7', { basedOn: 'PTN-2611-0000-0000' }) })).toBe('PTN-2611-0000-0000');
    expect(opened({ remote: remote(1, '7') })).toBeNull();
  });
});
