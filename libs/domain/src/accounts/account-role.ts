/**
 * What an account is for: the administrator (quản trị) sets the system up, the city office (Văn phòng Thành ủy)
 * watches the whole city, a committee and a cell report.
 */
export const ACCOUNT_ROLES = ['administrator', 'city_office', 'committee', 'cell'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

interface Duties {
  /** Sees every unit; everyone else sees the subtree of the own unit. */
  readonly seesAll: boolean;
  /**
   * Hands in reports, its own and those of units below (nhập thay). A figure typed by the city office or the
   * administrator would have no unit that answers for it.
   */
  readonly reports: boolean;
}

export const DUTIES: Readonly<Record<AccountRole, Duties>> = {
  administrator: { seesAll: true, reports: false },
  city_office: { seesAll: true, reports: false },
  committee: { seesAll: false, reports: true },
  cell: { seesAll: false, reports: true },
};
