import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { planSheet, type ReportPayload } from '@mach/domain';
import { readRows } from '../support/read-rows';
import { formSheets } from '../../apps/gateway/src/workbooks/form-workbook';
import { writeWorkbook } from '../../apps/gateway/src/workbooks/write-workbook';
import { anyReport, FORM } from '../medium/imports/a-form';

jest.setTimeout(300_000);

const SUBJECT = {
  requirement: { code: 'YC-THU', title: 'Báo cáo tháng' },
  period: { key: '2026-11', label: 'Tháng 11/2026' },
  formVersion: 3,
};
const ASKED = { requirement: 'YC-THU', period: '2026-11', formVersion: 3 };
const REPORTS = 200;

/** Opens a file in LibreOffice, which works out its formulas, and saves it as `.xlsx` in another folder. */
function savedByLibreOffice(folder: string, name: string): Buffer {
  const out = join(folder, 'saved');
  mkdirSync(out, { recursive: true });
  const profile = pathToFileURL(join(folder, 'profile')).href;
  execFileSync(process.env['MACH_SOFFICE'] ?? 'soffice', [
    `-env:UserInstallation=${profile}`,
    ...['--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', out, join(folder, name)],
  ]);
  return readFileSync(join(out, name.replace(/\.\w+$/, '.xlsx')));
}

describe('LibreOffice, live', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mach-libreoffice-'));

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens what we wrote, saves it, and what it saved says the same', async () => {
    const reports = fc.sample(anyReport(FORM), { numRuns: REPORTS, seed: 7 });
    const units = reports.map((payload, index) => ({
      code: `HP-${String(index).padStart(3, '0')}`,
      name: 'Chi bộ',
      payload,
    }));
    const ours = await buffer(writeWorkbook(formSheets(SUBJECT, planSheet(FORM), units), 0));
    writeFileSync(join(folder, 'ours.xlsx'), ours);
    const before = await readRows('xlsx', ours, FORM, ASKED);
    const after = await readRows('xlsx', savedByLibreOffice(folder, 'ours.xlsx'), FORM, ASKED);
    const said = ({ rows }: typeof before): unknown =>
      rows.map(({ unit, body, problems }) => ({ unit, body: inProse(body as ReportPayload), problems }));
    expect(said(after)).toEqual(said(before));
  });

  it('works out a formula, whose value then counts and is told of', async () => {
    const source = join(__dirname, '..', 'medium', 'imports', 'written-by-libreoffice', 'filled.fods');
    writeFileSync(join(folder, 'filled.fods'), readFileSync(source));
    const { rows } = await readRows('xlsx', savedByLibreOffice(folder, 'filled.fods'), FORM, ASKED);
    expect(rows[0]).toMatchObject({ unit: 'HP-1', body: { figures: { sessions: '5', budget: '0.3' } } });
    expect(rows[0]?.notes.map(({ code }) => code)).toContain('cell.formula');
  });
});

/** Ends of lines are the one thing that it writes its own way. */
function inProse(payload: ReportPayload): unknown {
  return JSON.parse(JSON.stringify(payload).replaceAll(/\\r\\n|\\r/g, '\\n'));
}
