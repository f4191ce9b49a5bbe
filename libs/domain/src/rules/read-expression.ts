import type { ASTNode } from '@marcbachmann/cel-js';
import { UNIT_KINDS, UNIT_LEVELS } from '../units/unit';
import type {
  ArithmeticOperator,
  Comparison,
  FigureSource,
  NumberExpression,
  TruthExpression,
  WordExpression,
} from './expression';
import { faultAt, parseExpression, type ExpressionFault } from './parse-expression';
import type { FigureNames } from './rule';

/** Figures that one expression may name, each time it names one. */
const MOST_FIGURES = 501;
/** Digits of a number written in an expression. */
const MOST_DIGITS = 15;
const MOST_DECIMALS = 6;
/**
 * How long the integers may grow that an expression works with, in bits, were every figure as long as it can be:
 * the cost of a rule is bounded by this and by its parts.
 */
const LONGEST_INTEGER = 8_192;
const FIGURE_BITS = 80;

export type ReadExpression =
  | { readonly ok: true; readonly expression: TruthExpression }
  | { readonly ok: false; readonly fault: ExpressionFault };

type Typed =
  | {
      readonly type: 'number' | 'date';
      readonly number: NumberExpression;
      readonly bits: number;
      /** Counted in the unit of all leaves still, so that sums do not lengthen it. */
      readonly counted: boolean;
    }
  | { readonly type: 'truth'; readonly truth: TruthExpression }
  | { readonly type: 'word'; readonly word: WordExpression; readonly words: readonly string[] }
  | { readonly type: 'text'; readonly text: string };

const TYPE_WORDS: Readonly<Record<Typed['type'], string>> = {
  number: 'một số',
  date: 'một ngày',
  truth: 'một điều kiện đúng/sai',
  word: 'một lựa chọn',
  text: 'chữ trong ngoặc kép',
};

/**
 * Reads and checks an expression against the figures of a form: every name known, every operator between what it
 * can work on, the whole a condition. Total: whatever the text, the answer is an expression or its first fault.
 */
export function readExpression(text: string, figures: FigureNames): ReadExpression {
  const parsed = parseExpression(text);
  if (!parsed.ok) return parsed;
  const reader = new ExpressionReader(text, figures);
  const truth = reader.truth(parsed.ast);
  if (reader.fault !== null) return { ok: false, fault: reader.fault };
  if (truth === null) throw new Error('an expression without a fault is a condition');
  return { ok: true, expression: truth };
}

/** Reads node by node; null once there is a fault, of which the first is kept. */
class ExpressionReader {
  fault: ExpressionFault | null = null;
  private named = 0;

  constructor(
    private readonly text: string,
    private readonly figures: FigureNames,
  ) {}

  truth(node: ASTNode): TruthExpression | null {
    const typed = this.read(node);
    if (typed === null) return null;
    return typed.type === 'truth' ? typed.truth : this.wrongType(node, 'một điều kiện đúng/sai', typed);
  }

