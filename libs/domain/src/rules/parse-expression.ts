import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';

/** Characters of an expression. */
export const LONGEST_EXPRESSION = 8_000;
/** Parts of an expression: names, numbers, operators. */
const MOST_NODES = 1_100;
/** Brackets and operators within each other. */
const DEEPEST = 32;

/** Why an expression (biểu thức) is refused, and where it begins to be wrong. */
export interface ExpressionFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Vietnamese, a whole sentence without the place. */
  readonly message: string;
}

export type ParsedExpression =
  { readonly ok: true; readonly ast: ASTNode } | { readonly ok: false; readonly fault: ExpressionFault };

/** CEL's own grammar, nothing of its evaluation; the limits hold while it reads. */
const CEL = new Environment({
  limits: {
    maxAstNodes: MOST_NODES,
    maxDepth: DEEPEST,
    maxListElements: 50,
    maxMapEntries: 0,
    maxCallArguments: 8,
  },
});

const SENTENCES: Readonly<Record<string, string>> = {
  unexpected_character: 'Có ký tự không dùng trong biểu thức.',
  unexpected_token: 'Biểu thức chưa trọn hoặc thiếu một số, một tên ở đây.',
  expected_token: 'Thiếu dấu ngoặc, dấu phẩy hoặc một tên ở đây.',
  invalid_number: 'Số viết không đúng.',
  invalid_integer: 'Số viết không đúng.',
  invalid_hex_integer: 'Số viết không đúng.',
  invalid_exponent: 'Số viết không đúng.',
  unterminated_string: 'Chữ trong ngoặc kép chưa được đóng lại.',
  unterminated_triple_quoted_string: 'Chữ trong ngoặc kép chưa được đóng lại.',
  newline_in_string: 'Chữ trong ngoặc kép không được xuống dòng.',
  reserved_identifier: 'Từ này dành riêng, không dùng làm tên được.',
  limit_exceeded: `Biểu thức quá phức tạp: không quá ${String(MOST_NODES)} phần, không lồng quá ${String(DEEPEST)} tầng.`,
};

/** Reads the grammar of any text into CEL's tree. Total: whatever the text, the answer is a tree or a fault. */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > LONGEST_EXPRESSION) {
    const message = `Biểu thức dài ${String(text.length)} ký tự, nhiều hơn ${String(LONGEST_EXPRESSION)} ký tự cho phép.`;
    return { ok: false, fault: faultAt(text, LONGEST_EXPRESSION, message) };
  }
  try {
    return { ok: true, ast: CEL.parse(text).ast };
  } catch (error) {
    const known = error instanceof ParseError ? error : null;
    const message = SENTENCES[known?.code ?? ''] ?? 'Không đọc được biểu thức.';
    return { ok: false, fault: faultAt(text, known?.range?.start ?? 0, message) };
  }
}

/** A fault at a place of the text, counted in lines and columns. */
export function faultAt(text: string, position: number, message: string): ExpressionFault {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, message };
}
