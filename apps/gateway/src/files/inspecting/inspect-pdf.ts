import { inflateSync } from 'node:zlib';
import type { Content } from './content';

/** Objects that stand packed in the file: how many, and how much of them is unpacked in all. */
const PACKED_AT_MOST = 2_000;
const UNPACKED_AT_MOST = 32 * 1024 * 1024;

/** Actions that run something, or a file within the file. */
const ACTIVE = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])/;
const ENCRYPTED = /\/Encrypt(?![A-Za-z0-9])/;
const END = '%%EOF';

/** Looks through the objects of a PDF, packed ones included; pictures and pages stay unread. */
export function inspectPdf(bytes: Buffer): Content {
  if (!bytes.includes(END, Math.max(0, bytes.length - 2_048))) return { ok: false, fault: 'broken' };
  const objects = objectsOf(bytes.toString('latin1'));
  if (objects === null) return { ok: false, fault: 'tooMuchInside' };
  // Any character of a name may stand as its number: /#4A#53 is /JS.
  const plain = objects.replace(/#([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  if (ENCRYPTED.test(plain)) return { ok: false, fault: 'encrypted' };
  if (ACTIVE.test(plain)) return { ok: false, fault: 'executable' };
  return { ok: true, words: titlesOf(objects) };
}

/**
 * The text of the file without its streams, whose bytes would only look like names by chance, but with the objects that
 * stand packed in some of them and with the description (XMP). Null when they unpack to too much.
 */
function objectsOf(text: string): string | null {
  const pieces: string[] = [];
  let packed = 0;
  let room = UNPACKED_AT_MOST;
  let from = 0;
  for (;;) {
    const begin = text.indexOf('stream', from);
    const end = begin === -1 ? -1 : text.indexOf('endstream', begin);
    if (end === -1) break;
    const head = text.slice(from, begin);
    pieces.push(head);
    const dictionary = head.slice(head.lastIndexOf(' obj'));
    const body = text.slice(begin + 'stream'.length, end).replace(/^\r?\n/, '');
    if (/\/Type\s*\/Metadata(?![A-Za-z])/.test(dictionary) && !/\/Filter/.test(dictionary)) pieces.push(body);
    else if (/\/ObjStm(?![A-Za-z])/.test(dictionary)) {
      packed += 1;
      if (packed > PACKED_AT_MOST) return null;
      const objects = unpacked(body, room);
      if (objects === null) return null;
      room -= objects.length;
      pieces.push(objects);
    }
    from = end + 'endstream'.length;
  }
  pieces.push(text.slice(from));
  return pieces.join('\n');
}

/** Null when it unpacks to more than `room`; one that cannot be unpacked holds nothing a reader could open either. */
function unpacked(body: string, room: number): string | null {
  try {
    return inflateSync(Buffer.from(body, 'latin1'), { maxOutputLength: Math.max(1, room) }).toString(
      'latin1',
    );
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? null : '';
  }
}

/** Title, subject and keywords, from the document's own record and from its description. */
function titlesOf(objects: string): string[] {
  const said = [
    ...objects.matchAll(/\/(?:Title|Subject|Keywords)\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)/g),
  ].map(([, literal, hex]) =>
    textOf(
      hex === undefined
        ? Buffer.from(unescaped(literal ?? ''), 'latin1')
        : Buffer.from(hex.replace(/\s/g, ''), 'hex'),
    ),
  );
  const described = [...objects.matchAll(/<dc:(?:title|subject|description)>([\s\S]{0,5000}?)<\/dc:/g)].map(
    ([, xml]) => Buffer.from((xml ?? '').replace(/<[^>]*>/g, '\n'), 'latin1').toString('utf8'),
  );
  return [...said, ...described];
}

function unescaped(literal: string): string {
  return literal.replace(/\\(?:([0-7]{1,3})|\r?\n|(.))/gs, (_whole, octal?: string, character?: string) =>
    octal === undefined ? (character ?? '') : String.fromCharCode(parseInt(octal, 8) & 0xff),
  );
}

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  return bytes.toString(bytes[0] === 0xef && bytes[1] === 0xbb ? 'utf8' : 'latin1');
}
