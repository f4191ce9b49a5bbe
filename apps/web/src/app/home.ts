import type { AccountRole } from '@mach/contracts';

/** Where a person's work begins: those who watch begin at the map, those who report at their reports. */
export function homeOf(role: AccountRole): '/theo-doi' | '/bao-cao' {
  return role === 'cell' ? '/bao-cao' : '/theo-doi';
}

export interface NavigationItem {
  readonly to: '/theo-doi' | '/bao-cao' | '/don-doc' | '/tin-de-rieng';
  readonly label: string;
}

const WATCH: NavigationItem = { to: '/theo-doi', label: 'Theo dõi' };
const REPORTS: NavigationItem = { to: '/bao-cao', label: 'Báo cáo của tôi' };
const LEDGER: NavigationItem = { to: '/don-doc', label: 'Đôn đốc' };
const SET_ASIDE: NavigationItem = { to: '/tin-de-rieng', label: 'Tin để riêng' };

const NAVIGATION: Readonly<Record<AccountRole, readonly NavigationItem[]>> = {
  administrator: [WATCH, LEDGER, SET_ASIDE],
  city_office: [WATCH, LEDGER, SET_ASIDE],
  committee: [WATCH, REPORTS, LEDGER],
  cell: [REPORTS],
};

export function navigationOf(role: AccountRole): readonly NavigationItem[] {
  return NAVIGATION[role];
}
