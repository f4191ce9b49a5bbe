import { Column } from './column';

/** Says that this table does not hold a field: it must be said, so that a new field is not forgotten. */
class Elsewhere {
  readonly kind = 'elsewhere';
}
export const elsewhere = new Elsewhere();

/** Fields that stand for null when every column of theirs is null. */
class Nullable<V> {
  constructor(readonly fields: FieldsOf<V>) {}
}
export function nullable<V>(fields: FieldsOf<V>): Nullable<V> {
  return new Nullable(fields);
}

type FieldOf<V> =
  | Column<Exclude<V, null>>
  | Elsewhere
  | (null extends V ? Nullable<Exclude<V, null>> : V extends object ? FieldsOf<V> : never);

/** A column for every field of `T`; a field that is an object may have a column for each of its own fields. */
type FieldsOf<T> = { readonly [K in keyof T]-?: FieldOf<T[K]> };

/** What is read back: `T` without the fields that are elsewhere. */
type Stored<T, S> = {
  [K in keyof T as K extends keyof S ? (S[K] extends Elsewhere ? never : K) : never]: T[K];
};

type Row = Readonly<Record<string, unknown>>;

/** One column of the map, its name (`unit_id` for `unit.id`), and how to find its value in what is written. */
interface Leaf {
  readonly column: Column<unknown>;
  readonly name: string;
  readonly valueOf: (row: unknown) => unknown;
}

/**
 * The columns of a table, or of a join, with the fields of `T` that they hold: the one place that a statement which
 * writes many rows, and one that reads them, take their columns from. All texts are meant to be built once, beside
 * the map. `prefix` tells the columns of two maps apart that are in one statement.
 */
export interface Columns<T, S> {
  /** How many parameters `parameters` makes. */
  readonly count: number;
  /** For `insert into t (…)`. */
  names(prefix?: string): string;
  /** For `rows from (…)`: the functions that hand out a row for each of `parameters`, the first being `$first`. */
  functions(first?: number): string;
  /** `rows from (…) as input (…)`, whose parameters begin at `$first`. */
  from(as: string, first?: number): string;
  /** For `select … from rows from (…)`: the values as the table takes them. */
  values(prefix?: string): string;
  /** `insert into table (…) select … from …`, to which `on conflict` and `returning` may be added. */
  insertInto(table: string): string;
  /** For `update … set`: every column from `input`, except the one it finds its row by. */
  assignments(input: string, key: string): string;
  /** The values of `rows`, column by column. */
  parameters(rows: readonly T[]): unknown[];
  /** For `select … from table` and `returning …`; columns that have an expression of their own need no table. */
  selected(table?: string): string;
  /** A row of such a statement. */
  read(row: object): Stored<T, S>;
}

/** `columns<OutboxMessage>()({ id: uuid, occurredAt: timestamptz, … })`: a field left out does not compile. */
export function columns<T>(): <S extends FieldsOf<T>>(fields: S) => Columns<T, S> {
  return (fields) => {
    const leaves = leavesOf(fields, '', (row) => row);
    const unnested = leaves.filter(({ column }) => column.travel.by === 'unnest');
    const expanded = leaves.filter(({ column }) => column.travel.by !== 'unnest');
    // In the order in which the functions hand them out.
    const ordered = [...unnested, ...expanded];
    const each = (text: (leaf: Leaf) => string): string => ordered.map(text).join(', ');
    const names = (prefix = ''): string => each(({ name }) => prefix + name);
    const values = (prefix = ''): string => each(({ column, name }) => column.travel.value(prefix + name));
    const functions = (first = 1): string => {
      const parameter = ({ column }: Leaf, at: number): string =>
        `$${String(first + at)}::${column.travel.parameter}`;
      const calls = expanded.map(
        (leaf, at) => `${leaf.column.travel.by}(${parameter(leaf, unnested.length + at)})`,
      );
      if (unnested.length > 0) calls.unshift(`unnest(${unnested.map(parameter).join(', ')})`);
      return calls.join(', ');
    };
    const from = (as: string, first = 1): string => `rows from (${functions(first)}) as ${as} (${names()})`;
    return {
      count: ordered.length,
      names,
      functions,
      from,
      values,
      insertInto: (table) => `insert into ${table} (${names()}) select ${values()} from ${from('input')}`,
      assignments: (input, key) =>
        ordered
          .filter(({ name }) => name !== key)
          .map(({ column, name }) => `${name} = ${column.travel.value(`${input}.${name}`)}`)
          .join(', '),
      parameters: (rows) => ordered.map((leaf) => parameterOf(leaf, rows)),
      selected: (table) =>
        each(({ column, name }) => {
          const found = column.expression ?? (table === undefined ? name : `${table}.${name}`);
          return `${column.selected(found)} as "${name}"`;
        }),
      read: readerOf(fields, '') as (row: object) => Stored<T, typeof fields>,
    };
  };
}

function parameterOf({ column, valueOf }: Leaf, rows: readonly unknown[]): unknown {
  const values = rows.map((row) => {
    const value = valueOf(row) ?? null;
    return value === null ? null : column.write(value);
  });
  return column.travel.by === 'unnest'
    ? values
    : `[${(values as (string | null)[]).map((json) => json ?? 'null').join(',')}]`;
}

function leavesOf(fields: object, prefix: string, valueOf: (row: unknown) => unknown): Leaf[] {
  return Object.entries(fields).flatMap(([field, entry]: [string, unknown]): Leaf[] => {
    if (entry instanceof Elsewhere) return [];
    const valueOfField = (row: unknown): unknown => (valueOf(row) as Row | null)?.[field];
    if (entry instanceof Column)
      return [{ column: entry, name: nameOf(entry, prefix, field), valueOf: valueOfField }];
    return leavesOf(groupOf(entry), `${prefix}${snakeCase(field)}_`, valueOfField);
  });
}

function readerOf(fields: object, prefix: string): (row: Row) => Row {
  const readers = Object.entries(fields).flatMap(([field, entry]: [string, unknown]) =>
    entry instanceof Elsewhere ? [] : [[field, fieldReader(entry, prefix, field)] as const],
  );
  return (row) => {
    const result: Record<string, unknown> = {};
    for (const [field, read] of readers) result[field] = read(row);
    return result;
  };
}

function fieldReader(entry: unknown, prefix: string, field: string): (row: Row) => unknown {
  if (entry instanceof Column) {
    const name = nameOf(entry, prefix, field);
    const read = entry.read as (raw: unknown) => unknown;
    return (row) => {
      const raw = row[name] ?? null;
      return raw === null ? null : read(raw);
    };
  }
  const read = readerOf(groupOf(entry), `${prefix}${snakeCase(field)}_`);
  if (!(entry instanceof Nullable)) return read;
  return (row) => {
    const group = read(row);
    return Object.values(group).every((value) => value === null) ? null : group;
  };
}

function groupOf(entry: unknown): object {
  return entry instanceof Nullable ? entry.fields : (entry as object);
}

function nameOf(column: Column<unknown>, prefix: string, field: string): string {
  return column.name ?? prefix + snakeCase(field);
}

/** `acceptedSubmissionId` → `accepted_submission_id` */
function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
