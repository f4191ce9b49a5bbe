import type { FormDefinition, Narrative } from '../forms/form';
import type { Indicator } from '../forms/indicator';

type Item = Indicator | Narrative;

/** What a later version of a form says otherwise of an indicator or narrative: the names of the fields. */
export interface ChangedItem {
  readonly code: string;
  readonly label: string;
  readonly fields: readonly string[];
}

export interface FormDifferences {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
  readonly changed: readonly ChangedItem[];
  /** Whether what both ask stands in another order. */
  readonly reordered: boolean;
}

/** What a later version of a form asks otherwise than an earlier one, by the code of the indicators. */
export function formDifferences(earlier: FormDefinition, later: FormDefinition): FormDifferences {
  const before = itemsOf(earlier);
  const now = itemsOf(later);
  const kept = [...now.keys()].filter((code) => before.has(code));
  return {
    added: [...now].flatMap(([code, item]) => (before.has(code) ? [] : [item])),
    removed: [...before].flatMap(([code, item]) => (now.has(code) ? [] : [item])),
    changed: kept.flatMap((code) => {
      const [old, item] = [before.get(code), now.get(code)];
      if (old === undefined || item === undefined) return [];
      const fields = changedFields(old, item);
      return fields.length === 0 ? [] : [{ code, label: item.label, fields }];
    }),
    reordered: [...before.keys()].filter((code) => now.has(code)).join() !== kept.join(),
  };
}

function itemsOf({ indicators, narratives }: FormDefinition): ReadonlyMap<string, Item> {
  return new Map([...indicators, ...narratives].map((item) => [item.code, item]));
}

function changedFields(a: Item, b: Item): readonly string[] {
  const [old, renewed]: Readonly<Record<string, unknown>>[] = [{ ...a }, { ...b }];
  return [...new Set([...Object.keys({ ...old }), ...Object.keys({ ...renewed })])].filter(
    (field) => JSON.stringify(old?.[field]) !== JSON.stringify(renewed?.[field]),
  );
}
