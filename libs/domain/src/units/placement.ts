import type { Reason } from '../forms/form';
import { UNIT_LEVELS, type UnitKind, type UnitLevel } from './unit';

/** Which kinds stand at which level. */
const KINDS_OF_LEVEL: Readonly<Record<UnitLevel, readonly UnitKind[]>> = {
  city: ['city'],
  committee: [
    'xa',
    'phuong',
    'dac_khu',
    'city_party_agencies',
    'city_government',
    'public_security',
    'military',
  ],
  grassroots: ['grassroots'],
  cell: ['residential', 'public_service', 'enterprise', 'armed_forces'],
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

export type CheckedPlacement =
  | { readonly ok: true; readonly level: UnitLevel; readonly kind: UnitKind }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/**
 * Whether a unit of this level and kind may stand under a unit of `parentLevel`; pointers are those of a body
 * with `level`, `kind` and `parent`.
 */
export function checkPlacement(level: string, kind: string, parentLevel: UnitLevel): CheckedPlacement {
  const knownLevel = UNIT_LEVELS.find((each) => each === level);
  if (knownLevel === undefined) {
    return refused(
      '/level',
      'unit.unknownLevel',
      `Không có cấp «${level}»; các cấp là ${UNIT_LEVELS.join(', ')}.`,
    );
  }
  const kinds = KINDS_OF_LEVEL[knownLevel];
  const knownKind = kinds.find((each) => each === kind);
  if (knownKind === undefined) {
    return refused(
      '/kind',
      'unit.kindNotOfLevel',
      `Loại «${kind}» không thuộc cấp ${knownLevel}; các loại của cấp này là ${kinds.join(', ')}.`,
    );
  }
  if (!PARENTS_OF_LEVEL[knownLevel].includes(parentLevel)) {
    return refused(
      '/parent',
      'unit.misplaced',
      `Đơn vị cấp ${knownLevel} không thể trực thuộc đơn vị cấp ${parentLevel}.`,
    );
  }
  return { ok: true, level: knownLevel, kind: knownKind };
}

function refused(pointer: string, code: string, message: string): CheckedPlacement {
  return { ok: false, reasons: [{ pointer, code, message }] };
}
