import { DELIVERY_STATES, type DeliveryState } from '@mach/domain';

/** What the ledger is searched by; lives in the address, so that it can be sent on and survives Back. */
export interface LedgerSearch {
  /** Words of a unit's code or name. */
  readonly q?: string;
  readonly requirement?: string;
  readonly period?: string;
  readonly step?: string;
  readonly state?: DeliveryState;
}

const TEXTS = ['q', 'requirement', 'period', 'step'] as const;

/** Reads the address; what it cannot be is left out. */
export function ledgerSearch(search: Readonly<Record<string, unknown>>): LedgerSearch {
  const texts = TEXTS.flatMap((name) => {
    // A code of digits only is read from the address as a number.
    const value = typeof search[name] === 'number' ? String(search[name]) : search[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.slice(0, 100)] as const] : [];
  });
  const state = DELIVERY_STATES.find((known) => known === search['state']);
  return { ...Object.fromEntries(texts), ...(state === undefined ? {} : { state }) };
}

export function isSearched(search: LedgerSearch): boolean {
  return Object.keys(search).length > 0;
}
