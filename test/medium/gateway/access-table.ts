import { randomUUID } from 'node:crypto';
import { PERIOD, REQUIREMENT } from './small-city';

/** A role, by an account that has it; `nobody` has no session. */
export type Role = 'nobody' | 'administrator' | 'city_office' | 'committee' | 'cell';

export const ACCOUNT_OF: Readonly<Record<Exclude<Role, 'nobody'>, string>> = {
  administrator: 'quantri',
  city_office: 'vanphong',
  committee: 'w1',
  cell: 'w1-1',
};

/** Where a unit stands, seen from the account's own. */
export type Relation = 'own' | 'above' | 'below' | 'sibling' | 'foreign' | 'unknown';

/** The units of the small city by their relation to each account; `foreign` is a child of another commune. */
export const UNIT_OF: Readonly<Record<Exclude<Role, 'nobody'>, Readonly<Partial<Record<Relation, string>>>>> =
  {
    administrator: { own: 'HP', below: 'W1', foreign: 'W2-1', unknown: 'W9' },
    city_office: { own: 'HP', below: 'W1', foreign: 'W2-1', unknown: 'W9' },
    committee: { own: 'W1', above: 'HP', below: 'W1-2', sibling: 'W2', foreign: 'W2-1', unknown: 'W9' },
    cell: { own: 'W1-1', above: 'W1', sibling: 'W1-2', foreign: 'W2-1', unknown: 'W9' },
  };

type Reaching = Readonly<Record<Exclude<Role, 'nobody'>, readonly Relation[]>>;

const EVERY_UNIT: readonly Relation[] = ['own', 'above', 'below', 'sibling', 'foreign'];

/** Whose units each role may look at. */
const WATCHES: Reaching = {
  administrator: EVERY_UNIT,
  city_office: EVERY_UNIT,
  committee: ['own', 'below'],
  cell: ['own'],
};

/** For whom each role may report: who watches everything reports for nobody. */
const REPORTS_FOR: Reaching = {
  administrator: [],
  city_office: [],
  committee: ['own', 'below'],
  cell: ['own'],
};

/** Whose reports each role approves and gives back: those of units right below, never its own. */
const REVIEWS: Reaching = { administrator: [], city_office: ['below'], committee: ['below'], cell: [] };
const READS_TO_REVIEW: Reaching = { ...WATCHES, administrator: [], cell: [] };
/** The city office grants, exempts and unlocks in the place of any committee. */
const STANDS_IN: Reaching = { ...REVIEWS, city_office: ['below', 'foreign'] };
/** Who signs signs for its own unit alone. */
const SIGNS: Reaching = { administrator: [], city_office: ['own'], committee: ['own'], cell: [] };
const ASKS_FOR_TIME: Reaching = { administrator: [], city_office: [], committee: ['own'], cell: ['own'] };

