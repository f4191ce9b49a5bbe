import { pointerTo } from '@mach/domain';
import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ProblemException, type ProblemErrors } from './problem.exception';
import { findUnplain, unplainText } from './unplain-text';

/**
 * class-validator's constraint names in a clerk's words; a DTO's own Vietnamese `message` goes before these.
 */
const MESSAGES: Readonly<Record<string, string>> = {
  isString: 'Mục này phải là chữ.',
  isLength: 'Độ dài của mục này không đúng giới hạn.',
  minLength: 'Mục này quá ngắn.',
  maxLength: 'Mục này quá dài.',
  isNotEmpty: 'Mục này không được để trống.',
  isDefined: 'Thiếu mục này.',
  isInt: 'Mục này phải là số nguyên.',
  isNumber: 'Mục này phải là số.',
  isPositive: 'Mục này phải là số lớn hơn 0.',
  min: 'Số này nhỏ hơn mức cho phép.',
  max: 'Số này lớn hơn mức cho phép.',
  isBoolean: 'Mục này phải là đúng hoặc sai.',
  isIn: 'Giá trị của mục này không có trong danh sách cho phép.',
  isEnum: 'Giá trị của mục này không có trong danh sách cho phép.',
  isArray: 'Mục này phải là một danh sách.',
  arrayMinSize: 'Danh sách này còn thiếu.',
  arrayMaxSize: 'Danh sách này quá dài.',
  isObject: 'Mục này phải là một đối tượng.',
  isEmail: 'Địa chỉ thư điện tử không đúng.',
  isUuid: 'Mã định danh không đúng.',
  isISO8601: 'Ngày giờ không đúng; viết như 2026-11-18T09:00:00+07:00.',
  isDateString: 'Ngày giờ không đúng; viết như 2026-11-18T09:00:00+07:00.',
  matches: 'Mục này không đúng khuôn dạng.',
  whitelistValidation: 'Không có mục này.',
  nestedValidation: 'Mục này phải là một đối tượng.',
  unknownValue: 'Mục này không đúng.',
};

/** Flattens class-validator's tree into pointers with Vietnamese messages. */
function errorsOf(errors: readonly ValidationError[], parent = ''): ProblemErrors {
  return errors.flatMap((error) => {
    const pointer = pointerTo(parent, error.property);
    const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
      pointer,
      code: `request.${name}`,
      // class-validator's English defaults start with the property's name or name it; a DTO's own message
      // does not.
      message: message.includes(error.property) ? (MESSAGES[name] ?? 'Mục này không đúng.') : message,
    }));
    return [...own, ...errorsOf(error.children ?? [], pointer)];
  });
}

/** Words of a query are plain lines like those of a body, which has been looked at before it comes here. */
class PlainQueryPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query' && typeof value === 'object' && value !== null) {
      const pointer = findUnplain(value, '');
      if (pointer !== null) throw unplainText(pointer);
    }
    return super.transform(value, metadata);
  }
}

/** The pipe for every DTO: unknown fields are refused, every fault is told at once. */
export function validationPipe(): ValidationPipe {
  return new PlainQueryPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors: ValidationError[]) =>
      new ProblemException('request.invalid', { errors: errorsOf(errors) }),
  });
}
