import * as fc from 'fast-check';
import { encodings } from 'smpp';
import { SegmentedMessage } from 'sms-segments-calculator';
import { gsmLength, smsParts, toGsmAlphabet } from './sms-parts';

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€';
/** Texts for one message, for two, and for more; a length alone hardly ever reaches the second part. */
const textsOf = (unit: fc.Arbitrary<string>, one: number, two: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit, minLength: 1, maxLength: one, size: 'max' }),
    fc.string({ unit, minLength: one - 5, maxLength: two, size: 'max' }),
    fc.string({ unit, minLength: two - 5, maxLength: 3 * one, size: 'max' }),
  );
const gsmText = textsOf(fc.constantFrom(...Array.from(GSM)), 160, 306);
const accentedText = textsOf(fc.constantFrom('ạ', 'ộ', 'Đ', 'a', ' ', '🙏'), 70, 134);

/** Counts how many texts made one part, two, or more. */
class PartCounts {
  private readonly seen = [0, 0, 0];

  note(parts: number): void {
    const at = Math.min(parts, 3) - 1;
    this.seen[at] = (this.seen[at] ?? 0) + 1;
  }

  /** Each of the three was really met, and more than by chance. */
  expectAll(): void {
    expect(this.seen.every((count) => count >= 5)).toBe(true);
  }
}

function bodies(parts: ReturnType<typeof smsParts>): Buffer[] {
  return parts.messages.map((message) => (parts.concatenated ? message.subarray(6) : message));
}

test('a text of the GSM alphabet comes back whole, in as many messages as another program counts', () => {
  const counts = new PartCounts();
  fc.assert(
    fc.property(gsmText, (text) => {
      const parts = smsParts(text, 42);
      counts.note(parts.messages.length);
      expect(parts.dataCoding).toBe(0);
      expect(
        bodies(parts)
          .map((body) => encodings.ASCII.decode(body))
          .join(''),
      ).toBe(text);
      const limit = parts.concatenated ? 153 : 160;
      expect(bodies(parts).every((body) => body.length <= limit && body.at(-1) !== 0x1b)).toBe(true);
      expect(parts.messages.length).toBe(Math.max(1, new SegmentedMessage(text, 'GSM-7').segmentsCount));
    }),
  );
  counts.expectAll();
});

test('a text beyond the GSM alphabet comes back whole and no pair is cut', () => {
  const counts = new PartCounts();
  fc.assert(
    fc.property(accentedText, (inner) => {
      const text = `ộ${inner}`;
      const parts = smsParts(text, 7);
      counts.note(parts.messages.length);
      expect(parts.dataCoding).toBe(8);
      expect(
        bodies(parts)
          .map((body) => encodings.UCS2.decode(body))
          .join(''),
      ).toBe(text);
      expect(
        bodies(parts).every(
          (body) =>
            body.length <= (parts.concatenated ? 134 : 140) &&
            !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(encodings.UCS2.decode(body)),
        ),
      ).toBe(true);
    }),
  );
  counts.expectAll();
});

test('the parts of one message carry reference, count and place', () => {
  const { messages } = smsParts('x'.repeat(400), 0xab);
  expect(messages.map((message) => [...message.subarray(0, 6)])).toEqual([
    [5, 0, 3, 0xab, 3, 1],
    [5, 0, 3, 0xab, 3, 2],
    [5, 0, 3, 0xab, 3, 3],
  ]);
});

test('Vietnamese becomes plain, and nothing is left that the alphabet lacks', () => {
  expect(toGsmAlphabet('Đảng ủy “đặc khu” Bạch Long Vĩ – 3 báo cáo… 🙏')).toBe(
    'Dang uy "dac khu" Bach Long Vi - 3 bao cao... ?',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
      expect(encodings.ASCII.match(toGsmAlphabet(text))).toBe(true);
    }),
  );
  expect(gsmLength('a€{')).toBe(5);
});
