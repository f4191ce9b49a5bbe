import type { UnitKind, UnitLevel } from '@mach/domain';

/** A unit still without code and id, with what hangs under it. */
export interface Branch {
  readonly level: UnitLevel;
  readonly kind: UnitKind;
  readonly name: string;
  readonly children: readonly Branch[];
}

export type CellKind = 'residential' | 'public_service' | 'enterprise' | 'armed_forces';

/** A cell (chi bộ). */
export function cell(kind: CellKind, name: string): Branch {
  return { level: 'cell', kind, name: `Chi bộ ${name}`, children: [] };
}

/** A grass-roots organisation (đảng bộ cơ sở), or a section of one. */
export function grassroots(name: string, children: readonly Branch[]): Branch {
  return { level: 'grassroots', kind: 'grassroots', name: `Đảng bộ ${name}`, children };
}

/** `count` numbered cells: «Chi bộ số 1» …; the first is the office's. */
export function officeCells(kind: CellKind, count: number): Branch[] {
  return Array.from({ length: count }, (_, index) =>
    cell(kind, index === 0 ? 'Văn phòng' : `số ${String(index)}`),
  );
}
