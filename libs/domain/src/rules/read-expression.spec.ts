import fc from 'fast-check';
import { partsOf } from './expression';
import { prepare } from './evaluation';
import { readExpression } from './read-expression';
import type { RuleFigure } from './rule';
import { named, someFigures } from './rule-figures.sample';

const figures = new Map<string, RuleFigure>(
  someFigures('received', 'resolved', 'share %1', 'att/', 'open', 'rated', 'on'),
);
for (const [ref, type, choices] of [
  ['open', 'flag', []],
  ['rated', 'choice', ['good', 'weak']],
  ['on', 'date', []],
] as const) {
  const figure = figures.get(ref);
  if (figure) figures.set(ref, { ...figure, type, choices });
}

function faultOf(text: string): string {
  const read = readExpression(text, named(figures));
  return read.ok ? 'read' : `${String(read.fault.line)}:${String(read.fault.column)} ${read.fault.message}`;
}

describe('readExpression', () => {
  it.each([
    'resolved <= received',
    'resolved + 0.5 * received - -3 == 100 / 4',
    'share == att.numerator / att.denominator * 100',
    'previous.received <= received && target.received > 0 || children.att.numerator == 0',
    'unit.kind in ["xa", "phuong"] && unit.level != "cell"',
    'rated == "good" ? resolved > 0 : !open',
    '(open ? resolved : received) >= 1 // ghi chú',
    'on >= previous.on',
    'true',
    `${'resolved + '.repeat(500)}received == 3`,
  ])('reads %s', (text) => {
    expect(faultOf(text)).toBe('read');
  });

  it.each([
    ['resolved <= recieved', '1:13 Biểu mẫu không có số liệu «recieved»'],
    ['resolved <=\n  att', '2:3 Biểu mẫu không có số liệu «att»'],
    ['previous.nothing > 0', '1:1 Biểu mẫu không có số liệu «nothing»'],
    ['target > 0', '1:1 Biểu mẫu không có số liệu «»'],
    ['unit.name == "x"', '1:1 Về đơn vị chỉ có'],
    ['unit.kind == "xã"', '1:14 Không có «xã» ở đây; các giá trị có thể là: city, xa'],
    ['unit.kind < "xa"', '1:1 Lựa chọn chỉ so sánh được'],
    ['rated == resolved', '1:10 Ở đây cần chữ trong ngoặc kép, không phải một số'],
    ['rated in "good"', '1:10 Sau «in» cần một danh sách'],
    ['resolved in ["good"]', '1:1 Ở đây cần một lựa chọn, không phải một số'],
    ['previous.open', '1:1 «open» không phải là một số'],
    ['resolved + received', '1:1 Ở đây cần một điều kiện đúng/sai, không phải một số'],
    ['resolved + open == 3', '1:12 Ở đây cần một số, không phải một điều kiện'],
    ['on - 1 > 2', '1:1 Ở đây cần một số, không phải một ngày'],
    ['on == 5', '1:1 Không so sánh được một ngày với một số'],
    ['open == open', '1:1 Không so sánh được một điều kiện'],
    ['resolved && open', '1:1 Ở đây cần một điều kiện đúng/sai'],
    ['!resolved', '1:2 Ở đây cần một điều kiện đúng/sai'],
    ['open ? resolved : open', '1:19 Hai nhánh của «? :»'],
    ['resolved % 2 == 0', '1:1 Phép «%» không dùng'],
    ['size("x") == 1', '1:1 Không có hàm «size»'],
    ['[1].all(x, x > 0)', '1:1 Không có hàm «all»'],
    ['resolved == 1e3', '1:13 Ở đây chỉ dùng số thập phân'],
    ['resolved == 1u', '1:13 Ở đây chỉ dùng số thập phân'],
    ['resolved == null', '1:13 Ở đây chỉ dùng số thập phân'],
    ['resolved == 0.1234567', '1:13 Số dài quá'],
    ['resolved == 1234567890123456', '1:13 Số dài quá'],
    ['resolved[0] == 1', '1:1 Phép «[]» không dùng'],
    ['(resolved + 1).x == 1', '1:'],
    ['resolved ==', '1:12 Biểu thức chưa trọn'],
    ['resolved = received', '1:10 Có ký tự không dùng'],
    ['resolved == (received', '1:22 Thiếu dấu ngoặc'],
    ['rated == "good', '1:10 Chữ trong ngoặc kép chưa được đóng lại'],
    ['', '1:1 Biểu thức chưa trọn'],
    ['for > 0', '1:1 Từ này dành riêng'],
    [`${'('.repeat(40)}open${')'.repeat(40)}`, 'Biểu thức quá phức tạp'],
    [`${'open && '.repeat(600)}open`, 'Biểu thức quá phức tạp'],
    [`open${' '.repeat(8_000)}`, '1:8001 Biểu thức dài 8004 ký tự'],
    [`${'resolved + '.repeat(502)}1 > 0`, 'Biểu thức dùng quá 501 số liệu'],
    [`${'1 / ('.repeat(8)}${'1 / resolved + '.repeat(60)}1${')'.repeat(8)} > 0`, 'quá'],
  ])('refuses %.60s: %s', (text, fault) => {
    expect(faultOf(text)).toContain(fault);
  });

  it('is total, and what it lets in stays within its bounds of work', () => {
    const words = [
      'resolved',
      'received',
      'share',
      'att',
      '.numerator',
      'previous.',
      'unit.kind',
      '"xa"',
      '1',
      '0.5',
    ];
    const signs = [
      '+',
      '-',
      '*',
      '/',
      '==',
      '<=',
      '&&',
      '||',
      '!',
      '(',
      ')',
      '?',
      ':',
      'in',
      '[',
      ']',
      ',',
      ' ',
      '\n',
    ];
    const soup = fc
      .array(fc.constantFrom(...words, ...signs, '{', '}', '//', 'true', "b'", '\\u', '`'), { maxLength: 60 })
      .map((tokens) => tokens.join(' '));
    const deep = fc
      .tuple(fc.constantFrom('(', '!', '-', '[', '1+(', 'open?', '{1:'), fc.nat(5_000))
      .map(([token, times]) => `${token.repeat(times)}resolved`);
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(soup, deep, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
        const checked = readExpression(text, named(figures));
        if (!checked.ok) {
          expect(checked.fault.message).not.toBe('');
          expect(checked.fault.line).toBeLessThanOrEqual(text.split('\n').length);
          return;
        }
        read += 1;
        let parts = 0;
        for (const part of partsOf(checked.expression)) parts += part.kind === 'literal' ? 0 : 1;
        expect(parts).toBeLessThanOrEqual(1_100);
        const own = [...figures.values()].map(() => 10n ** 15n);
        expect([1, 2, 3, 4, 5, 6, 7]).toContain(
          prepare(checked.expression, named(figures)).judge({ own, reports: 1 }),
        );
      }),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(0);
  });
});

