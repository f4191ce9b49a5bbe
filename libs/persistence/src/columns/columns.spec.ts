import type { ContactRole } from '@mach/domain';
import {
  bigint,
  bigints,
  bigintNumber,
  bigintText,
  date,
  integer,
  jsonb,
  jsonText,
  text,
  timestamptz,
  uuid,
} from './column';
import { columns, elsewhere, nullable } from './columns';

interface Thing {
  readonly id: string;
  readonly role: ContactRole;
  readonly content: { readonly any: string };
  readonly figures: readonly (bigint | null)[] | null;
  readonly tile: { readonly col: number; readonly row: number } | null;
  readonly plan: { readonly symbol: string; readonly issuedOn: string };
  readonly seenAt: number;
  readonly note: string | null;
}

const THING = columns<Thing>()({
  id: uuid,
  role: text,
  content: jsonb,
  figures: bigints,
  tile: nullable({ col: integer, row: integer.as('tile_line') }),
  plan: { symbol: text.at('plan.symbol'), issuedOn: date },
  seenAt: timestamptz,
  note: elsewhere,
});

const full: Thing = {
  id: 'a',
  role: 'clerk',
  content: { any: '"x"' },
  figures: [1n, null, -3n],
  tile: { col: 1, row: 2 },
  plan: { symbol: '14-CTr/TU', issuedOn: '2026-01-28' },
  seenAt: 0,
  note: 'not written',
};

describe('columns', () => {
  it('names the columns, what is expanded from JSON last', () => {
    expect(THING.names()).toBe(
      'id, role, figures, tile_col, tile_line, plan_symbol, plan_issued_on, seen_at, content',
    );
    expect(THING.count).toBe(9);
    expect(THING.insertInto('thing')).toBe(
      'insert into thing (id, role, figures, tile_col, tile_line, plan_symbol, plan_issued_on, seen_at, content) ' +
        "select id, role, figures::bigint[], tile_col, tile_line, plan_symbol, plan_issued_on, seen_at, nullif(content, 'null') " +
        'from rows from (unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::integer[], $6::text[], $7::date[], $8::timestamptz[]), ' +
        'jsonb_array_elements($9::jsonb)) as input (id, role, figures, tile_col, tile_line, plan_symbol, plan_issued_on, seen_at, content)',
    );
  });

  it('assigns every column but the one that finds the row', () => {
    const change = columns<Pick<Thing, 'id' | 'figures' | 'content' | 'seenAt'>>()({
      id: uuid,
      figures: bigints,
      content: jsonb,
      seenAt: timestamptz,
    });
    expect(change.assignments('d', 'id')).toBe(
      "figures = d.figures::bigint[], seen_at = d.seen_at, content = nullif(d.content, 'null')",
    );
  });

  it('tells two maps in one statement apart', () => {
    const other = columns<{ id: string; body: object }>()({ id: uuid, body: jsonb });
    expect(other.names('m_')).toBe('m_id, m_body');
    expect(other.values('m_')).toBe("m_id, nullif(m_body, 'null')");
    expect(other.functions(1 + THING.count)).toBe('unnest($10::uuid[]), jsonb_array_elements($11::jsonb)');
  });

  it('makes a parameter of each column', () => {
    expect(THING.parameters([full, { ...full, figures: null, tile: null }])).toEqual([
      ['a', 'a'],
      ['clerk', 'clerk'],
      ['{1,NULL,-3}', null],
      [1, null],
      [2, null],
      ['14-CTr/TU', '14-CTr/TU'],
      ['2026-01-28', '2026-01-28'],
      [new Date(0), new Date(0)],
      '[{"any":"\\"x\\""},{"any":"\\"x\\""}]',
    ]);
  });

  it('selects and reads what it writes', () => {
    expect(THING.selected('t')).toBe(
      't.id as "id", t.role as "role", t.figures as "figures", t.tile_col as "tile_col", t.tile_line as "tile_line", ' +
        'plan.symbol as "plan_symbol", t.plan_issued_on::text as "plan_issued_on", t.seen_at as "seen_at", t.content as "content"',
    );
    const row = {
      id: 'a',
      role: 'clerk',
      figures: ['1', null, '-3'],
      tile_col: 1,
      tile_line: 2,
      plan_symbol: '14-CTr/TU',
      plan_issued_on: '2026-01-28',
      seen_at: new Date(0),
      content: { any: '"x"' },
    };
    const { note, ...stored } = full;
    expect(note).toBe('not written');
    expect(THING.read(row)).toEqual(stored);
    expect(THING.read({ ...row, figures: null, tile_col: null, tile_line: null })).toEqual({
      ...stored,
      figures: null,
      tile: null,
    });
  });

  it('takes a bigint as text, number or bigint, and JSON that is text already', () => {
    const ids = columns<{ handedOn: string; lookedUp: number; counted: bigint; body: string }>()({
      handedOn: bigintText,
      lookedUp: bigintNumber,
      counted: bigint,
      body: jsonText,
    });
    const row = { handedOn: '7', lookedUp: 8, counted: 2n ** 60n, body: '{"a":1}' };
    expect(ids.parameters([row, row])).toEqual([
      ['7', '7'],
      [8, 8],
      [2n ** 60n, 2n ** 60n],
      '[{"a":1},{"a":1}]',
    ]);
    const raw = { handed_on: '7', looked_up: '8', counted: String(2n ** 60n), body: { a: 1 } };
    expect(ids.read(raw)).toEqual(row);
  });

  it('does not compile when a field is forgotten, of another type, or read though it is elsewhere', () => {
    // @ts-expect-error: `role` has no column
    columns<Pick<Thing, 'id' | 'role'>>()({ id: uuid });
    // @ts-expect-error: a moment is no text
    columns<Pick<Thing, 'seenAt'>>()({ seenAt: text });
    // @ts-expect-error: `row` has no column
    columns<Pick<Thing, 'tile'>>()({ tile: nullable({ col: integer }) });
    // @ts-expect-error: the tile may be null
    columns<Pick<Thing, 'tile'>>()({ tile: { col: integer, row: integer } });
    // @ts-expect-error: `issuedOn` has no column
    columns<Pick<Thing, 'plan'>>()({ plan: { symbol: text } });
    // @ts-expect-error: the note is not read
    expect(THING.read({}).note).toBeUndefined();
  });
});
