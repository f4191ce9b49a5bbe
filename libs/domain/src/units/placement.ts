import type { Reason } from '../forms/form';
import { UNIT_KINDS, type UnitKind, type UnitLevel } from './unit';

/** At which level a kind stands. */
const LEVEL_OF_KIND: Readonly<Record<UnitKind, UnitLevel>> = {
  city: 'city',
  xa: 'committee',
  phuong: 'committee',
  dac_khu: 'committee',
  city_party_agencies: 'committee',
  city_government: 'committee',
  public_security: 'committee',
  military: 'committee',
  grassroots: 'grassroots',
  residential: 'cell',
  public_service: 'cell',
  enterprise: 'cell',
  armed_forces: 'cell',
};

/**
 * Under which levels a unit of a level may stand. A grass-roots organisation may have sections (đảng bộ bộ
 * phận) of its own level, so the tree has any depth.
 */
const PARENTS_OF_LEVEL: Readonly<Record<UnitLevel, readonly UnitLevel[]>> = {
  city: [],
  committee: ['city'],
  grassroots: ['committee', 'grassroots'],
  cell: ['committee', 'grassroots'],
};

/**
 * Why a unit of this level and kind may not stand under a unit of `parentLevel`; null when it may. Pointers are
 * those of a body with `level`, `kind` and `parent`.
 */
export function refusePlacement(level: UnitLevel, kind: UnitKind, parentLevel: UnitLevel): Reason | null {
  if (LEVEL_OF_KIND[kind] !== level) {
    const kinds = UNIT_KINDS.filter((each) => LEVEL_OF_KIND[each] === level).join(', ');
    const message = `Loại «${kind}» không thuộc cấp ${level}; các loại của cấp này là ${kinds}.`;
    return { pointer: '/kind', code: 'unit.kindNotOfLevel', message };
  }
  if (!PARENTS_OF_LEVEL[level].includes(parentLevel)) {
    const message = `Đơn vị cấp ${level} không thể trực thuộc đơn vị cấp ${parentLevel}.`;
    return { pointer: '/parent', code: 'unit.misplaced', message };
  }
  return null;
}
