import type { FormDefinition } from '../forms/form';
import { judgeSuggestions } from './judge-suggestions';
import type { FormRule } from './rule';
import { suggestRules } from './suggest-rules';

/** A form of whole numbers; `%`, `k` (another unit), `~` (a stock) or `=` (no sum) before a label make it another kind. */
function form(labels: readonly string[], rules: readonly FormRule[] = []): FormDefinition {
  return {
    indicators: labels.map((label, at) => ({
      code: 'abcdefghijklmnop'[at] ?? '',
      label: label.replace(/^[%k~=]/, ''),
      section: 'I',
      required: false,
      time: label.startsWith('~') ? 'stock' : 'flow',
      type: label.startsWith('%') ? 'percent' : 'integer',
      unit: label.startsWith('k') ? 'người' : 'đơn',
      decimals: 0,
      aggregation: { kind: label.startsWith('=') ? 'max' : 'sum' },
    })),
    narratives: [],
    rules,
  };
}

const suggested = (...labels: readonly string[]): readonly string[] =>
  suggestRules(form(labels)).map(({ expression }) => expression);

describe('what labels suggest', () => {
  it.each([
    ['gồm', [['Tổng số đơn, gồm:', '- Khiếu nại', '- Tố cáo'], ['b + c == a']]],
    ['bao gồm', [['Số cuộc kiểm tra (bao gồm)', 'Định kỳ', 'Đột xuất', 'Tổng số kết luận'], ['b + c == a']]],
    ['chia ra', [['Số đảng viên, chia ra', 'Chính thức', 'Dự bị'], ['b + c == a']]],
    [
      'chia theo',
      [
        ['Tổng số đơn chia theo loại:', '+ Khiếu nại', '+ Tố cáo', '+ Kiến nghị', 'Số đơn rút'],
        ['b + c + d == a'],
      ],
    ],
    ['phân theo', [['Số cơ sở phân theo lĩnh vực', '- Nông nghiệp', '- Công nghiệp'], ['b + c == a']]],
    ['a part that says so', [['Số đơn đã nhận', 'Gồm: đơn khiếu nại', '- đơn tố cáo'], ['b + c == a']]],
    [
      'lettered parts',
      [['Số vụ việc, cụ thể:', 'a) Hình sự', 'b) Dân sự', 'c) Hành chính'], ['b + c + d == a']],
    ],
    ['numbers', [['1. Đơn tiếp nhận', '1.1. Khiếu nại', '1.2. Tố cáo', '2. Cuộc họp'], ['b + c == a']]],
    [
      'numbers two deep',
      [['2.1 Đơn tiếp nhận', '2.1.1 Khiếu nại', '2.1.2 Tố cáo', '2.2 Khác'], ['b + c == a']],
    ],
    [
      'two numbered wholes',
      [
        ['1. Đơn', '1.1. Mới', '1.2. Cũ', '2. Vụ', '2.1. Lớn', '2.2. Nhỏ'],
        ['b + c == a', 'e + f == d'],
      ],
    ],
    ['done and not', [['Tổng số đơn', 'Số đơn đã giải quyết', 'Số đơn chưa giải quyết'], ['b + c == a']]],
    [
      'done, under way and not',
      [
        ['Tổng số đơn', 'Đã giải quyết', 'Đang giải quyết', 'Chưa giải quyết', 'Số cuộc họp'],
        ['b + c + d == a'],
      ],
    ],
    ['men and women', [['Tổng số đảng viên', 'Đảng viên nữ', 'Đảng viên nam'], ['b + c == a']]],
    ['in time and late', [['Tổng báo cáo', 'Báo cáo đúng hạn', 'Báo cáo quá hạn'], ['b + c == a']]],
    ['reached and not', [['Tổng số chi bộ', 'Số chi bộ đạt', 'Số chi bộ chưa đạt'], ['b + c == a']]],
    ['home and abroad', [['Tổng cộng đoàn', 'Đoàn trong nước', 'Đoàn nước ngoài'], ['b + c == a']]],
    ['a rest', [['Tổng số vụ', 'Vụ hình sự', 'Vụ dân sự', 'Vụ khác'], ['b + c + d == a']]],
    ['what is left', [['Tổng số vụ', 'Vụ đã xử', 'Vụ còn lại'], ['b + c == a']]],
    ['trong đó', [['Số đảng viên dự học', 'Trong đó: đảng viên nữ'], ['b <= a']]],
    [
      'several trong đó',
      [['Số đảng viên', 'Trong đó: nữ', '- dân tộc thiểu số', 'Số chi bộ'], ['b <= a && c <= a']],
    ],
    [
      'trong đó at the end',
      [['Số đảng viên, trong đó:', '- Nữ', '- Dân tộc thiểu số'], ['b <= a && c <= a']],
    ],
    ['stocks', [['~Tổng số đảng viên', '~Nam', '~Nữ'], ['b + c == a']]],
    ['decomposed letters', [['Tổng số đơn, gồm:'.normalize('NFD'), '- Mới', '- Cũ'], ['b + c == a']]],
  ] as const)('is a rule: %s', (_, [labels, expressions]) => {
    expect(suggested(...labels)).toEqual(expressions);
  });

  it.each([
    [['Số buổi học', 'Số đảng viên dự', 'Số bài viết']],
    [['Tổng số đơn', 'Số cuộc họp', 'Số văn bản ban hành']],
    [['Tổng số đơn', 'Số đơn đã giải quyết']],
    [['Tổng số đơn', 'Số đơn đã giải quyết', 'kSố người chưa học']],
    [['Tổng số đơn, gồm:', 'k- Người gửi', 'k- Người nhận']],
    [['Tổng số đơn, gồm:', '- Khiếu nại']],
    [['Tổng số đơn, gồm:']],
    [['Số đơn đã giải quyết', 'Số đơn chưa giải quyết']],
    [['%Tỷ lệ chung, gồm:', '%- Nam', '%- Nữ']],
    [['=Buổi đông nhất, gồm:', '=- Sáng', '=- Chiều']],
    [['Tổng số đảng viên', '~Nam', '~Nữ']],
    [['Tổng số việc nam giới làm', 'Số việc nặng', 'Số việc nhẹ']],
    [['Gồm nhiều loại', 'Số đơn', 'Số thư']],
    [['Số buổi', 'Số gồm sứ bán được', 'Số hàng trong đó']],
    [['Số chi bộ đạt', 'Số chi bộ chưa đạt', 'Tổng số chi bộ']],
    [['1. Đơn', '2. Thư', '3. Vụ']],
    [['1. Đơn', '1.2. Khiếu nại', '1.3. Tố cáo']],
    [['Tổng số vụ', 'Tổng số đơn', 'Đơn khác']],
    [['Tổng số đơn', 'Khác']],
    [['Tổngsố đơn', 'Đã giải quyết', 'Chưa giải quyết']],
    [['Tổng số namchâm', 'Namchâm', 'Nữtrang']],
    [[]],
  ] as const)('is nothing of %j', (labels) => {
    expect(suggested(...labels)).toEqual([]);
  });

  it('is nothing where the form has a rule on these figures, and says in words what must hold', () => {
    const labels = ['Tổng số đơn, gồm:', '- Khiếu nại', '- Tố cáo'];
    const rule = { code: 'r', severity: 'block', message: 'Khớp.' } as const;
    expect(suggestRules(form(labels, [{ ...rule, expression: 'a == c + b' }]))).toEqual([]);
    expect(suggestRules(form(labels, [{ ...rule, expression: 'b <= a' }]))).toEqual([
      {
        code: 'a_du_phan',
        expression: 'b + c == a',
        message: '«Khiếu nại» cộng «Tố cáo» phải bằng «Tổng số đơn, gồm:».',
      },
    ]);
  });
});

describe('a suggested rule on reports', () => {
  it('is broken or kept by those that say enough, and silent on a version that does not ask its figures', () => {
    const definition = form(['Tổng số đơn, gồm:', '- Khiếu nại', '- Tố cáo']);
    const judge = judgeSuggestions(definition, suggestRules(definition));
    expect([...judge([5n, 2n, 3n])]).toEqual([['a_du_phan', false]]);
    expect([...judge([6n, 2n, 3n])]).toEqual([['a_du_phan', true]]);
    expect([...judge([6n, null, 3n])]).toEqual([]);
    expect([...judgeSuggestions(form(['Số đơn']), suggestRules(definition))([6n])]).toEqual([]);
  });
});