export interface Asked {
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a test knows of the planted city when it asks about a unit. */
export interface Planted {
  obligationId(unit: string): number;
  receiptOf(unit: string): string;
  submission(unit: string): object;
  fileOf(unit: string): string;
}

interface Row {
  readonly who: readonly Role[];
  /** A request that gets as far as the route's own checks and changes nothing. */
  readonly asks: Asked;
  /** How the route is asked about a unit, and who then gets an answer. */
  readonly about?: {
    readonly reaching: Reaching;
    asks(unit: string, planted: Planted): Asked;
    /** Relations for which there is nothing to ask about: the city owes no report. */
    readonly without?: readonly string[];
  };
}

const ANYONE: readonly Role[] = ['nobody', 'administrator', 'city_office', 'committee', 'cell'];
const ACCOUNTS = ANYONE.filter((role) => role !== 'nobody');
/** Who looks at the reports of units below. */
const OVERSEERS: readonly Role[] = ['administrator', 'city_office', 'committee'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const API = '/api/v1';

/** Reference data that the offices and the committees may look at. */
function readers(path: string): Row {
  return { who: ['administrator', 'city_office', 'committee'], asks: { path: `${API}${path}` } };
}

function administrators(path: string, body?: object): Row {
  return { who: ADMINISTRATOR, asks: { path: `${API}${path}`, ...(body === undefined ? {} : { body }) } };
}

/** A draft with nothing in it. */
const A_DRAFT = { basedOn: null, formVersion: 1, startedFrom: null };

/** How a part of a unit's obligation is asked for. */
function ofObligation(part: string): (unit: string, planted: Planted) => Asked {
  return (unit, { obligationId }) => ({
    path: `${API}/obligations/${String(obligationId(unit))}/${part}`,
  });
}

const REVIEWERS: readonly Role[] = ['city_office', 'committee'];
const REASON = 'Lý do thử';
const LONG_AGO = '2026-01-01T17:00:00+07:00';

/** An act on an obligation; `body` is one that is refused where the account may do it, so that nothing changes. */
function anAct(act: string, who: readonly Role[], reaching: Reaching, body: object): Row {
  return {
    who,
    asks: { path: `${API}/obligations/999999/${act}`, body: {} },
    about: {
      reaching,
      asks: (unit, planted) => ({ ...ofObligation(act)(unit, planted), body }),
      without: ['HP'],
    },
  };
}

/** Every route of the gateway, and who may call it about whom. */
export const ACCESS: Readonly<Record<string, Row>> = {
  [`POST ${API}/session`]: { who: ANYONE, asks: { path: `${API}/session`, body: {} } },
  [`GET ${API}/session`]: { who: ACCOUNTS, asks: { path: `${API}/session` } },
  [`DELETE ${API}/session`]: { who: ANYONE, asks: { path: `${API}/session` } },
  [`GET ${API}/clock`]: { who: ACCOUNTS, asks: { path: `${API}/clock` } },
  [`PUT ${API}/clock`]: administrators('/clock', {}),
  [`GET ${API}/obligations`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations` },
    about: { reaching: WATCHES, asks: (unit) => ({ path: `${API}/obligations?unit=${unit}` }) },
  },
  [`GET ${API}/obligations/:id`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999` },
    about: {
      reaching: WATCHES,
      asks: (unit, { obligationId }) => ({ path: `${API}/obligations/${String(obligationId(unit))}` }),
      without: ['HP'],
    },
  },
  [`GET ${API}/obligations/:id/prefill`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/prefill` },
    about: { reaching: WATCHES, asks: ofObligation('prefill'), without: ['HP'] },
  },
  [`GET ${API}/obligations/:id/hints`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/hints` },
    about: { reaching: WATCHES, asks: ofObligation('hints'), without: ['HP'] },
  },
  [`GET ${API}/obligations/:id/usual`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/usual` },
    about: { reaching: WATCHES, asks: ofObligation('usual'), without: ['HP'] },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit/hints`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/hints` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/hints` }),
    },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit/texts/:code`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/texts/remarks` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/texts/remarks` }),
    },
  },
  [`GET ${API}/obligations/:id/draft`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/draft` },
    about: { reaching: REPORTS_FOR, asks: ofObligation('draft'), without: ['HP'] },
  },
  [`PUT ${API}/obligations/:id/draft`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/draft`, body: {} },
    about: {
      reaching: REPORTS_FOR,
      asks: (unit, planted) => ({ ...ofObligation('draft')(unit, planted), body: A_DRAFT }),
      without: ['HP'],
    },
  },
  [`DELETE ${API}/obligations/:id/draft`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/draft?basedOn=1` },
  },
  [`PUT ${API}/obligations/:id/presence/:page`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/presence/mot-cua-so` },
    about: { reaching: REPORTS_FOR, asks: ofObligation('presence/mot-cua-so'), without: ['HP'] },
  },
  [`DELETE ${API}/obligations/:id/presence/:page`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/presence/mot-cua-so` },
    about: { reaching: REPORTS_FOR, asks: ofObligation('presence/mot-cua-so'), without: ['HP'] },
  },
  [`GET ${API}/obligations/:id/acts`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/acts` },
    about: { reaching: WATCHES, asks: ofObligation('acts'), without: ['HP'] },
  },
  [`POST ${API}/obligations/:id/approval`]: anAct('approval', REVIEWERS, REVIEWS, { version: 99 }),
  [`POST ${API}/obligations/:id/return`]: anAct('return', REVIEWERS, REVIEWS, {
    version: 99,
    correctBy: LONG_AGO,
    reason: REASON,
  }),
  [`POST ${API}/obligations/:id/extension-requests`]: anAct(
    'extension-requests',
    ['committee', 'cell'],
    ASKS_FOR_TIME,
    { until: LONG_AGO, reason: REASON },
  ),
  [`POST ${API}/obligations/:id/extension-requests/decision`]: anAct(
    'extension-requests/decision',
    REVIEWERS,
    STANDS_IN,
    { granted: false, reason: REASON },
  ),
  [`POST ${API}/obligations/:id/exemption`]: anAct('exemption', REVIEWERS, STANDS_IN, {
    exempt: false,
    reason: REASON,
  }),
  [`POST ${API}/obligations/:id/unlock`]: anAct('unlock', REVIEWERS, STANDS_IN, {
    until: LONG_AGO,
    reason: REASON,
  }),
  [`GET ${API}/reviews`]: { who: REVIEWERS, asks: { path: `${API}/reviews` } },
  [`GET ${API}/reviews/:id`]: {
    who: REVIEWERS,
    asks: { path: `${API}/reviews/999999` },
    about: {
      reaching: READS_TO_REVIEW,
      asks: (unit, { obligationId }) => ({ path: `${API}/reviews/${String(obligationId(unit))}` }),
      without: ['HP'],
    },
  },
  [`POST ${API}/reviews/approvals`]: { who: REVIEWERS, asks: { path: `${API}/reviews/approvals`, body: {} } },
  [`GET ${API}/obligations/:id/files`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/files` },
    about: { reaching: WATCHES, asks: ofObligation('files'), without: ['HP'] },
  },
  [`POST ${API}/obligations/:id/files`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/obligations/999999/files?slot=van_ban` },
    about: { reaching: REPORTS_FOR, asks: ofObligation('files?slot=van_ban'), without: ['HP'] },
  },
  [`GET ${API}/files/:id`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/files/${randomUUID()}` },
    about: {
      reaching: WATCHES,
      asks: (unit, { fileOf }) => ({ path: `${API}/files/${fileOf(unit)}` }),
      without: ['HP'],
    },
  },
  [`DELETE ${API}/files/:id`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/files/${randomUUID()}` },
    about: {
      reaching: REPORTS_FOR,
      // One that was sent: deleting it would take it from the next who asks.
      asks: (unit, { fileOf }) => ({ path: `${API}/files/${fileOf(unit)}` }),
      without: ['HP'],
    },
  },
  [`POST ${API}/reports`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/reports`, body: {} },
    about: {
      reaching: REPORTS_FOR,
      asks: (unit, { submission }) => ({
        path: `${API}/reports`,
        body: submission(unit),
        headers: { 'idempotency-key': randomUUID() },
      }),
    },
  },
  [`GET ${API}/reports/:receiptNumber`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/reports/PTN-2611-0000-0000` },
    about: {
      reaching: WATCHES,
      asks: (unit, { receiptOf }) => ({ path: `${API}/reports/${receiptOf(unit)}` }),
      without: ['HP'],
    },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}` }),
    },
  },
  [`GET ${API}/reports/:receiptNumber/lineage`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/reports/PTN-2611-0000-0000/lineage` },
    about: {
      reaching: WATCHES,
      asks: (unit, { receiptOf }) => ({ path: `${API}/reports/${receiptOf(unit)}/lineage` }),
      without: ['HP'],
    },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit/figures/:indicator`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/figures/sessions` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/figures/sessions` }),
    },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit/comparison`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/comparison` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/comparison` }),
    },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit/comparison/children`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/comparison/children` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/comparison/children` }),
    },
  },
  [`GET ${API}/rollups/:requirement/:period/:unit/signatures`]: {
    who: ACCOUNTS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/signatures` },
    about: {
      reaching: WATCHES,
      asks: (unit) => ({ path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/signatures` }),
    },
  },
  [`POST ${API}/rollups/:requirement/:period/:unit/signatures`]: {
    who: REVIEWERS,
    asks: { path: `${API}/rollups/YC-LA/${PERIOD}/W1/signatures`, body: {} },
    about: {
      reaching: SIGNS,
      // Nobody has seen these figures, so that nothing is signed.
      asks: (unit) => ({
        path: `${API}/rollups/${REQUIREMENT}/${PERIOD}/${unit}/signatures`,
        body: { base: '0'.repeat(64), signer: 'Người thử', adjustments: [], explanations: [] },
      }),
    },
  },
  [`GET ${API}/watch`]: { who: ACCOUNTS, asks: { path: `${API}/watch` } },
  [`GET ${API}/events`]: { who: ACCOUNTS, asks: { path: `${API}/events` } },
  [`GET ${API}/notices`]: {
    who: ['administrator', 'city_office', 'committee'],
    asks: { path: `${API}/notices` },
    about: { reaching: { ...WATCHES, cell: [] }, asks: (unit) => ({ path: `${API}/notices?unit=${unit}` }) },
  },
  [`GET ${API}/set-aside`]: { who: ['administrator'], asks: { path: `${API}/set-aside` } },
  [`POST ${API}/imports`]: { who: ['committee'], asks: { path: `${API}/imports`, body: {} } },
  [`GET ${API}/imports`]: { who: OVERSEERS, asks: { path: `${API}/imports` } },
  [`GET ${API}/imports/:id`]: { who: OVERSEERS, asks: { path: `${API}/imports/${randomUUID()}` } },
  [`GET ${API}/imports/:id/rows`]: { who: OVERSEERS, asks: { path: `${API}/imports/${randomUUID()}/rows` } },
  [`GET ${API}/imports/:id/result`]: {
    who: OVERSEERS,
    asks: { path: `${API}/imports/${randomUUID()}/result` },
  },
  [`POST ${API}/imports/:id/apply`]: {
    who: ['committee'],
    asks: { path: `${API}/imports/${randomUUID()}/apply` },
  },
  [`POST ${API}/imports/:id/cancel`]: {
    who: ['committee'],
    asks: { path: `${API}/imports/${randomUUID()}/cancel` },
  },
  [`GET ${API}/requirements/:code/periods/:key/workbook`]: {
    who: OVERSEERS,
    asks: { path: `${API}/requirements/YC-LA/periods/${PERIOD}/workbook` },
    about: {
      reaching: { ...WATCHES, cell: [] },
      asks: (unit) => ({
        path: `${API}/requirements/${REQUIREMENT}/periods/${PERIOD}/workbook?unit=${unit}`,
      }),
    },
  },
  [`GET ${API}/verifications`]: administrators('/verifications'),
  [`POST ${API}/verifications`]: administrators('/verifications', {}),
  [`POST ${API}/set-aside/:id/replay`]: {
    who: ['administrator'],
    asks: { path: `${API}/set-aside/${randomUUID()}/replay` },
  },
  [`GET ${API}/contacts`]: administrators('/contacts?unit=W1'),
  [`POST ${API}/contacts`]: administrators('/contacts', {}),
  [`DELETE ${API}/contacts/:id`]: administrators('/contacts/999999'),
  [`GET ${API}/forms`]: readers('/forms'),
  [`GET ${API}/forms/:code`]: readers('/forms/BM-THU'),
  [`GET ${API}/forms/:code/suggested-rules`]: administrators('/forms/BM-THU/suggested-rules'),
  [`POST ${API}/forms`]: administrators('/forms', {}),
  [`POST ${API}/forms/:code/versions`]: administrators('/forms/BM-LA/versions', {}),
  [`POST ${API}/forms/:code/versions/check`]: administrators('/forms/BM-LA/versions/check', {}),
  [`GET ${API}/indicators`]: readers('/indicators'),
  [`GET ${API}/indicators/:code`]: readers('/indicators/sessions'),
  [`GET ${API}/indicators/:code/targets`]: readers('/indicators/sessions/targets'),
  [`POST ${API}/indicators`]: administrators('/indicators', {}),
  [`PUT ${API}/indicators/:code`]: administrators('/indicators/sessions', {}),
  [`POST ${API}/indicators/:code/targets`]: administrators('/indicators/sessions/targets', {}),
  [`GET ${API}/plans`]: administrators('/plans'),
  [`POST ${API}/plans`]: administrators('/plans', {}),
  [`GET ${API}/reminder-policies`]: administrators('/reminder-policies'),
  [`POST ${API}/reminder-policies`]: administrators('/reminder-policies', {}),
  [`GET ${API}/requirements`]: administrators('/requirements'),
  [`POST ${API}/requirements`]: administrators('/requirements', {}),
  [`POST ${API}/requirements/:code/forms`]: administrators('/requirements/YC-LA/forms', {}),
  [`POST ${API}/requirements/:code/periods/:key/open`]: administrators(
    '/requirements/YC-LA/periods/2026-11/open',
  ),
  [`GET ${API}/units`]: administrators('/units'),
  [`POST ${API}/units`]: administrators('/units', {}),
  [`GET ${API}/units/:code`]: administrators('/units/W1'),
  [`POST ${API}/units/:code/facts`]: administrators('/units/W1/facts', {}),
  // The pages of the web application, and everything that is not found.
  'GET /*': { who: ANYONE, asks: { path: '/theo-doi' } },
};
