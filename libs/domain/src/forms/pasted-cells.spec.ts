import fc from 'fast-check';
import { studyForm } from './study-form.sample';
import { placesOf } from './figure-place';
import { spreadCells } from './pasted-cells';

const { definition } = studyForm;
const REFS = definition.indicators.flatMap(placesOf).map(({ ref }) => ref);
const [first = '', second = '', third = ''] = REFS;

describe('spreadCells', () => {
  it.each([
    ['tabs', '2\t45\t52'],
    ['lines', '2\n45\n52'],
    ['lines of Windows, with the line end that Excel adds', '2\r\n45\r\n52\r\n'],
    ['both, with blanks around', ' 2 \t45\n 52'],
  ])('gives each cell its own field, parted by %s', (_, text) => {
    expect(spreadCells(definition, first, text)).toEqual({
      kind: 'spread',
      texts: [
        [first, '2'],
        [second, '45'],
        [third, '52'],
      ],
    });
  });

  it('begins at the field in which it is pasted, and empties the field of an empty cell', () => {
    expect(spreadCells(definition, second, '45\t')).toEqual({
      kind: 'spread',
      texts: [
        [second, '45'],
        [third, ''],
      ],
    });
  });

  it.each(['2', '2,45', '2\r\n', '2 45', ''])('leaves a single cell %j to the field', (text) => {
    expect(spreadCells(definition, first, text)).toBeNull();
  });

  it('refuses more cells than there are fields left', () => {
    expect(spreadCells(definition, REFS.at(-2) ?? '', '1\t2\t3')).toEqual({
      kind: 'refused',
      message: 'Đồng chí dán 3 giá trị, nhưng từ ô này trở đi chỉ còn 2 ô. Chưa dán vào ô nào.',
    });
  });

  it.each([
    ['Số buổi\t45', 'Giá trị thứ 1 «Số buổi»'],
    ['2\tmột nghìn', 'Giá trị thứ 2 «một nghìn»'],
    ['2\t1,250', 'Giá trị thứ 2 «1,250»'],
    [`2\t${'x'.repeat(50)}`, `Giá trị thứ 2 «${'x'.repeat(40)}…»`],
  ])('refuses the whole of %j', (text, words) => {
    const spread = spreadCells(definition, first, text);
    expect(spread).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(words) as unknown,
    });
  });

  it('never runs two cells together, whatever is pasted', () => {
    const cell = fc.stringMatching(/^[0-9]{0,4}$/);
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 2, maxLength: REFS.length, size: 'max' }),
        fc.infiniteStream(fc.constantFrom('\t', '\n', '\r\n')),
        (cells, between) => {
          const pasted = [...cells.slice(1), '7'];
          const text = pasted.reduce((before, each) => `${before}${String(between.next().value)}${each}`);
          expect(spreadCells(definition, first, text)).toEqual({
            kind: 'spread',
            texts: pasted.map((each, index) => [REFS[index], each]),
          });
        },
      ),
    );
  });
});
