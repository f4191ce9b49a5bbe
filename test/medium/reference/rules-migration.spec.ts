import { randomUUID } from 'node:crypto';
import { compileForm, type FormDefinition } from '@mach/domain';
import { openDatabaseBefore, type DatabaseBefore } from '../../support/database-before';

jest.setTimeout(60_000);

const quantity = (code: string) => ({
  code,
  label: code,
  section: 'I',
  required: false,
  time: 'flow',
  type: 'integer',
  unit: 'việc',
  decimals: 0,
  aggregation: { kind: 'sum' },
});
const INDICATORS = ['received', 'resolved', 'pending'].map(quantity);
const CHECKS = [
  { code: 'part', kind: 'partAtMostWhole', part: 'resolved', whole: 'received', message: 'Không quá.' },
  {
    code: 'sum',
    kind: 'partsEqualWhole',
    parts: ['resolved', 'pending'],
    whole: 'received',
    message: 'Khớp.',
  },
];

describe('checks of forms published before there were rules', () => {
  let database: DatabaseBefore;

  beforeAll(async () => {
    database = await openDatabaseBefore('1763702200000');
  });

  afterAll(async () => {
    await database.close();
  });

  it('become rules that refuse what the checks refused, in the same words and under the same codes', async () => {
    const { query } = database;
    const formId = randomUUID();
    await query(`insert into form (id, code, title) values ($1, 'F', 'F')`, [formId]);
    const publish = (version: number, checks: unknown) =>
      query(
        `insert into form_version (id, form_id, version, definition, published_at) values ($1, $2, $3, $4, now())`,
        [randomUUID(), formId, version, JSON.stringify({ indicators: INDICATORS, narratives: [], checks })],
      );
    await publish(1, CHECKS);
    await publish(2, []);

    await database.migrate();

    const rows = await query<{ definition: FormDefinition }>(
      'select definition from form_version order by version',
    );
    const definitions = rows.map(({ definition }) => definition);
    expect(definitions).toEqual([
      {
        indicators: INDICATORS,
        narratives: [],
        rules: [
          { code: 'part', expression: 'resolved <= received', severity: 'block', message: 'Không quá.' },
          {
            code: 'sum',
            expression: 'resolved + pending == received',
            severity: 'block',
            message: 'Khớp.',
          },
        ],
      },
      { indicators: INDICATORS, narratives: [], rules: [] },
    ]);
    const [first] = definitions;
    if (first === undefined) throw new Error('there is a first version');
    const checked = compileForm(first).check({
      figures: { received: 5, resolved: 6, pending: 1 },
      narratives: {},
    });
    expect(checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/figures/resolved figure.partExceedsWhole',
      '/figures/received figure.partsDoNotAddUp',
    ]);
    expect(await query('select findings from submission')).toEqual([]);
  });
});
