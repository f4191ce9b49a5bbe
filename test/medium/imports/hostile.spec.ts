import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import { readRows } from '../../support/read-rows';
import { TABLE_LIMITS, TableRefused } from '../../../apps/aggregator/src/imports/tables/table';
import { FORM } from './a-form';

jest.setTimeout(60_000);

const ASKED = { requirement: 'YC-THU', period: '2026-11', formVersion: 3 };
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** The columns that the form asks for, in the order of the sheets below. */
const CODES = [
  'don_vi',
  'sessions',
  'attendance.numerator',
  'attendance.denominator',
  'budget',
  'hours',
  'rating',
  'cells.village',
  'cells.school',
  'quality',
  'held',
  'held_on',
  'resolution',
  'loi_van/difficulties',
  'loi_van/proposals',
];

type Parts = Record<string, string | Buffer>;

const text = (at: string, content: string): string =>
  `<c r="${at}" t="inlineStr"><is><t>${content}</t></is></c>`;
const letter = (index: number): string => String.fromCharCode(65 + index);
const HEAD = `<row r="1">${CODES.map((code, index) => text(`${letter(index)}1`, code)).join('')}</row>`;

/** A workbook of our form, written by hand; `rows` are those behind the row of codes. */
function parts(rows: string, behind = '', subject: Readonly<Record<string, string>> = {}): Parts {
  const about = { requirement: 'YC-THU', period: '2026-11', formVersion: '3', ...subject };
  const aboutRows = Object.entries(about).map(
    ([key, value], index) =>
      `<row r="${String(index + 1)}">${text(`A${String(index + 1)}`, key)}${text(`B${String(index + 1)}`, value)}</row>`,
  );
  const sheet = (content: string, tail = ''): string =>
    `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${content}</sheetData>${tail}</worksheet>`;
  return {
    '[Content_Types].xml': `<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="Số liệu" sheetId="1" r:id="rId1"/><sheet name="mach" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="dd&quot;/&quot;mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet(HEAD + rows, behind),
    'xl/worksheets/sheet2.xml': sheet(aboutRows.join('')),
  };
}

async function zipped(content: Parts, compress = true): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, part] of Object.entries(content)) zip.addBuffer(Buffer.from(part), name, { compress });
  zip.end();
  return buffer(zip.outputStream);
}

async function read(content: Parts | Buffer, limits = TABLE_LIMITS): ReturnType<typeof readRows> {
  return readRows('xlsx', Buffer.isBuffer(content) ? content : await zipped(content), FORM, ASKED, limits);
}

async function refusal(content: Parts | Buffer, limits = TABLE_LIMITS): Promise<string> {
  try {
    await read(content, limits);
  } catch (error) {
    if (error instanceof TableRefused) return error.code;
    throw error;
  }
  return 'taken';
}

const ROW = `<row r="2">${text('A2', 'HP-1')}<c r="B2"><v>4</v></c></row>`;

/** An archive of one entry that says of itself what it likes. */
function archiveClaiming(name: string, content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content);
  const named = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(content), 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(named.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  local.copy(central, 10, 8, 28);
  central.writeUInt16LE(named.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + named.length, 12);
  end.writeUInt32LE(local.length + named.length + packed.length, 16);
  return Buffer.concat([local, named, packed, central, named, end]);
}

describe('a workbook that cannot be taken as a whole', () => {
  it('is none of those that are honest', async () => {
    expect((await read(parts(ROW))).rows.map(({ unit, body }) => [unit, body])).toEqual([
      ['HP-1', { figures: { sessions: '4' }, narratives: {} }],
    ]);
  });

  it.each<[string, Parts | Buffer, string]>([
    ['no archive', Buffer.from('don_vi;sessions'), 'table.unreadable'],
    ['nothing at all', Buffer.alloc(0), 'table.unreadable'],
    ['an old .xls, or one with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'table.oldOrEncrypted'],
    ['macros', { ...parts(ROW), 'xl/vbaProject.bin': 'x' }, 'table.macros'],
    [
      'macros by its content type',
      {
        ...parts(ROW),
        '[Content_Types].xml':
          '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
      },
      'table.macros',
    ],
    [
      'entities that unfold without end',
      {
        ...parts(ROW),
        'xl/worksheets/sheet1.xml':
          '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>',
      },
      'table.documentType',
    ],
    [
      'an entity that names a file',
      {
        ...parts(ROW),
        'xl/sharedStrings.xml':
          '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>',
      },
      'table.documentType',
    ],
    [
      'an unknown entity',
      { ...parts(ROW), 'xl/sharedStrings.xml': '<sst><si><t>&a;</t></si></sst>' },
      'table.unreadable',
    ],
    [
      'XML that breaks off',
      { ...parts(ROW), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' },
      'table.unreadable',
    ],
    [
      'nesting without end',
      { ...parts(ROW), 'xl/worksheets/sheet1.xml': `${'<a>'.repeat(100)}${'</a>'.repeat(100)}` },
      'table.unreadable',
    ],
    [
      'one text without end',
      parts(`<row r="2">${text('A2', randomBytes(1_500_000).toString('hex'))}</row>`),
      'table.unreadable',
    ],
    ['a cell that stands nowhere', parts('<row r="2"><c r="?2"><v>1</v></c></row>'), 'table.unreadable'],
    ['another requirement', parts(ROW, '', { requirement: 'YC-KHAC' }), 'table.otherSubject'],
    ['another period', parts(ROW, '', { period: '2026-10' }), 'table.otherSubject'],
    ['another version of the form', parts(ROW, '', { formVersion: '2' }), 'table.otherVersion'],
    [
      'nothing that says what it is for',
      { ...parts(ROW), 'xl/worksheets/sheet2.xml': '<worksheet/>' },
      'table.noSubject',
    ],
    [
      'no row of codes',
      { ...parts(''), 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${ROW}</sheetData></worksheet>` },
      'table.noCodes',
    ],
    ['no row of figures', parts(`<row r="2">${text('A2', 'HP-1')}</row>`), 'table.empty'],
    [
      'merged cells without end',
      parts(ROW, `<mergeCells>${'<mergeCell ref="A9:B9"/>'.repeat(3_000)}</mergeCells>`),
      'table.merged',
    ],
  ])('%s', async (_, content, code) => {
    expect(await refusal(content)).toBe(code);
  });

  it('an archive with more parts than any workbook has', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 600 }, (_, index) => [`xl/media/${String(index)}.png`, 'x']),
    );
    expect(await refusal({ ...parts(ROW), ...many })).toBe('table.bomb');
  });

  it('a part that unfolds a thousandfold', async () => {
    expect(await refusal({ ...parts(ROW), 'xl/media/bomb.bin': Buffer.alloc(40_000_000) })).toBe(
      'table.bomb',
    );
  });

  it('a part that says it is small and is not', async () => {
    expect(await refusal(archiveClaiming('[Content_Types].xml', Buffer.alloc(50_000_000, ' '), 100))).toBe(
      'table.unreadable',
    );
  });

  it.each<[string, Partial<typeof TABLE_LIMITS>, string]>([
    ['rows', { rows: 2 }, 'table.tooLarge'],
    ['columns', { columns: 10 }, 'table.tooLarge'],
    ['cells', { cells: 20 }, 'table.tooLarge'],
    ['text', { textLength: 50 }, 'table.tooLarge'],
    ['bytes', { unpackedBytes: 2_500 }, 'table.tooLarge'],
    ['time', { milliseconds: -1 }, 'table.tooLarge'],
  ])('more %s than are read', async (_, limits, code) => {
    const rows = [2, 3].map(
      (row) =>
        `<row r="${String(row)}">${text(`A${String(row)}`, 'HP')}<c r="B${String(row)}"><v>1</v></c></row>`,
    );
    expect(await refusal(parts(rows.join('')), { ...TABLE_LIMITS, ...limits })).toBe(code);
  });
});

