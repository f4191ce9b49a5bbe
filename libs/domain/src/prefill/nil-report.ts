import type { FormDefinition, Reason } from '../forms/form';
import type { FormLayout } from '../forms/form-layout';
import { placesOf } from '../forms/figure-place';

/**
 * What is wrong with a report that says nothing happened (không phát sinh) and has these figures: the form may not
 * take such reports, and whatever counts what happened in the period must be 0. What carries on (stocks, figures
 * from the beginning of the year) may be anything.
 */
export function faultsOfNil(
  { allowNil }: FormDefinition,
  { fields }: FormLayout,
  figures: readonly (bigint | null)[],
): readonly Reason[] {
  if (allowNil !== true)
    return [
      {
        pointer: '/nil',
        code: 'report.nilNotAllowed',
        message: 'Biểu mẫu này không nhận báo cáo «không phát sinh». Đề nghị ghi đủ số liệu.',
      },
    ];
  return fields.flatMap(({ indicator, slot }) => {
    if (indicator.type === 'subtotal' || indicator.time === 'stock' || indicator.cumulative === true)
      return [];
    if (!('decimals' in indicator)) return [];
    return placesOf(indicator).flatMap(({ pointer }, side) =>
      (figures[slot + side] ?? 0n) === 0n
        ? []
        : [
            {
              pointer,
              code: 'report.nilContradicted',
              message: `Báo cáo ghi «không phát sinh» nhưng «${indicator.label}» khác 0. Đề nghị bỏ «không phát sinh» hoặc sửa số liệu.`,
            },
          ],
    );
  });
}
