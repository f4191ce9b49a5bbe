import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const TYPES = 'application/vnd.openxmlformats-officedocument';
const MAIN = {
  docx: `${TYPES}.wordprocessingml.document.main+xml`,
  xlsx: `${TYPES}.spreadsheetml.sheet.main+xml`,
  docm: 'application/vnd.ms-word.document.macroEnabled.main+xml',
} as const;

/** A zip of these parts, in this order. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A Word or Excel file with this text, title, and whatever else. */
export async function officeFile(
  kind: keyof typeof MAIN,
  {
    text = 'Nội dung',
    title = 'Báo cáo',
    more = {},
  }: {
    readonly text?: string;
    readonly title?: string;
    readonly more?: Readonly<Record<string, string | Buffer>>;
  } = {},
): Promise<Buffer> {
  const main = kind === 'xlsx' ? 'xl/workbook.xml' : 'word/document.xml';
  const words =
    kind === 'xlsx'
      ? {
          [main]: '<workbook/>',
          'xl/sharedStrings.xml': `<sst><si><t>Cột</t></si><si><t>${text}</t></si></sst>`,
        }
      : { [main]: `<w:document><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>` };
  return zipOf({
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Override PartName="/${main}" ContentType="${MAIN[kind]}"/></Types>`,
    ...words,
    'docProps/core.xml': `<cp:coreProperties><dc:title>${title}</dc:title></cp:coreProperties>`,
    ...more,
  });
}

/** A PDF of one object with these entries; `streams` are written as they are. */
export function pdfFile(entries = '/Type /Catalog', ...streams: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${entries} >>\nendobj\n`, 'latin1'),
    ...streams,
    Buffer.from('trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n'),
  ]);
}

/** A stream object of a PDF. */
export function pdfStream(entries: string, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`2 0 obj\n<< ${entries} /Length ${String(content.length)} >>\nstream\n`, 'latin1'),
    content,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

const PNG_HEAD = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

export const IMAGES = {
  png: Buffer.concat([PNG_HEAD, Buffer.alloc(30), PNG_END]),
  jpeg: Buffer.concat([
    Buffer.from('ffd8ffe000104a464946', 'hex'),
    Buffer.alloc(40),
    Buffer.from('ffd9', 'hex'),
  ]),
  webp: Buffer.concat([Buffer.from('RIFF\x1c\x00\x00\x00WEBPVP8 ', 'latin1'), Buffer.alloc(20)]),
} as const;
