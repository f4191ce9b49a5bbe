import type { NumberFormat } from '@mach/domain';
import { readXml } from './xml-events';

/** Formats that every program knows by number (ECMA-376, 18.8.30). */
const BUILT_IN_PERCENT = new Set([9, 10]);
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54,
  55, 56, 57, 58,
]);
/** Text in quotes or behind a backslash, colours and locales in brackets: none of it says what the number is. */
const DECORATION = /"[^"]*"|\\.|\[[^\]]*\]/g;

/** How each of a workbook's cell styles (`cellXfs`) shows a number. */
export async function readNumberFormats(pieces: AsyncIterable<Buffer>): Promise<readonly NumberFormat[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) ids.push(Number(attributes['numFmtId'] ?? '0'));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return ids.map((id) => formatOf(id, codes.get(id)));
}

function formatOf(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if (BUILT_IN_PERCENT.has(id)) return 'percent';
    return BUILT_IN_DATES.has(id) ? 'date' : 'plain';
  }
  const bare = code.replace(DECORATION, '').toLowerCase();
  if (bare.includes('%')) return 'percent';
  // `General` has an e, a and l but is no date; colour names stand in brackets.
  return /[dmyhs]/.test(bare.replace('general', '')) ? 'date' : 'plain';
}