describe('a workbook whose rows are to be looked at', () => {
  async function troubles(row: string, behind = ''): Promise<string[]> {
    const { rows } = await read(parts(row, behind));
    return rows.flatMap(({ problems, notes }) => [
      ...problems.map(({ place, code }) => `${place} ${code}`),
      ...notes.map(({ place, code }) => `(${place} ${code})`),
    ]);
  }
  const row = (cells: string, attributes = ''): string =>
    `<row r="17"${attributes}>${text('A17', 'HP-1')}${cells}</row>`;

  it.each<[string, string, string, string[]]>([
    [
      'a formula, with what was worked out last',
      row('<c r="B17"><f>1+1</f><v>2</v></c>'),
      '',
      ['(Số liệu!B17 cell.formula)'],
    ],
    ['a formula nobody worked out', row('<c r="B17"><f>NOW()</f></c>'), '', ['Số liệu!B17 cell.uncomputed']],
    ['an error', row('<c r="B17" t="e"><f>#REF!</f><v>#REF!</v></c>'), '', ['Số liệu!B17 cell.error']],
    ['a day in place of a number', row('<c r="B17" s="2"><v>46341</v></c>'), '', ['Số liệu!B17 cell.date']],
    [
      'a day by a format that every program knows',
      row('<c r="B17" s="3"><v>46341</v></c>'),
      '',
      ['Số liệu!B17 cell.date'],
    ],
    [
      'a percentage in place of a number',
      row('<c r="B17" s="1"><v>0.5</v></c>'),
      '',
      ['Số liệu!B17 cell.percent'],
    ],
    [
      'a truth in place of a number',
      row('<c r="B17" t="b"><v>1</v></c>'),
      '',
      ['Số liệu!B17 cell.notANumber'],
    ],
    [
      'merged cells',
      row('<c r="B17"><v>1</v></c>'),
      '<mergeCells><mergeCell ref="B16:B18"/></mergeCells>',
      ['Số liệu!B17 cell.merged'],
    ],
    ['a hidden row', row('<c r="B17"><v>1</v></c>', ' hidden="1"'), '', ['(Số liệu!dòng 17 row.hidden)']],
  ])('%s', async (_, content, behind, expected) => {
    expect(await troubles(content, behind)).toEqual(expected);
  });

  it('is told of twenty merged ranges, and of no more', async () => {
    const ranges = '<mergeCell ref="B16:B18"/>'.repeat(2_000);
    expect(await troubles(row('<c r="B17"><v>1</v></c>'), `<mergeCells>${ranges}</mergeCells>`)).toHaveLength(
      20,
    );
  });

  it('says what stands there and what should', async () => {
    const { rows } = await read(parts(row('<c r="B17" s="1"><v>0.667</v></c>')));
    expect(rows[0]?.problems[0]).toMatchObject({ found: '66,7%', wanted: 'số nguyên từ 0 đến 5.000 (buổi)' });
  });

  it('tells of hidden columns and of links to other files', async () => {
    const content = parts(ROW);
    const sheet = String(content['xl/worksheets/sheet1.xml']).replace(
      '<sheetData>',
      '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>',
    );
    const { notes } = await read({
      ...content,
      'xl/worksheets/sheet1.xml': sheet,
      'xl/externalLinks/externalLink1.xml': '<x/>',
    });
    expect(notes).toEqual([
      expect.stringContaining('từ cột C'),
      expect.stringContaining('liên kết đến tệp khác'),
    ]);
  });

  it('reads shared strings without how they are spoken, and columns that were moved', async () => {
    const content = parts('');
    const moved = [...CODES].reverse();
    const head = `<row r="1">${moved.map((code, index) => text(`${letter(index)}1`, code)).join('')}</row>`;
    const { rows } = await read({
      ...content,
      'xl/sharedStrings.xml': '<sst><si><r><t>HP</t></r><r><t>-1</t></r><rPh><t>đọc</t></rPh></si></sst>',
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${head}<row r="2"><c r="O2" t="s"><v>0</v></c><c r="N2"><v>7</v></c></row></sheetData></worksheet>`,
    });
    expect(rows).toMatchObject([{ unit: 'HP-1', body: { figures: { sessions: '7' } } }]);
  });

  it('passes over a million empty rows', async () => {
    let empty = '';
    for (let number = 3; number <= 1_048_576; number += 1) empty += `<row r="${String(number)}"/>`;
    expect((await read(parts(ROW + empty))).rows).toHaveLength(1);
  });
});

describe('CSV and JSON that cannot be taken', () => {
  const cases: readonly ['csv' | 'json' | 'ndjson', string | Buffer, string][] = [
    ['csv', Buffer.from('don_vi;l\xfd', 'latin1'), 'table.notUtf8'],
    ['csv', '"don_vi;sessions\n', 'table.unreadable'],
    ['csv', '', 'table.noCodes'],
    ['json', '{"unit":"x"}', 'table.unreadable'],
    ['json', '[{"unit":', 'table.unreadable'],
    ['json', '[]', 'table.empty'],
    ['json', '[{"unit":"a"}]]', 'table.unreadable'],
    ['json', '[{"unit":"a"},]', 'table.unreadable'],
    ['json', '[{"unit":"a"', 'table.unreadable'],
    ['json', ']', 'table.unreadable'],
    ['json', '[ , ]', 'table.unreadable'],
    ['json', '["a\\"]', 'table.unreadable'],
    ['json', `[${'1,'.repeat(30_000)}1]`, 'table.tooLarge'],
    ['json', `[{"unit":"${'x'.repeat(600_000)}"}]`, 'table.tooLarge'],
    ['ndjson', '{"unit":"a"}\n{"unit"\n', 'table.unreadable'],
    ['ndjson', '1\n'.repeat(30_000), 'table.tooLarge'],
    ['ndjson', '\n'.repeat(3_000_000), 'table.empty'],
  ];
  const shown = cases.map(
    ([format, content, code]) => [format, content.toString().slice(0, 30), content, code] as const,
  );

  it.each(shown)('%s %j', async (format, _, content, code) => {
    await expect(readRows(format, Buffer.from(content), FORM, ASKED)).rejects.toMatchObject({ code });
  });

  it('JSON that nests without end is a row like any other, and refused', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    for (const body of [`[${deep}]`, `[{"unit":"HP-1","figures":{"sessions":${deep}}}]`]) {
      const { rows } = await readRows('json', Buffer.from(body), FORM, ASKED);
      expect(rows).toHaveLength(1);
      const problem = rows[0]?.tell({ pointer: '/figures/sessions', code: 'figure.wrongType', message: '' });
      expect(problem?.found ?? '[…]').toBe('[…]');
    }
  });

  it.each([
    ['ba', '[1,"a, [\\"", {"unit":"x","b":[1,{"c":"}"}]} ]', [null, null, 'x']],
    ['một, có dấu thứ tự byte', '\ufeff [ {"unit":"đ"} ]\n', ['đ']],
  ])('a JSON list is taken apart at its own commas: %s', async (_, list, units) => {
    const { rows } = await readRows('json', Buffer.from(list), FORM, ASKED);
    expect(rows.map(({ unit }) => (unit === '' ? null : unit))).toEqual(units);
  });

  it('a JSON list is taken apart as JSON.parse does, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }), async (list) => {
        const { rows } = await readRows('json', Buffer.from(JSON.stringify(list)), FORM, ASKED);
        const bodies = rows.map(({ body, unit }) => (body === null ? null : { ...(body as object), unit }));
        expect(bodies).toEqual(
          (JSON.parse(JSON.stringify(list)) as unknown[]).map((entry) =>
            typeof entry !== 'object' || entry === null || Array.isArray(entry)
              ? null
              : { ...entry, unit: 'unit' in entry && typeof entry.unit === 'string' ? entry.unit : '' },
          ),
        );
      }),
    );
  });

  it.each([';', ',', '\t'])(
    'CSV is read with %j between its cells, quotes, and either end of line',
    async (between) => {
      const lines = [
        CODES.join(between),
        ['HP-1', '4', ...Array<string>(11).fill(''), '"một; hai, ""ba""\nbốn"', "'=1"].join(between),
      ];
      for (const [mark, end] of [
        ['\ufeff', '\r\n'],
        ['', '\n'],
      ] as const) {
        const { rows } = await readRows('csv', Buffer.from(mark + lines.join(end)), FORM, ASKED);
        expect(rows).toMatchObject([
          {
            unit: 'HP-1',
            body: {
              figures: { sessions: '4' },
              narratives: { difficulties: 'một; hai, "ba"\nbốn', proposals: '=1' },
            },
          },
        ]);
      }
    },
  );
});

describe('while a table is read, others have their turn', () => {
  const LINES = 2_000;
  const prose = 'x'.repeat(1_000);

  /** How many turns of the event loop went by meanwhile. */
  async function turnsWhile(work: Promise<unknown>): Promise<number> {
    const state = { over: false };
    const done = work.finally(() => (state.over = true));
    let turns = 0;
    for (; !state.over; turns += 1) await new Promise(setImmediate);
    await done;
    return turns;
  }

  it.each<[string, 'xlsx' | 'csv' | 'json' | 'ndjson', () => Promise<Buffer> | Buffer]>([
    [
      'a workbook stored unpacked',
      'xlsx',
      () =>
        zipped(
          parts(
            Array.from({ length: LINES }, (_, index) => {
              const at = String(index + 2);
              return `<row r="${at}">${text(`A${at}`, 'HP')}<c r="B${at}"><v>1</v></c>${text(`N${at}`, prose)}</row>`;
            }).join(''),
          ),
          false,
        ),
    ],
    [
      'CSV',
      'csv',
      () => Buffer.from(`${CODES.join(';')}\n${`HP;1;${';'.repeat(11)}${prose};\n`.repeat(LINES)}`),
    ],
    [
      'a JSON list',
      'json',
      () =>
        Buffer.from(JSON.stringify(Array(LINES).fill({ unit: 'HP', narratives: { difficulties: prose } }))),
    ],
    [
      'lines of JSON',
      'ndjson',
      () => Buffer.from(`{"unit":"HP","narratives":{"difficulties":"${prose}"}}\n`.repeat(LINES)),
    ],
  ])('%s', async (_, format, made) => {
    const bytes = await made();
    const turns = await turnsWhile(readRows(format, bytes, FORM, ASKED));
    const cells = format === 'xlsx' || format === 'csv' ? LINES * CODES.length : 0;
    expect(turns).toBeGreaterThan(bytes.length / 65_536 + cells / 4_000 - 2);
  });
});
