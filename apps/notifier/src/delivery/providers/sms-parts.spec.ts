import * as fc from 'fast-check';
import { encodings } from 'smpp';
import { SegmentedMessage } from 'sms-segments-calculator';
import { gsmLength, smsParts, toGsmAlphabet } from './sms-parts';

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€';
const gsmText = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(GSM)), maxLength });

function bodies(parts: ReturnType<typeof smsParts>): Buffer[] {
  return parts.messages.map((message) => (parts.concatenated ? message.subarray(6) : message));
}

test('a text of the GSM alphabet comes back whole, in as many messages as another program counts', () => {
  fc.assert(
    fc.property(gsmText(700), (text) => {
      const parts = smsParts(text, 42);
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
});

test('a text beyond the GSM alphabet comes back whole and no pair is cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('ạ', 'ộ', 'Đ', 'a', ' ', '🙏'), minLength: 1, maxLength: 300 }),
      (inner) => {
        const text = `ộ${inner}`;
        const parts = smsParts(text, 7);
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
      },
    ),
  );
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
