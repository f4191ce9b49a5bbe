import {
  DELIVERY_STATES,
  INDICATOR_TYPES,
  OBLIGATION_STATES,
  type AskedIndicator,
  type DeliveryState,
  type ObligationState,
} from '@mach/domain';
import { VIEW_ADDRESSES, type ViewAddress } from '../signing/view-words';

/** What an address may hold of a list: `?tim=minh khai&trang-thai=overdue`. Faulty values count as none. */
type Raw = Readonly<Record<string, unknown>>;

export const LIST_ORDERS = ['han', 'ten'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** The filters of «Báo cáo của tôi». */
export interface ReportsSearch {
  readonly tim?: string;
  readonly 'trang-thai'?: ObligationState;
  readonly 'yeu-cau'?: string;
  readonly ky?: string;
  /** Left out: what has to be done first. */
  readonly xep?: ListOrder;
}

export function readReportsSearch(raw: Raw): ReportsSearch {
  return {
    ...text(raw, 'tim'),
    ...state(raw),
    ...text(raw, 'yeu-cau'),
    ...text(raw, 'ky'),
    ...oneOf(raw, 'xep', LIST_ORDERS),
  };
}

/** The filters and orders of the two tables of a node; an order is a column's key, `-` before it for falling. */
export interface NodeSearch {
  readonly tim?: string;
  readonly xep?: string;
  readonly 'tim-bao-cao'?: string;
  readonly 'trang-thai'?: ObligationState;
  readonly 'xep-bao-cao'?: string;
  /** Words looked for in what units wrote, and the heading of which it is open. */
  readonly 'tim-loi-van'?: string;
  readonly muc?: string;
  /** The figure whose origin is open («vì sao con số này?»), of which unit below, and which report of it. */
  readonly so?: string;
  readonly cua?: string;
  readonly phieu?: string;
  /** Which figures are shown; left out: provisional ones. */
  readonly xem?: ViewAddress;
}

export function readNodeSearch(raw: Raw): NodeSearch {
  return {
    ...text(raw, 'tim'),
    ...text(raw, 'xep'),
    ...text(raw, 'tim-bao-cao'),
    ...state(raw),
    ...text(raw, 'xep-bao-cao'),
    ...text(raw, 'tim-loi-van'),
    ...text(raw, 'muc'),
    ...text(raw, 'so'),
    ...text(raw, 'cua'),
    ...text(raw, 'phieu'),
    ...oneOf(raw, 'xem', Object.values(VIEW_ADDRESSES)),
  };
}

/** Which indicator the units below are compared by, and how they are searched and ordered. */
export interface ComparisonSearch {
  /** Code of the indicator; left out: the form's first one. */
  readonly 'chi-tieu'?: string;
  readonly tim?: string;
  /** A column's key, `-` before it for falling. */
  readonly xep?: string;
}

export function readComparisonSearch(raw: Raw): ComparisonSearch {
  return { ...text(raw, 'chi-tieu'), ...text(raw, 'tim'), ...text(raw, 'xep') };
}

/** What «Sổ đôn đốc» is searched by. */
export interface LedgerSearch {
  /** Words of a unit's code or name. */
  readonly tim?: string;
  readonly 'yeu-cau'?: string;
  readonly ky?: string;
  readonly nac?: string;
  readonly 'trang-thai'?: DeliveryState;
}

export function readLedgerSearch(raw: Raw): LedgerSearch {
  return {
    ...text(raw, 'tim'),
    ...text(raw, 'yeu-cau'),
    ...text(raw, 'ky'),
    ...text(raw, 'nac'),
    ...oneOf(raw, 'trang-thai', DELIVERY_STATES),
  };
}

/** What the catalogue of indicators is searched by. */
export interface IndicatorsSearch {
  /** Words of a code, name or definition. */
  readonly tim?: string;
  readonly kieu?: AskedIndicator['type'];
}

export function readIndicatorsSearch(raw: Raw): IndicatorsSearch {
  return { ...text(raw, 'tim'), ...oneOf(raw, 'kieu', INDICATOR_TYPES) };
}

/** Which version of a form is shown, and which one it is held against. */
export interface FormSearch {
  readonly 'phien-ban'?: string;
  readonly 'so-voi'?: string;
}

export function readFormSearch(raw: Raw): FormSearch {
  return { ...text(raw, 'phien-ban'), ...text(raw, 'so-voi') };
}

export const REVIEW_SORTS = ['cho-duyet', 'tra-lai', 'da-duyet', 'gia-han'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

/** What is looked at on «Duyệt báo cáo». */
export interface ReviewSearch {
  /** Left out: what waits for approval. */
  readonly loai?: ReviewSort;
  readonly tim?: string;
  /** The report on screen. */
  readonly ma?: string;
}

export function readReviewSearch(raw: Raw): ReviewSearch {
  return { ...oneOf(raw, 'loai', REVIEW_SORTS), ...text(raw, 'tim'), ...text(raw, 'ma') };
}

type Some<K extends string, T> = Readonly<Partial<Record<K, T>>>;

/** The router reads `?ky=2026` as a number; here it is text as the person wrote it. */
function text<K extends string>(raw: Raw, key: K): Some<K, string> {
  const value = raw[key];
  const written = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return only(key, written === '' ? undefined : written);
}

function state(raw: Raw): Some<'trang-thai', ObligationState> {
  return oneOf(raw, 'trang-thai', OBLIGATION_STATES);
}

function oneOf<K extends string, T extends string>(raw: Raw, key: K, values: readonly T[]): Some<K, T> {
  return only(
    key,
    values.find((value) => value === raw[key]),
  );
}

function only<K extends string, T>(key: K, value: T | undefined): Some<K, T> {
  return (value === undefined ? {} : { [key]: value }) as Some<K, T>;
}
