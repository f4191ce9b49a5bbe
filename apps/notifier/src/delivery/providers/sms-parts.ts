import { unaccent } from '@mach/domain';
import { encodings } from 'smpp';

/** SMPP data_coding: the centre's default alphabet (GSM 03.38, an octet a septet), or UCS-2. */
const GSM_CODING = 0;
const UCS2_CODING = 8;
/**
 * Of a single message and of a part that carries a concatenation header, in octets as SMPP carries them (3GPP
 * TS 23.040: 140 octets on the air).
 */
const LIMITS = {
  [GSM_CODING]: { single: 160, part: 153 },
  [UCS2_CODING]: { single: 140, part: 134 },
} as const;
const GSM_ESCAPE = 0x1b;

/**
 * A text as SMPP carries it: one message, or several with the header (UDH) by which the telephone joins them.
 */
export interface SmsParts {
  readonly dataCoding: typeof GSM_CODING | typeof UCS2_CODING;
  readonly concatenated: boolean;
  readonly messages: readonly Buffer[];
}

/**
 * Makes a text one that the GSM alphabet can carry: without accents, what it still does not know as a
 * question mark.
 */
export function toGsmAlphabet(text: string): string {
  return Array.from(unaccent(text), (character) => (encodings.ASCII.match(character) ? character : '?')).join(
    '',
  );
}

/** How many octets the text takes in the GSM alphabet; `{ } [ ] ^ ~ | \ €` take two. */
export function gsmLength(text: string): number {
  return encodings.ASCII.encode(text).length;
}

/**
 * Encodes a text: in the GSM alphabet when it can carry it, otherwise in UCS-2 (with accents, at most 70
 * characters a message). A long text is cut into parts of the same `reference` (0–255), never through an
 * escaped character or a surrogate pair.
 */
export function smsParts(text: string, reference: number): SmsParts {
  const dataCoding = encodings.ASCII.match(text) ? GSM_CODING : UCS2_CODING;
  const encoded = dataCoding === GSM_CODING ? encodings.ASCII.encode(text) : encodings.UCS2.encode(text);
  const limit = LIMITS[dataCoding];
  if (encoded.length <= limit.single) return { dataCoding, concatenated: false, messages: [encoded] };
  const bodies: Buffer[] = [];
  for (let start = 0; start < encoded.length;) {
    const end = cutBefore(encoded, Math.min(start + limit.part, encoded.length), dataCoding);
    bodies.push(encoded.subarray(start, end));
    start = end;
  }
  const messages = bodies.map((body, index) =>
    Buffer.concat([Buffer.of(5, 0, 3, reference & 0xff, bodies.length, index + 1), body]),
  );
  return { dataCoding, concatenated: true, messages };
}

function cutBefore(encoded: Buffer, end: number, dataCoding: number): number {
  if (end === encoded.length) return end;
  if (dataCoding === GSM_CODING) return encoded[end - 1] === GSM_ESCAPE ? end - 1 : end;
  const last = encoded.readUInt16BE(end - 2);
  return last >= 0xd800 && last <= 0xdbff ? end - 2 : end;
}
