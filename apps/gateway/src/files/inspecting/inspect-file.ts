import { readFile } from 'node:fs/promises';
import { refuseClassified, type FileKind, type Reason } from '@mach/domain';
import { contentReason, type Content } from './content';
import { inspectOffice } from './inspect-office';
import { inspectPdf } from './inspect-pdf';

/** What the content of a file is; or why it is not kept. */
export type InspectedFile =
  { readonly ok: true; readonly kind: FileKind } | { readonly ok: false; readonly reason: Reason };

const PDF = Buffer.from('%PDF-');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_END = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const PDF_BEGINS_WITHIN = 1_024;
const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ZIP_END_LENGTH = 22;
const ZIP_END_WITHIN = ZIP_END_LENGTH + 0xffff;
/** Compound files: Office before 2007, and what Office writes behind a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const OFFICE_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Tells the kind of the file at `path` by its bytes, whatever its name says, and refuses what could harm whoever opens it
 * (macros, scripts, files within files), what nobody could open (passwords, broken ends) and what bears a mark of
 * classification where that can be read cheaply: title and text of Office files, title of PDF. The file is at most as
 * large as a file may be; what is unpacked from it is bounded.
 */
export async function inspectFile(path: string): Promise<InspectedFile> {
  const bytes = await readFile(path);
  if (bytes.length === 0) return { ok: false, reason: contentReason('empty') };
  if (isTwoKinds(bytes)) return { ok: false, reason: contentReason('twoKinds') };
  if (startsWith(bytes, PDF)) return judged('pdf', inspectPdf(bytes));
  if (startsWith(bytes, ZIP)) {
    const office = await inspectOffice(bytes);
    return office.ok ? judged(office.kind, office) : { ok: false, reason: contentReason(office.fault) };
  }
  if (startsWith(bytes, PNG)) return image('png', bytes.subarray(-PNG_END.length).equals(PNG_END));
  if (startsWith(bytes, JPEG)) return image('jpeg', bytes.includes(JPEG_END, bytes.length >> 1));
  if (isWebp(bytes)) return image('webp', bytes.readUInt32LE(4) + 8 <= bytes.length);
  if (startsWith(bytes, COMPOUND) && bytes.includes(OFFICE_PACKAGE))
    return { ok: false, reason: contentReason('encrypted') };
  return { ok: false, reason: contentReason('unknownKind') };
}

function judged(kind: FileKind, content: Content): InspectedFile {
  if (!content.ok) return { ok: false, reason: contentReason(content.fault) };
  for (const words of content.words) {
    const marked = refuseClassified(words);
    if (marked !== null) return { ok: false, reason: marked };
  }
  return { ok: true, kind };
}

function image(kind: FileKind, isWhole: boolean): InspectedFile {
  return isWhole ? { ok: true, kind } : { ok: false, reason: contentReason('broken') };
}

function startsWith(bytes: Buffer, mark: Buffer): boolean {
  return bytes.subarray(0, mark.length).equals(mark);
}

/**
 * Some programs look for a PDF anywhere in the first kilobyte, and for an archive from the end of the file: what is also
 * one of these would be another thing to whoever opens it than it was to us.
 */
function isTwoKinds(bytes: Buffer): boolean {
  const pdfAt = bytes.subarray(0, PDF_BEGINS_WITHIN).indexOf(PDF);
  return pdfAt > 0 || (!startsWith(bytes, ZIP) && endsAsArchive(bytes));
}

/** The record at the end of an archive says how long the comment is that ends it. */
function endsAsArchive(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ZIP_END_WITHIN);
  for (let at = bytes.indexOf(ZIP_END, from); at >= 0; at = bytes.indexOf(ZIP_END, at + 1)) {
    const commentAt = at + ZIP_END_LENGTH;
    if (commentAt <= bytes.length && commentAt + bytes.readUInt16LE(commentAt - 2) === bytes.length)
      return true;
  }
  return false;
}

function isWebp(bytes: Buffer): boolean {
  return (
    bytes.length > 12 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.toString('latin1', 8, 12) === 'WEBP'
  );
}
