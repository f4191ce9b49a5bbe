import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As it stands before this migration, whatever the types of the day say. */
interface OldIndicator {
  readonly type: string;
  readonly unit: string;
  readonly decimals: number;
  readonly code: string;
  readonly aggregation: { readonly kind: string; readonly weight?: string };
}

const SCALES: Readonly<Record<string, { readonly scale: string; readonly power: number }>> = {
  đồng: { scale: 'dong', power: 0 },
  'nghìn đồng': { scale: 'thousand', power: 3 },
  'triệu đồng': { scale: 'million', power: 6 },
  'tỷ đồng': { scale: 'billion', power: 9 },
};

/**
 * Money says its scale instead of a unit and is kept in đồng, so that forms that ask it in different scales compare
 * and add. What was reported is multiplied up, exactly; nothing that anybody reads changes. Money of no known scale,
 * or with parts of a đồng, goes on as a decimal with its unit, and so does a whole number with decimals.
 */
export class MoneyInDong1763702100000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    const versions = (await q.query(
      `select id, definition -> 'indicators' as indicators from form_version where definition ? 'indicators'`,
    )) as { id: string; indicators: OldIndicator[] }[];
    for (const { id, indicators } of versions) {
      const renewed = indicators.map(renew);
      if (renewed.every(({ indicator }, index) => indicator === indicators[index])) continue;
      await q.query(
        `update form_version set definition = jsonb_set(definition, '{indicators}', $2::jsonb) where id = $1`,
        [id, JSON.stringify(renewed.map(({ indicator }) => indicator))],
      );
      const factors = new Map(renewed.map(({ factor }, index) => [indicators[index]?.code ?? '', factor]));
      await multiply(q, id, indicators, factors);
    }
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Figures in đồng are not brought back: restore the copy made before.'));
  }
}

function renew(indicator: OldIndicator): { readonly indicator: object; readonly factor: bigint } {
  const { unit, ...rest } = indicator;
  if (indicator.type === 'integer' && indicator.decimals > 0)
    return { indicator: { ...indicator, type: 'decimal' }, factor: 1n };
  if (indicator.type !== 'money') return { indicator, factor: 1n };
  const known = SCALES[unit];
  if (known === undefined || known.power < indicator.decimals)
    return { indicator: { ...indicator, type: 'decimal' }, factor: 1n };
  return {
    indicator: { ...rest, scale: known.scale },
    factor: 10n ** BigInt(known.power - indicator.decimals),
  };
}

/** A slot for a quantity and two for a ratio; two accumulators for a ratio and a weighted mean, else one. */
async function multiply(
  q: QueryRunner,
  id: string,
  indicators: readonly OldIndicator[],
  factors: ReadonlyMap<string, bigint>,
): Promise<void> {
  const factorOf = (code: string | undefined): bigint => factors.get(code ?? '') ?? 1n;
  const slots = indicators.flatMap(({ type, code }) => (type === 'ratio' ? [1n, 1n] : [factorOf(code)]));
  const accumulators = indicators.flatMap(({ type, code, aggregation: { kind, weight } }) => {
    if (type === 'ratio') return [1n, 1n];
    return kind === 'weightedMean' ? [factorOf(code) * factorOf(weight), factorOf(weight)] : [factorOf(code)];
  });
  if (accumulators.every((factor) => factor === 1n)) return;
  const times = (column: string, type: string, parameter: string): string =>
    `(select array_agg(figure * factor order by place)
      from unnest(${column}, ${parameter}::${type}[]) with ordinality as each (figure, factor, place))`;
  await q.query(
    `update submission set figures = ${times('figures', 'bigint', '$2')}, contribution = ${times('contribution', 'bigint', '$3')}
     where form_version_id = $1 and figures is not null`,
    [id, slots.map(String), accumulators.map(String)],
  );
  await q.query(
    `update rollup_node node set accumulators = ${times('node.accumulators', 'numeric', '$2')}
     from requirement where requirement.id = node.requirement_id and requirement.form_version_id = $1
       and node.accumulators <> '{}'`,
    [id, accumulators.map(String)],
  );
}
