import type { FormDefinition } from '../forms/form';

/** What a form is made of, each kind with codes of its own. */
type Sort = 'indicator' | 'narrative' | 'rule' | 'attachment';

export interface FormItem {
  readonly sort: Sort;
  readonly code: string;
  /** As it is printed; of a rule, what it says when it is broken. */
  readonly label: string;
}

/** One field of which the value changed; undefined where it is not said. */
export interface ChangedField {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a later version of a form says otherwise of something that both have. */
export interface ChangedItem extends FormItem {
  readonly fields: readonly ChangedField[];
}

export interface FormDifferences {
  readonly added: readonly FormItem[];
  readonly removed: readonly FormItem[];
  readonly changed: readonly ChangedItem[];
  /** Whether what both ask stands in another order. */
  readonly reordered: boolean;
  /** Of the form itself: whether a nil report is taken, and the like. */
  readonly options: readonly ChangedField[];
}

interface Whole {
  readonly item: FormItem;
  readonly content: object;
}

/** What a later version of a form asks otherwise than an earlier one, by the codes of what it is made of. */
export function formDifferences(earlier: FormDefinition, later: FormDefinition): FormDifferences {
  const before = wholesOf(earlier);
  const now = wholesOf(later);
  const kept = [...now.keys()].filter((key) => before.has(key));
  return {
    added: [...now].flatMap(([key, { item }]) => (before.has(key) ? [] : [item])),
    removed: [...before].flatMap(([key, { item }]) => (now.has(key) ? [] : [item])),
    changed: kept.flatMap((key) => {
      const [old, renewed] = [before.get(key), now.get(key)];
      if (old === undefined || renewed === undefined) return [];
      const fields = changedFields(old.content, renewed.content);
      return fields.length === 0 ? [] : [{ ...renewed.item, fields }];
    }),
    reordered: [...before.keys()].filter((key) => now.has(key)).join() !== kept.join(),
    options: changedFields(optionsOf(earlier), optionsOf(later)),
  };
}

function wholesOf(definition: FormDefinition): ReadonlyMap<string, Whole> {
  const wholes = <T extends { readonly code: string }>(
    sort: Sort,
    contents: readonly T[],
    labelOf: (content: T) => string,
  ): (readonly [string, Whole])[] =>
    contents.map((content) => [
      `${sort} ${content.code}`,
      { item: { sort, code: content.code, label: labelOf(content) }, content },
    ]);
  const label = (content: { readonly label: string }): string => content.label;
  return new Map([
    ...wholes('indicator', definition.indicators, label),
    ...wholes('narrative', definition.narratives, label),
    ...wholes('rule', definition.rules, ({ message }) => message),
    ...wholes('attachment', definition.attachments ?? [], label),
  ]);
}

function optionsOf(definition: FormDefinition): object {
  return {
    ...definition,
    indicators: undefined,
    narratives: undefined,
    rules: undefined,
    attachments: undefined,
  };
}

function changedFields(a: object, b: object): readonly ChangedField[] {
  const old = new Map<string, unknown>(Object.entries(a));
  const renewed = new Map<string, unknown>(Object.entries(b));
  return [...new Set([...old.keys(), ...renewed.keys()])].flatMap((field) => {
    const before = old.get(field);
    const after = renewed.get(field);
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ field, before, after }];
  });
}
