import { Matches } from 'class-validator';

/**
 * A code of a unit, requirement or period as a query may name it. Whether it exists is another question; it
 * never holds U+0000.
 */
export function IsCode(): PropertyDecorator {
  return Matches(/^[\p{L}\p{N}._/-]{1,100}$/u, {
    message: 'Mã chỉ gồm chữ, số và các dấu . _ / -, từ 1 đến 100 ký tự.',
  });
}
