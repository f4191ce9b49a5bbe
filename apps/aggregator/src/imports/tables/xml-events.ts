import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { unreadable } from './archive';
import { TableRefused } from './table';

export type Attributes = Readonly<Record<string, string>>;

/** What an XML part is made of, in its order; names without the prefix of their namespace. */
export interface XmlEvents {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Bytes without the end of a tag or a text: the longest text of a cell is far shorter. */
const SILENT_BYTES = 1024 * 1024;
/** Deepest nesting of a workbook's parts that are read is eight. */
const DEEPEST = 64;

/**
 * Goes through an XML part. A document type is refused before anything of it is looked at: no workbook has one, and
 * it is where entities come from that unfold without end or name other files.
 */
export async function readXml(pieces: AsyncIterable<Buffer>, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, fragment: false });
  const decoder = new StringDecoder('utf8');
  let depth = 0;
  let silent = 0;
  parser.on('error', () => {
    throw unreadable();
  });
  parser.on('doctype', () => {
    throw new TableRefused(
      'table.documentType',
      'Tệp có khai báo kiểu tài liệu (DOCTYPE), không phải do chương trình bảng tính ghi, nên không được nhận.',
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    silent = 0;
    if (depth > DEEPEST) throw unreadable();
    events.open?.(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    silent = 0;
    events.close?.(localName(name));
  });
  if (events.text !== undefined) {
    parser.on('text', (text) => events.text?.(text));
    parser.on('cdata', (text) => events.text?.(text));
  }
  for await (const piece of pieces) {
    parser.write(decoder.write(piece));
    silent += piece.length;
    if (silent > SILENT_BYTES) throw unreadable();
  }
  parser.write(decoder.end()).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
