import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { FileKind } from '@mach/domain';
import type { ContentFault } from './content';

type Office =
  | { readonly ok: true; readonly kind: FileKind; readonly words: readonly string[] }
  | { readonly ok: false; readonly fault: ContentFault };

/** Sizes as announced, or it fails; no names that lead elsewhere. */
const STRICT = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true };
const MIB = 1024 * 1024;
/** Of a package as a whole: what Office would unpack to open it. */
const ENTRIES_AT_MOST = 3_000;
const UNPACKED_AT_MOST = 200 * MIB;
/** No text or picture packs better; what does is meant to swell. Small parts may: they are mostly the same words. */
const RATIO_AT_MOST = 250;
const SMALL = MIB;
/** Of one part that is read for its words; what lies beyond is not looked at. */
const READ_AT_MOST = 8 * MIB;

const CONTENT_TYPES = '[Content_Types].xml';
const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/"application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.document\.main\+xml"/, 'docx'],
  [/"application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml"/, 'xlsx'],
];
const MACRO_NAMES = /(?:^|\/)(?:vbaProject|vbaData)[^/]*$|\/macrosheets\//i;
const MACRO_TYPES = /macroEnabled|vnd\.ms-office\.vbaProject|ms-excel\.(?:intl)?macrosheet/i;
/** Programs, controls, and what holds files of its own that nobody here looks into: archives, documents with macros. */
const EXECUTABLE_NAMES =
  /\/activeX\/|\/embeddings\/[^/]*\.bin$|\.(?:exe|dll|com|scr|bat|cmd|msi|jar|js|jse|vbs|vbe|wsf|hta|ps1|lnk|sh|zip|7z|rar|gz|iso|img|(?:doc|dot|xls|xlt|ppt|pot)m|xlam|ppam)$/i;
/** Parts with words that a reader would see: text, headers and footers, cells, title and keywords. */
const WORDY =
  /^(?:word\/(?:document|header\d*|footer\d*)|xl\/sharedStrings|xl\/worksheets\/[^/]+|docProps\/(?:core|custom))\.xml$/;
/** Entities would let a small text unpack without end, and Office writes none. */
const HAS_ENTITIES = /<!(?:DOCTYPE|ENTITY)/i;

/** Looks into an Office package, of which no more is unpacked than said above. */
export async function inspectOffice(bytes: Buffer): Promise<Office> {
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(bytes, STRICT);
  } catch {
    return { ok: false, fault: 'broken' };
  }
  try {
    return await readPackage(zip);
  } catch {
    // Every error of the reader is about these bytes: they are all in memory.
    return { ok: false, fault: 'broken' };
  } finally {
    zip.close();
  }
}

async function readPackage(zip: ZipFile): Promise<Office> {
  if (zip.entryCount > ENTRIES_AT_MOST) return { ok: false, fault: 'tooMuchInside' };
  const parts = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) return { ok: false, fault: 'encrypted' };
    if (MACRO_NAMES.test(entry.fileName)) return { ok: false, fault: 'macros' };
    if (EXECUTABLE_NAMES.test(entry.fileName)) return { ok: false, fault: 'executable' };
    // Two parts of one name: this reader would see one and Office the other.
    if (parts.has(entry.fileName.toLowerCase())) return { ok: false, fault: 'broken' };
    parts.set(entry.fileName.toLowerCase(), entry);
    unpacked += entry.uncompressedSize;
    const swells =
      entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * RATIO_AT_MOST;
    if (unpacked > UNPACKED_AT_MOST || swells) return { ok: false, fault: 'tooMuchInside' };
  }
  const list = parts.get(CONTENT_TYPES.toLowerCase());
  if (list === undefined) return { ok: false, fault: 'unknownKind' };
  const types = await textOf(zip, list);
  if (MACRO_TYPES.test(types)) return { ok: false, fault: 'macros' };
  const kind = KINDS.find(([type]) => type.test(types))?.[1];
  if (kind === undefined || HAS_ENTITIES.test(types)) return { ok: false, fault: 'unknownKind' };
  const words: string[] = [];
  for (const entry of parts.values()) {
    if (!WORDY.test(entry.fileName)) continue;
    const xml = await textOf(zip, entry);
    if (HAS_ENTITIES.test(xml)) return { ok: false, fault: 'executable' };
    words.push(wordsOf(xml));
  }
  return { ok: true, kind, words };
}

/** The first megabytes of a part as text; yauzl refuses one that unpacks to more than it says. */
async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const stream = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > READ_AT_MOST) break;
  }
  const bytes = Buffer.concat(pieces);
  // XML begins with `<`: in UTF-16, which Office reads as well, a zero stands beside it.
  return bytes[0] === 0xff || bytes[1] === 0 ? bytes.toString('utf16le') : bytes.toString('utf8');
}

/** The words of a part, a paragraph, cell or property a line. */
function wordsOf(xml: string): string {
  return xml
    .replace(/<\/(?:w:p|si|is|c|cp:[a-zA-Z]+|dc:[a-z]+|vt:[a-z]+)>|<(?:w:br|w:tab)\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi, (_whole, hex, decimal, name) =>
      characterOf(hex as string | undefined, decimal as string | undefined, name as string | undefined),
    );
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function characterOf(hex?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
