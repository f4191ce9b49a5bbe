const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
/**
 * Vietnamese telephone numbers, domestic or international, plain or grouped by spaces and dots; a hyphen
 * beside it means part of an id.
 */
const PHONE = /(?<![\w+.-])(?:0|\+?84[ .]?)\d(?:[ .]?\d){8,9}(?![\w-])/g;

/**
 * Replaces e-mail addresses and telephone numbers in a line of log: contacts are personal data (nothing of
 * them is logged).
 */
export function maskPersonalData(line: string): string {
  return line.replace(EMAIL, '[e-mail]').replace(PHONE, '[phone]');
}