  private read(node: ASTNode): Typed | null {
    switch (node.op) {
      case 'value':
        return this.literal(node);
      case 'id':
      case '.':
        return this.name(node);
      case '!_':
        return truthOf(this.truth(node.args), (of) => ({ kind: 'not', of }));
      case '-_': {
        const of = this.number(node.args);
        return of === null ? null : { ...of, number: { kind: 'negative', of: of.number } };
      }
      case '+':
      case '-':
      case '*':
      case '/':
        return this.arithmetic(node, node.op, node.args);
      case '&&':
      case '||': {
        const [left, right] = [this.truth(node.args[0]), this.truth(node.args[1])];
        if (left === null || right === null) return null;
        return { type: 'truth', truth: { kind: node.op === '&&' ? 'both' : 'either', left, right } };
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.comparison(node, node.op, node.args);
      case 'in':
        return this.membership(node.args);
      case '?:':
        return this.choice(node.args);
      case 'call':
      case 'rcall':
        return this.refuse(node, `Không có hàm «${shortened(node.args[0])}» trong ngôn ngữ quy tắc.`);
      case '%':
      case '[]':
      case '[?]':
      case '.?':
      case 'list':
      case 'map':
        return this.refuse(node, `Phép «${node.op}» không dùng trong ngôn ngữ quy tắc ở đây.`);
    }
  }

  private literal(node: ASTNode & { readonly op: 'value' }): Typed | null {
    const value = node.args;
    if (typeof value === 'boolean') return { type: 'truth', truth: { kind: 'constant', value } };
    if (typeof value === 'string') return { type: 'text', text: value };
    // The text itself is read, not the double that the parser makes of it.
    const [, whole = '', fraction = ''] =
      /^(\d+)(?:\.(\d+))?$/.exec(this.text.slice(node.start, node.end)) ?? [];
    if (whole === '') return this.refuse(node, 'Ở đây chỉ dùng số thập phân, ví dụ 100 hoặc 0.5.');
    if (whole.length + fraction.length > MOST_DIGITS || fraction.length > MOST_DECIMALS) {
      return this.refuse(
        node,
        `Số dài quá: không quá ${String(MOST_DIGITS)} chữ số, ${String(MOST_DECIMALS)} chữ số thập phân.`,
      );
    }
    const number = { kind: 'literal', digits: whole + fraction, decimals: fraction.length } as const;
    return { type: 'number', number, bits: FIGURE_BITS, counted: true };
  }

  private name(node: ASTNode): Typed | null {
    const path = pathOf(node);
    if (path === null) return this.refuse(node, 'Chỉ tên của số liệu mới dùng được dấu chấm.');
    const [first = '', ...rest] = path;
    if (first === 'unit') return this.unitField(node, rest);
    if (first === 'previous' || first === 'target' || first === 'children')
      return this.figure(node, first, rest.join('.'));
    return this.figure(node, 'own', path.join('.'));
  }

  private unitField(node: ASTNode, path: readonly string[]): Typed | null {
    const [field, ...more] = path;
    if (more.length > 0 || (field !== 'level' && field !== 'kind'))
      return this.refuse(node, 'Về đơn vị chỉ có «unit.level» (cấp) và «unit.kind» (loại hình).');
    return {
      type: 'word',
      word: { kind: 'unit', field },
      words: field === 'level' ? UNIT_LEVELS : UNIT_KINDS,
    };
  }

  private figure(node: ASTNode, source: FigureSource, ref: string): Typed | null {
    const figure = this.figures(source, ref);
    if (figure === undefined) {
      const message = `Biểu mẫu không có số liệu «${shortened(ref)}». Với tỷ lệ, ghi <mã>.numerator hoặc <mã>.denominator.`;
      return this.refuse(node, message);
    }
    this.named += 1;
    if (this.named > MOST_FIGURES)
      return this.refuse(node, `Biểu thức dùng quá ${String(MOST_FIGURES)} số liệu.`);
    switch (figure.type) {
      case 'number':
      case 'date':
        return {
          type: figure.type,
          number: { kind: 'figure', source, ref },
          bits: FIGURE_BITS,
          counted: source === 'own',
        };
      case 'flag':
      case 'choice':
        if (source !== 'own')
          return this.refuse(node, `«${ref}» không phải là một số, chỉ dùng được của chính báo cáo này.`);
        return figure.type === 'flag'
          ? { type: 'truth', truth: { kind: 'flag', ref } }
          : { type: 'word', word: { kind: 'choice', ref }, words: figure.choices };
    }
  }

  private number(node: ASTNode): (Typed & { readonly type: 'number' | 'date' }) | null {
    const typed = this.read(node);
    if (typed === null) return null;
    return typed.type === 'number' ? typed : this.wrongType(node, 'một số', typed);
  }

  private arithmetic(
    node: ASTNode,
    operator: ArithmeticOperator,
    [first, second]: readonly [ASTNode, ASTNode],
  ): Typed | null {
    const left = this.number(first);
    const right = this.number(second);
    if (left === null || right === null) return null;
    const counted = left.counted && right.counted && (operator === '+' || operator === '-');
    // Whatever the operator, cross-multiplied fractions are at most as long as all that goes into them.
    const bits = counted
      ? Math.max(left.bits, right.bits) + 1
      : left.bits + right.bits * (operator === '/' ? 2 : 1);
    if (bits > LONGEST_INTEGER)
      return this.refuse(node, 'Phép tính quá lớn. Đề nghị tách thành nhiều quy tắc.');
    return {
      type: 'number',
      number: { kind: 'arithmetic', operator, left: left.number, right: right.number },
      bits,
      counted,
    };
  }

  private comparison(
    node: ASTNode,
    operator: Comparison,
    [first, second]: readonly [ASTNode, ASTNode],
  ): Typed | null {
    const left = this.read(first);
    const right = this.read(second);
    if (left === null || right === null) return null;
    if (left.type === 'word' || right.type === 'word') {
      const [word, text, at] = left.type === 'word' ? [left, right, second] : [right, left, first];
      if (operator !== '==' && operator !== '!=')
        return this.refuse(node, `Lựa chọn chỉ so sánh được bằng «==», «!=» hoặc «in».`);
      const one = this.oneOf(word, [[text, at]]);
      return operator === '==' ? one : truthOf(one?.truth ?? null, (of) => ({ kind: 'not', of }));
    }
    if ((left.type !== 'number' && left.type !== 'date') || left.type !== right.type) {
      const message = `Không so sánh được ${TYPE_WORDS[left.type]} với ${TYPE_WORDS[right.type]}.`;
      return this.refuse(node, message);
    }
    return { type: 'truth', truth: { kind: 'compare', operator, left: left.number, right: right.number } };
  }

  private membership([first, second]: readonly [ASTNode, ASTNode]): Typed | null {
    const word = this.read(first);
    if (word === null) return null;
    if (second.op !== 'list' || second.args.length === 0)
      return this.refuse(second, 'Sau «in» cần một danh sách, ví dụ ["xa", "phuong"].');
    const items: (readonly [Typed, ASTNode])[] = [];
    for (const item of second.args) {
      const typed = this.read(item);
      if (typed === null) return null;
      items.push([typed, item]);
    }
    return word.type === 'word' ? this.oneOf(word, items) : this.wrongType(first, 'một lựa chọn', word);
  }

  private oneOf(
    word: Typed,
    items: readonly (readonly [Typed, ASTNode])[],
  ): (Typed & { readonly type: 'truth' }) | null {
    if (word.type !== 'word') throw new Error('only a word can be one of several');
    const words: string[] = [];
    for (const [item, at] of items) {
      if (item.type !== 'text') return this.wrongType(at, 'chữ trong ngoặc kép', item);
      if (!word.words.includes(item.text)) {
        const known = word.words.slice(0, 20).join(', ');
        return this.refuse(at, `Không có «${shortened(item.text)}» ở đây; các giá trị có thể là: ${known}.`);
      }
      words.push(item.text);
    }
    return { type: 'truth', truth: { kind: 'oneOf', word: word.word, words } };
  }

  private choice([first, second, third]: readonly [ASTNode, ASTNode, ASTNode]): Typed | null {
    const test = this.truth(first);
    const yes = this.read(second);
    const no = this.read(third);
    if (test === null || yes === null || no === null) return null;
    if (yes.type === 'truth' && no.type === 'truth')
      return { type: 'truth', truth: { kind: 'decide', test, yes: yes.truth, no: no.truth } };
    if (yes.type === 'number' && no.type === 'number') {
      const number = { kind: 'choose', test, yes: yes.number, no: no.number } as const;
      return { type: 'number', number, bits: yes.bits + no.bits, counted: false };
    }
    const message = `Hai nhánh của «? :» phải cùng là số hoặc cùng là điều kiện, không phải ${TYPE_WORDS[yes.type]} và ${TYPE_WORDS[no.type]}.`;
    return this.refuse(third, message);
  }

  private wrongType(node: ASTNode, wanted: string, found: Typed): null {
    return this.refuse(node, `Ở đây cần ${wanted}, không phải ${TYPE_WORDS[found.type]}.`);
  }

  private refuse(node: ASTNode, message: string): null {
    this.fault ??= faultAt(this.text, node.start, message);
    return null;
  }
}

function truthOf(
  of: TruthExpression | null,
  make: (of: TruthExpression) => TruthExpression,
): (Typed & { readonly type: 'truth' }) | null {
  return of === null ? null : { type: 'truth', truth: make(of) };
}

/** `a.b.c` as its names; null when something else than a name is taken apart. */
function pathOf(node: ASTNode): readonly string[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.') return null;
  const before = pathOf(node.args[0]);
  return before === null ? null : [...before, node.args[1]];
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