describe('a figure that is not given', () => {
  it.each([
    ['resolved <= received', 4],
    ['resolved <= received && share > 100', 2],
    ['share > 100 && resolved <= received', 2],
    ['resolved <= received || share < 100', 1],
    ['share < 100 || resolved <= received', 1],
    ['resolved <= received && share < 100', 4],
    ['received > 0 ? share < 100 : share > 100', 4],
    ['received / 0 > 1 || share < 100', 1],
    ['unit.kind == "xa"', 4],
    ['rated == "good" || share > 100', 4],
    ['!(resolved <= received)', 4],
  ])('makes %s %i: 1 kept, 2 broken, 4 not to be judged', (text, outcome) => {
    const checked = readExpression(text, named(figures));
    if (!checked.ok) throw new Error(checked.fault.message);
    // resolved and share are given, received, the choice and the unit are not.
    expect(prepare(checked.expression, named(figures)).judge({ own: [null, 5n, 500n], reports: 1 })).toBe(
      outcome,
    );
  });
});

describe('hostile rules', () => {
  it.each([
    ['1,500 brackets', `${'('.repeat(1_500)}resolved > 0${')'.repeat(1_500)}`],
    ['1,500 brackets left open', '('.repeat(1_500)],
    ['1,500 denials', `${'!'.repeat(1_500)}open`],
    ['1,500 signs', `${'-'.repeat(1_500)}resolved > 0`],
    ['1,500 lists', `rated in ${'['.repeat(1_500)}`],
    ['1,500 choices', `${'open ? '.repeat(1_500)}open`],
    ['100 kB of names', 'resolved + '.repeat(9_000)],
    ['100 kB of one name', `${'a'.repeat(100_000)} > 0`],
    ['100 kB of a text', `rated == "${'a'.repeat(100_000)}"`],
    ['a number of 40 digits', `resolved == ${'9'.repeat(40)}`],
    ['40 decimals', `resolved == 0.${'9'.repeat(40)}`],
    ['__proto__', '__proto__ > 0'],
    ['its own prototype', 'received.__proto__ > 0'],
    ['constructor', 'constructor > 0'],
    ['toString', 'previous.toString > 0'],
    ['hasOwnProperty', 'target.hasOwnProperty > 0'],
    ['a prototype of units', 'unit.__proto__ == "xa"'],
    ['an inherited choice', 'rated == "constructor"'],
    ['a name within a name', 'received.received > 0'],
    ['NUL', 'received\u0000 > 0'],
    ['a surrogate alone', '\ud800 > 0'],
    ['full-width digits', 'received > １'],
    ['a macro', 'has(received.x)'],
    ['bytes', 'received == b"1"'],
  ])('are refused with their place: %s', (_, text) => {
    const read = readExpression(text, named(figures));
    expect(read).toMatchObject({
      ok: false,
      fault: {
        line: 1,
        column: expect.any(Number) as number,
        message: expect.stringMatching(/\S\.$/) as string,
      },
    });
  });

  it.each([
    'received / 0 == 1',
    'received / (resolved - resolved) > 1',
    '0 / 0 == 0 / 0',
    'share / share > 1 || open',
    'unit.kind in ["xa"] && unit.level == "cell"',
    'rated == "good" && on > previous.on',
    'received * received * received >= resolved / (received + 1)',
    'open ? previous.received > target.received : children.received > 0',
  ])('that are let in never throw, whatever the figures: %s', (text) => {
    const read = readExpression(text, named(figures));
    if (!read.ok) throw new Error(read.fault.message);
    const { judge } = prepare(read.expression, named(figures));
    const value = fc.oneof(
      fc.constant(null),
      fc.constantFrom(0n, 1n, -1n, 10n ** 15n, 10n ** 40n, -(10n ** 40n)),
      fc.bigInt(),
    );
    const known = fc.option(
      fc.record({ value, decimals: fc.integer({ min: -9, max: 12 }), reports: fc.nat(20_000) }),
      {
        nil: null,
      },
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 0, maxLength: figures.size }),
        fc.tuple(known, known, known),
        fc.nat(20_000),
        (own, beside, reports) => {
          const [previous, target, children] = beside.map(
            (each) => () => (each === null || each.value === null ? null : { ...each, value: each.value }),
          );
          const facts = {
            own,
            reports,
            ...(previous && target && children ? { previous, target, children } : {}),
          };
          expect([1, 2, 3, 4, 5, 6, 7]).toContain(judge(facts));
        },
      ),
      { numRuns: 300 },
    );
    expect(judge({ own: [], reports: 1 }) & 2).toBe(0);
  });
});
