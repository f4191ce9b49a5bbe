import { TableRefused } from './table';
import { BYTES_A_TURN, Turns } from './turns';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LIST_BEGINS = 0x5b;
const LIST_ENDS = 0x5d;
const OBJECT_BEGINS = 0x7b;
const OBJECT_ENDS = 0x7d;
const LINE_ENDS = 0x0a;

/** A piece of JSON that holds one entry, and which one it is, from 1: of the list, or line of the file. */
export interface JsonEntry {
  readonly number: number;
  readonly text: string;
}

/**
 * The elements of a JSON list as their texts, found one after the other without parsing the list in one go. Throws
 * `TableRefused` when it is no list from its first byte to its last. What stands between two commas may be anything:
 * parsing it tells. The bytes are UTF-8, in which no other letter holds a byte that is looked for.
 */
export async function* listElements(bytes: Buffer): AsyncGenerator<JsonEntry> {
  const turns = new Turns(BYTES_A_TURN);
  const [begin, end] = inner(bytes);
  if (end - begin < 2 || bytes[begin] !== LIST_BEGINS || bytes[end - 1] !== LIST_ENDS) throw noList();
  let number = 0;
  let from = begin + 1;
  let depth = 0;
  let inText = false;
  for (let at = from; at < end - 1; at += 1) {
    if (at % BYTES_A_TURN === 0) await turns.before(BYTES_A_TURN);
    const byte = bytes[at];
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === LIST_BEGINS || byte === OBJECT_BEGINS) depth += 1;
    else if (byte === LIST_ENDS || byte === OBJECT_ENDS) depth -= 1;
    else if (byte === COMMA && depth === 0) {
      yield { number: (number += 1), text: bytes.toString('utf8', from, at) };
      from = at + 1;
    }
    if (depth < 0) throw noList();
  }
  const text = bytes.toString('utf8', from, end - 1);
  if (number > 0 || text.trim() !== '') yield { number: number + 1, text };
}

/** The lines of a file that hold anything. */
export async function* filledLines(bytes: Buffer): AsyncGenerator<JsonEntry> {
  const turns = new Turns(BYTES_A_TURN);
  let from = afterMark(bytes);
  for (let number = 1; from < bytes.length; number += 1) {
    const end = bytes.indexOf(LINE_ENDS, from);
    const to = end < 0 ? bytes.length : end;
    await turns.before(1 + to - from);
    const text = bytes.toString('utf8', from, to);
    if (text.trim() !== '') yield { number, text };
    from = to + 1;
  }
}

function noList(): TableRefused {
  return new TableRefused('table.unreadable', 'Nội dung phải là một danh sách JSON, mỗi mục một đơn vị.');
}

/** From where to where anything stands, blanks left out. */
function inner(bytes: Buffer): readonly [begin: number, end: number] {
  let begin = afterMark(bytes);
  let end = bytes.length;
  while (begin < end && isBlank(bytes[begin])) begin += 1;
  while (end > begin && isBlank(bytes[end - 1])) end -= 1;
  return [begin, end];
}

/** Where the file begins behind its byte order mark. */
function afterMark(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
