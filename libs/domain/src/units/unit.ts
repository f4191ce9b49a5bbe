/**
 * Organisation units (tổ chức đảng, đơn vị) of the city's Party organisation. The tree has any depth;
 * a unit's name and parent are facts with a validity interval, so a period keeps the tree of its own time.
 */

/** Levels of the organisation, from the city down: Thành ủy, đảng ủy, đảng bộ/chi bộ cơ sở, chi bộ. */
export const UNIT_LEVELS = ['city', 'committee', 'grassroots', 'cell'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

/**
 * What sort of unit stands at a level. Committees: xã, phường, đặc khu and the four upper-level committees
 * (city Party agencies, city government, public security, military). Cells: the four sorts of Chỉ thị
 * 50-CT/TW.
 */
export const UNIT_KINDS = [
  'city',
  'xa',
  'phuong',
  'dac_khu',
  'city_party_agencies',
  'city_government',
  'public_security',
  'military',
  'grassroots',
  'residential',
  'public_service',
  'enterprise',
  'armed_forces',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A unit as it stands at one moment: identity plus the facts valid then. */
export interface Unit {
  readonly id: number;
  /** Stable public code, e.g. `HP` (city), `11560` (the national code of a ward), `11560-012` (a cell). */
  readonly code: string;
  readonly level: UnitLevel;
  readonly kind: UnitKind;
  readonly name: string;
  /** Null only for the city. */
  readonly parentId: number | null;
}
