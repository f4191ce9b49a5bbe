import { isCode } from '../forms/code';
import type { Reason } from '../forms/form';
import { pointerTo } from '../pointer';
import type { LocalTime } from '../time';

/** What a check of untyped data answers: the value with its type, or every fault. */
export type Checked<K extends string, T> =
  | ({ readonly ok: true } & Readonly<Record<K, T>>)
  | { readonly ok: false; readonly reasons: readonly Reason[] };

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what an administrator sends (a form, a rule, a policy) field by field. A fault is noted with its
 * pointer and a harmless value is handed back, so that reading goes on and every fault is found; what was
 * read is to be used only when `reasons` is empty.
 */
export class DefinitionReader {
  readonly reasons: Reason[] = [];

  /** `area` is the first half of every fault's code, e.g. `form` in `form.missing`. */
  constructor(private readonly area: string) {}

  fault(pointer: string, reason: string, message: string): void {
    this.reasons.push({ pointer, code: `${this.area}.${reason}`, message });
  }

  /** An object with no fields but `known`. Null when it is no object at all. */
  fields(value: unknown, pointer: string, known: readonly string[]): Fields | null {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.faultOfType(value, pointer, 'một đối tượng JSON');
      return null;
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        this.fault(
          pointerTo(pointer, key),
          'unknownField',
          `Không có thuộc tính «${key}» ở đây. Các thuộc tính được dùng: ${known.join(', ')}.`,
        );
      }
    }
    return value as Fields;
  }

  /**
   * An object whose field `tag` says which sort it is, with no fields but those of its sort (`fieldsOf`). One of
   * an unknown sort is read on as if it were of the first.
   */
  variant<K extends string>(
    value: unknown,
    pointer: string,
    tag: string,
    fieldsOf: Readonly<Record<K, readonly string[]>>,
  ): { readonly sort: K; readonly fields: Fields } | null {
    const sorts = Object.keys(fieldsOf) as [K, ...K[]];
    const named = typeof value === 'object' && value !== null ? (value as Fields)[tag] : undefined;
    const known = sorts.find((sort) => sort === named) ?? sorts[0];
    const fields = this.fields(value, pointer, [tag, ...fieldsOf[known]]);
    return fields === null ? null : { sort: this.choice(named, `${pointer}/${tag}`, sorts), fields };
  }

  list(value: unknown, pointer: string, least: number, most: number): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.faultOfType(value, pointer, 'một danh sách');
      return [];
    }
    if (value.length < least || value.length > most) {
      this.fault(
        pointer,
        'outOfRange',
        `Danh sách phải có từ ${String(least)} đến ${String(most)} mục, hiện có ${String(value.length)}.`,
      );
    }
    return value.length > most ? [] : (value as readonly unknown[]);
  }

  text(value: unknown, pointer: string, maxLength: number): string {
    if (typeof value !== 'string') {
      this.faultOfType(value, pointer, 'chữ');
      return '';
    }
    if (value.trim() === '') this.fault(pointer, 'missing', 'Không được để trống.');
    if (value.length > maxLength) this.fault(pointer, 'outOfRange', `Dài quá ${String(maxLength)} ký tự.`);
    return value;
  }

  /** A name in snake_case, used once in `taken`, to which it is added. */
  code(value: unknown, pointer: string, taken: Set<string>): string {
    const code = this.text(value, pointer, 63);
    if (code === '') return code;
    if (!isCode(code)) {
      this.fault(
        pointer,
        'badCode',
        `Mã «${code.slice(0, 63)}» không hợp lệ: chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ.`,
      );
    }
    if (taken.has(code)) this.fault(pointer, 'duplicate', `Mã «${code}» đã được dùng ở trên.`);
    taken.add(code);
    return code;
  }

  integer(value: unknown, pointer: string, least: number, most: number): number {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.faultOfType(value, pointer, 'một số nguyên');
      return least;
    }
    if (value < least || value > most) {
      this.fault(
        pointer,
        'outOfRange',
        `Phải từ ${String(least)} đến ${String(most)}, hiện là ${String(value)}.`,
      );
    }
    return value;
  }

  flag(value: unknown, pointer: string): boolean {
    if (typeof value !== 'boolean') this.faultOfType(value, pointer, 'true hoặc false');
    return value === true;
  }

  choice<T extends string>(value: unknown, pointer: string, choices: readonly [T, ...T[]]): T {
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    if (value === undefined) this.faultOfType(value, pointer, 'chữ');
    else this.fault(pointer, 'unknownChoice', `Phải là một trong các giá trị: ${choices.join(', ')}.`);
    return choices[0];
  }

  /** A non-empty list of different choices. */
  choices<T extends string>(value: unknown, pointer: string, choices: readonly [T, ...T[]]): readonly T[] {
    const chosen = this.list(value, pointer, 1, choices.length).map((item, index) =>
      this.choice(item, `${pointer}/${String(index)}`, choices),
    );
    if (new Set(chosen).size < chosen.length) this.fault(pointer, 'duplicate', 'Có giá trị bị lặp lại.');
    return chosen;
  }

  /** `HH:MM` */
  time(value: unknown, pointer: string): LocalTime {
    if (typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
    this.faultOfType(value, pointer, 'giờ và phút dạng HH:MM, ví dụ 17:00');
    return '00:00';
  }

  private faultOfType(value: unknown, pointer: string, expected: string): void {
    if (value === undefined) this.fault(pointer, 'missing', `Còn thiếu; cần ${expected}.`);
    else this.fault(pointer, 'wrongType', `Phải là ${expected}.`);
  }
}
