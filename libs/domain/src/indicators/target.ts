import { parseFigure } from '../forms/figure';
import type { MoneyScale } from '../forms/indicator';
import { periodLabel } from '../periods/period-of';
import { DefinitionReader, type Checked } from '../reading/definition-reader';
import { UNIT_LEVELS, type UnitLevel } from '../units/unit';
import type { CatalogueIndicator } from './catalogue-indicator';

/** A target (chỉ tiêu phải đạt) of an indicator: for one unit, or for each unit of a level. */
export interface Target {
  readonly indicator: string;
  /** Code of the unit; null when it is for a level. */
  readonly unit: string | null;
  readonly level: UnitLevel | null;
  /** Key of a period of any scheme: a year (`2026`) or what lies within one (`2026-11`, `2026-Q4`). */
  readonly period: string;
  /** A decimal in the indicator's own unit; of a ratio, the per cent to reach. */
  readonly value: string;
  /** The document that set it: `14-CTr/TU`. */
  readonly source: string;
}

/** A target with what its value is written in. */
export interface HeldTarget extends Target {
  /** That of the catalogue, whatever a form asks in; null when it is no money. */
  readonly scale: MoneyScale | null;
}

/** Decimals of the per cent that a ratio is to reach. */
export const PERCENT_DECIMALS = 1;

/** Checks a target of `indicator` as an administrator sends it. */
export function checkTarget(
  value: unknown,
  indicator: CatalogueIndicator,
  pointer = '',
): Checked<'target', Target> {
  const reader = new DefinitionReader('target');
  const fields = reader.fields(value, pointer, ['unit', 'level', 'period', 'value', 'source']) ?? {};
  const [unit, level] = [fields['unit'] ?? null, fields['level'] ?? null];
  if ((unit === null) === (level === null))
    reader.fault(
      pointer,
      'whose',
      'Chỉ tiêu giao cho một đơn vị (unit) hoặc cho mỗi đơn vị của một cấp (level).',
    );
  const period = reader.text(fields['period'], `${pointer}/period`, 10);
  if (period !== '' && periodLabel(period) === null)
    reader.fault(
      `${pointer}/period`,
      'wrongType',
      'Kỳ là một năm, quý hoặc tháng, viết như 2026, 2026-Q4 hoặc 2026-11.',
    );
  const decimals = decimalsOf(indicator);
  if (decimals === null)
    reader.fault(pointer, 'noNumber', 'Chỉ tiêu này không phải là số nên không giao được mức phải đạt.');
  const text = reader.text(fields['value'], `${pointer}/value`, 40);
  if (text !== '' && !parseFigure(text, decimals ?? 0).ok)
    reader.fault(
      `${pointer}/value`,
      'wrongType',
      `Phải là một số viết dưới dạng chuỗi, ví dụ "7300", không quá ${String(decimals ?? 0)} chữ số thập phân.`,
    );
  const target: Target = {
    indicator: indicator.code,
    unit: unit === null ? null : reader.text(unit, `${pointer}/unit`, 40),
    level: level === null ? null : reader.choice(level, `${pointer}/level`, UNIT_LEVELS),
    period,
    value: text,
    source: reader.text(fields['source'], `${pointer}/source`, 200),
  };
  return reader.reasons.length > 0 ? { ok: false, reasons: reader.reasons } : { ok: true, target };
}

/**
 * The target that holds for a unit in a period, of all targets of one indicator; null when there is none. One for
 * the unit goes before one for its level, and one for the period before one for its year.
 */
export function targetFor<T extends Target>(
  targets: readonly T[],
  unit: { readonly code: string; readonly level: UnitLevel },
  period: string,
): T | null {
  const holding = targets.filter(
    (target) =>
      (target.unit === unit.code || target.level === unit.level) &&
      (period === target.period || period.startsWith(`${target.period}-`)),
  );
  const rank = (target: Target): number => (target.unit === null ? 0 : 100) + target.period.length;
  return holding.reduce<T | null>(
    (best, each) => (best === null || rank(each) > rank(best) ? each : best),
    null,
  );
}

function decimalsOf(indicator: CatalogueIndicator): number | null {
  if (indicator.type === 'ratio') return PERCENT_DECIMALS;
  return 'decimals' in indicator ? indicator.decimals : null;
}
