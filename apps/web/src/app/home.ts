import type { AccountRole } from '@mach/domain';

export interface NavigationItem {
  readonly to:
    | '/theo-doi'
    | '/bao-cao'
    | '/duyet'
    | '/don-doc'
    | '/nhap-tep'
    | '/tin-de-rieng'
    | '/kiem-tra'
    | '/chi-tieu'
    | '/bieu-mau';
  readonly label: string;
}

const WATCH: NavigationItem = { to: '/theo-doi', label: 'Theo dõi' };
const REPORTS: NavigationItem = { to: '/bao-cao', label: 'Báo cáo của tôi' };
const REVIEW: NavigationItem = { to: '/duyet', label: 'Duyệt' };
const LEDGER: NavigationItem = { to: '/don-doc', label: 'Đôn đốc' };
const IMPORTS: NavigationItem = { to: '/nhap-tep', label: 'Nhập tệp' };
const SET_ASIDE: NavigationItem = { to: '/tin-de-rieng', label: 'Tin để riêng' };

const VERIFICATIONS: NavigationItem = { to: '/kiem-tra', label: 'Kiểm tra số liệu' };
const INDICATORS: NavigationItem = { to: '/chi-tieu', label: 'Chỉ tiêu' };
const FORMS: NavigationItem = { to: '/bieu-mau', label: 'Biểu mẫu' };

/** What each role finds in the navigation; its work begins at the first. */
const NAVIGATION: Readonly<Record<AccountRole, readonly [NavigationItem, ...NavigationItem[]]>> = {
  administrator: [WATCH, LEDGER, IMPORTS, INDICATORS, FORMS, VERIFICATIONS, SET_ASIDE],
  city_office: [WATCH, REVIEW, LEDGER, IMPORTS, INDICATORS, FORMS],
  committee: [WATCH, REPORTS, REVIEW, IMPORTS, LEDGER, INDICATORS, FORMS],
  cell: [REPORTS],
};

/** Where a person's work begins: those who watch begin at the map, those who report at their reports. */
export function homeOf(role: AccountRole): NavigationItem['to'] {
  return NAVIGATION[role][0].to;
}

export function navigationOf(role: AccountRole): readonly NavigationItem[] {
  return NAVIGATION[role];
}
