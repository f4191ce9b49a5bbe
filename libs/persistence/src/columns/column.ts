/** How the values of many rows travel in one statement. */
export interface Travel {
  /** Type of the parameter that carries them. */
  readonly parameter: string;
  /** The set-returning function that hands out one value per row: several `unnest` share one call. */
  readonly by: 'unnest' | 'jsonb_array_elements';
  /** The value as the table takes it, from what the function hands out. */
  readonly value: (name: string) => string;
}

/** One column of a table, seen from a field of type `V`; null stands for null on both sides. */
export class Column<V> {
  constructor(
    readonly travel: Travel,
    // As properties, not methods: a column of text serves a field of a narrower type of text, and no field of another type.
    readonly write: (value: V) => unknown,
    readonly read: (raw: never) => unknown,
    /** The expression that reads it, from its plain name. */
    readonly selected: (name: string) => string = (name) => name,
    readonly name: string | null = null,
    readonly expression: string | null = null,
  ) {}

  /** The same column under a name that does not follow from its field's. */
  as(name: string): Column<V> {
    return new Column(this.travel, this.write, this.read, this.selected, name, this.expression);
  }

  /** The same column read from this SQL expression, e.g. another table's column. */
  at(expression: string): Column<V> {
    return new Column(this.travel, this.write, this.read, this.selected, this.name, expression);
  }
}

const asItIs = (value: unknown): unknown => value;

function plain<V>(type: string, read: (raw: never) => unknown = asItIs): Column<V> {
  return new Column<V>({ parameter: `${type}[]`, by: 'unnest', value: (name) => name }, asItIs, read);
}

export const uuid = plain<string>('uuid');
export const text = plain<string>('text');
export const boolean = plain<boolean>('boolean');
export const smallint = plain<number>('smallint');
export const integer = plain<number>('integer');
export const bytea = plain<Buffer>('bytea');
/** A boolean that stands as false in the table where there is none. */
export const flag = new Column<boolean>(
  { parameter: 'boolean[]', by: 'unnest', value: (name) => `coalesce(${name}, false)` },
  asItIs,
  asItIs,
);
/** A bigint that is only handed on: an id. */
export const bigintText = plain<string>('bigint');
/** A bigint that stays far below 2^53: an id that is looked up often. */
export const bigintNumber = plain<number>('bigint', Number);
export const bigint = plain<bigint>('bigint', BigInt);

/** A moment in epoch milliseconds (`Instant`). */
export const timestamptz = new Column<number>(
  { parameter: 'timestamptz[]', by: 'unnest', value: (name) => name },
  (instant) => new Date(instant),
  (raw: Date) => raw.getTime(),
);

/** A day as text (`LocalDate`); the driver would make a local midnight of it. */
export const date = new Column<string>(
  { parameter: 'date[]', by: 'unnest', value: (name) => name },
  asItIs,
  asItIs,
  (name) => `${name}::text`,
);

/** Whole numbers: an array per row. It travels as PostgreSQL's own array text, because `unnest` would flatten an array of arrays. */
function wholeNumbers(type: string, selected?: (name: string) => string): Column<readonly (bigint | null)[]> {
  return new Column(
    { parameter: 'text[]', by: 'unnest', value: (name) => `${name}::${type}[]` },
    (values) => `{${values.map((value) => (value === null ? 'NULL' : value.toString())).join(',')}}`,
    (raw: readonly (string | null)[]) => raw.map((value) => (value === null ? null : BigInt(value))),
    selected,
  );
}

/** Figures of a report, and what it brings to the roll-up. */
export const bigints = wholeNumbers('bigint');

/** Accumulators of a node, which outgrow 64 bits; read as text[], because the driver would make floats of numeric[]. */
export const numerics = wholeNumbers('numeric', (name) => `(${name})::text[]`);

/** Figures that are only read, joined by commas: many times cheaper for the driver than an array. */
export const joinedBigints = plain<readonly (bigint | null)[]>('text', (raw: string) =>
  raw.split(',').map((value) => (value === '' ? null : BigInt(value))),
);

/** An array of small whole numbers per row; it travels like figures. */
export const integers = new Column<readonly number[]>(
  { parameter: 'text[]', by: 'unnest', value: (name) => `${name}::int[]` },
  (values) => `{${values.join(',')}}`,
  asItIs,
);

/** Texts that are only read, e.g. symbols of documents. */
export const texts = plain<readonly string[]>('text[]');

// One JSON array for all rows: in a PostgreSQL array every quote of every text would be escaped, at a cost that
// shows in the intake.
const JSON_ARRAY: Travel = {
  parameter: 'jsonb',
  by: 'jsonb_array_elements',
  value: (name) => `nullif(${name}, 'null')`,
};

/** Anything that JSON can hold, except JSON's own null. */
export const jsonb = new Column<unknown>(JSON_ARRAY, (value) => JSON.stringify(value), asItIs);

/** A list that is kept when something is in it; null is the empty one. */
export const jsonList = new Column<readonly unknown[]>(
  JSON_ARRAY,
  (values) => (values.length === 0 ? null : JSON.stringify(values)),
  asItIs,
  (name) => `coalesce(${name}, '[]'::jsonb)`,
);

/** JSON that is text already. */
export const jsonText = new Column<string>(JSON_ARRAY, asItIs, (value: unknown) => JSON.stringify(value));
