import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * A Vietnamese telephone number as typed (`0225 384 2111`, `+84…`) in E.164; null when there is no such
 * number.
 */
export function vietnamesePhone(text: string): string | null {
  const number = parsePhoneNumberFromString(text, 'VN');
  return number?.country === 'VN' && number.isValid() && number.ext === undefined ? number.number : null;
}
