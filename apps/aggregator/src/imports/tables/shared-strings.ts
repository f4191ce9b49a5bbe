import type { TableMeter } from './table';
import { readXml } from './xml-events';

/** `_x000D_`: how SpreadsheetML holds characters that XML cannot. */
const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** Text as it was typed, from the text of a cell's XML. */
export function unescapedText(text: string): string {
  return text.includes('_x')
    ? text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** The texts that cells refer to by number. Phonetic readings (`rPh`) are no part of them. */
export async function readSharedStrings(pieces: AsyncIterable<Buffer>, meter: TableMeter): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = false;
  await readXml(pieces, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        meter.text(text.length);
        strings.push(unescapedText(text));
      }
    },
  });
  return strings;
}
