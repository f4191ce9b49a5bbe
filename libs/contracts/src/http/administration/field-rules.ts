import { Transform } from 'class-transformer';
import { IsIn, IsISO8601, IsOptional, Length, Matches } from 'class-validator';

const A_DAY = 'Ngày phải là ngày có thật, viết như 2026-11-14.';

/** May be left out. `null` says the same, so that what we answered can be sent back: nobody behind it meets `null`. */
export function MayBeAbsent(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    Transform(({ value }: { value: unknown }) => (value === null ? undefined : value))(target, property);
  };
}

/** A real day written `YYYY-MM-DD`. Whether it is too far away depends on the clock (`refuseFarDay`). */
export function IsDay(): PropertyDecorator {
  return (target, property) => {
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: A_DAY })(target, property);
    IsISO8601({ strict: true }, { message: A_DAY })(target, property);
  };
}

/** One of the words of a vocabulary; `what` begins the sentence that names them. */
export function IsOneOf(words: readonly string[], what: string): PropertyDecorator {
  return IsIn(words, { message: `${what} phải là một trong: ${words.join(', ')}.` });
}

/** Code of a unit: `HP`, `11560`, `11560-012`. */
export function IsUnitCode(): PropertyDecorator {
  return (target, property) => {
    Matches(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/, { message: 'Mã đơn vị gồm chữ in hoa không dấu, số và gạch nối.' })(
      target,
      property,
    );
    Length(1, 40, { message: 'Mã đơn vị dài từ 1 đến 40 ký tự.' })(target, property);
  };
}

/** Code of a form, policy or requirement: `14-CTR-TU-THANG`. */
export function IsCode(): PropertyDecorator {
  return (target, property) => {
    Matches(/^[A-Z0-9]+(?:[-_][A-Z0-9]+)*$/, {
      message: 'Mã gồm chữ in hoa không dấu, số, gạch nối hoặc gạch dưới.',
    })(target, property);
    Length(1, 60, { message: 'Mã dài từ 1 đến 60 ký tự.' })(target, property);
  };
}

/** A name or title of 1 to `most` characters that does not begin or end with a blank. */
export function IsName(most: number): PropertyDecorator {
  return (target, property) => {
    Length(1, most, { message: `Mục này dài từ 1 đến ${String(most)} ký tự.` })(target, property);
    Matches(/^\S(?:.*\S)?$/su, { message: 'Mục này không được bỏ trống hoặc thừa dấu cách ở đầu, cuối.' })(
      target,
      property,
    );
  };
}
