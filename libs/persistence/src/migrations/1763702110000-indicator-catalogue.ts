import type { MigrationInterface, QueryRunner } from 'typeorm';

type Indicator = Readonly<Record<string, unknown>> & { readonly code: string; readonly label: string };

interface Version {
  readonly form: string;
  readonly version: number;
  readonly published_at: Date;
  readonly indicators: readonly Indicator[];
}

/** What a form says of an indicator for itself. */
const OF_THE_FORM = new Set(['section', 'required', 'parts']);
/** What may differ between two forms that mean the same figure. */
const WORDS = new Set([
  'label',
  'hint',
  'definition',
  'min',
  'max',
  'numeratorLabel',
  'denominatorLabel',
  'bounded',
]);

/**
 * The catalogue of indicators (danh mục chỉ tiêu) that all forms share, what was changed in it, and the targets.
 * What published forms ask becomes its first entries. Where two forms use one code with two meanings, the form
 * published last says what it means from now on; the other keeps the copy it has, and its meaning is written into
 * the history of the entry, so that whoever meets it is told.
 */
export class IndicatorCatalogue1763702110000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table indicator (
        code text primary key,
        content jsonb not null,
        -- Code, name and definition without accents, to be searched in.
        searchable text not null,
        created_at timestamptz not null,
        amended_at timestamptz
      );

      create table indicator_amendment (
        id bigint generated always as identity primary key,
        indicator_code text not null references indicator,
        amended_at timestamptz not null,
        -- Null: by the programme itself, when the catalogue was made.
        account_id integer references account,
        reason text not null,
        -- What the entry said before.
        was jsonb not null
      );
      create index indicator_amendment_code on indicator_amendment (indicator_code, id);

      create table indicator_target (
        id bigint generated always as identity primary key,
        indicator_code text not null references indicator,
        unit_id integer references unit,
        level text check (level in ('city','committee','grassroots','cell')),
        -- A year or a month.
        period text not null,
        value numeric not null,
        source text not null,
        set_at timestamptz not null,
        check ((unit_id is null) <> (level is null))
      );
      create unique index indicator_target_unit on indicator_target (indicator_code, unit_id, period) where unit_id is not null;
      create unique index indicator_target_level on indicator_target (indicator_code, level, period) where level is not null;
    `);
    const versions = (await q.query(
      `select form.code as form, version.version, version.published_at, version.definition -> 'indicators' as indicators
       from form_version version join form on form.id = version.form_id
       where version.definition ? 'indicators' order by version.published_at desc, form.code desc, version.version desc`,
    )) as Version[];
    const entries = new Map<string, { readonly content: Indicator; readonly published: Date }>();
    const others: {
      readonly code: string;
      readonly was: Indicator;
      readonly reason: string;
      readonly at: Date;
    }[] = [];
    for (const { form, version, published_at: published, indicators } of versions) {
      for (const indicator of indicators) {
        const content = entryOf(indicator);
        const known = entries.get(content.code);
        if (known === undefined) entries.set(content.code, { content, published });
        else if (meaningOf(known.content) !== meaningOf(content)) {
          const reason = `Trước khi có danh mục, biểu mẫu ${form} phiên bản ${String(version)} dùng mã này với nghĩa khác.`;
          others.push({ code: content.code, was: content, reason, at: published });
        }
      }
    }
    for (const [code, { content, published }] of entries) {
      await q.query(
        `insert into indicator (code, content, searchable, created_at) values ($1, $2::jsonb, $3, $4)`,
        [code, JSON.stringify(content), searchable(content), published],
      );
    }
    for (const { code, was, reason, at } of others.reverse()) {
      await q.query(
        `insert into indicator_amendment (indicator_code, amended_at, reason, was) values ($1, $2, $3, $4::jsonb)`,
        [code, at, reason, JSON.stringify(was)],
      );
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop table indicator_target, indicator_amendment, indicator`);
  }
}

/** Nobody wrote a definition yet: the name stands for it until somebody does. */
function entryOf(indicator: Indicator): Indicator {
  const kept = Object.entries(indicator).filter(([field]) => !OF_THE_FORM.has(field));
  return {
    ...(Object.fromEntries(kept) as unknown as Indicator),
    definition: indicator['definition'] ?? indicator.label,
    reportedBy: { levels: [], kinds: [] },
  };
}

/** Money means the same in every scale; its decimals go with the scale. */
function meaningOf(indicator: Indicator): string {
  const money = indicator['type'] === 'money';
  const fields = Object.keys(indicator)
    .filter((field) => !WORDS.has(field) && !(money && (field === 'scale' || field === 'decimals')))
    .sort();
  return JSON.stringify(fields.map((field) => [field, indicator[field]]));
}

function searchable({ code, label }: Indicator): string {
  const bare = `${code} ${label}`.normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[đĐ]/g, 'd').toLowerCase();
}
