import type { DefinitionReader } from '../reading/definition-reader';
import { LONGEST_EXPRESSION } from './parse-expression';
import { readExpression } from './read-expression';
import { RULE_SEVERITIES, type FigureNames, type FormRule } from './rule';

const FIELDS = ['code', 'when', 'expression', 'severity', 'message'];

/**
 * Reads one rule of a definition; null when it is no object. Its expressions are looked at afterwards, when it is
 * known which figures there are.
 */
export function readRule(
  reader: DefinitionReader,
  value: unknown,
  pointer: string,
  taken: Set<string>,
): FormRule | null {
  const fields = reader.fields(value, pointer, FIELDS);
  if (fields === null) return null;
  const expression = (name: 'when' | 'expression'): string =>
    reader.text(fields[name], `${pointer}/${name}`, LONGEST_EXPRESSION);
  return {
    code: reader.code(fields['code'], `${pointer}/code`, taken),
    ...(fields['when'] === undefined ? {} : { when: expression('when') }),
    expression: expression('expression'),
    severity: reader.choice(fields['severity'], `${pointer}/severity`, RULE_SEVERITIES),
    message: reader.text(fields['message'], `${pointer}/message`, 500),
  };
}

/** Notes what is wrong with the expressions of a rule, each with its line and column. */
export function checkRule(
  reader: DefinitionReader,
  rule: FormRule,
  pointer: string,
  figures: FigureNames,
): void {
  for (const name of ['when', 'expression'] as const) {
    const text = rule[name];
    if (text === undefined) continue;
    const read = readExpression(text, figures);
    if (read.ok) continue;
    const { line, column, message } = read.fault;
    const place = `Dòng ${String(line)}, cột ${String(column)}: ${message}`;
    reader.fault(`${pointer}/${name}`, 'badExpression', place);
  }
}
