import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { compileForm, planSheet, type ReportPayload } from '@mach/domain';
import { readRows } from '../../support/read-rows';
import { formSheets } from '../../../apps/gateway/src/workbooks/form-workbook';
import { writeWorkbook } from '../../../apps/gateway/src/workbooks/write-workbook';
import { anyReport, FORM } from './a-form';

jest.setTimeout(60_000);

const SUBJECT = {
  requirement: { code: 'YC-THU', title: 'Báo cáo tháng' },
  period: { key: '2026-11', label: 'Tháng 11/2026' },
  formVersion: 3,
};
const ASKED = { requirement: 'YC-THU', period: '2026-11', formVersion: 3 };
const compiled = compileForm(FORM);

/** What a report says: its figures in the form's slots, its texts, and its narratives as they are kept. */
function meaning(payload: ReportPayload): object {
  const checked = compiled.check(payload);
  return {
    figures: checked.ok ? checked.figures : checked.reasons,
    resolution: payload.figures['resolution'] ?? null,
    narratives: payload.narratives,
    nil: payload.nil ?? false,
    explanations: payload.explanations ?? {},
  };
}

async function workbookOf(reports: readonly ReportPayload[]): Promise<Buffer> {
  const units = reports.map((payload, index) => ({
    code: `HP-${String(index)}`,
    name: `Chi bộ «${String(index)}»`,
    payload,
  }));
  return buffer(writeWorkbook(formSheets(SUBJECT, planSheet(FORM), units), 0));
}

describe('a report through a workbook', () => {
  it('comes back the same, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyReport(FORM), { minLength: 1, maxLength: 5 }), async (reports) => {
        const read = await readRows('xlsx', await workbookOf(reports), FORM, ASKED);
        expect(read.rows.flatMap(({ problems, notes }) => [...problems, ...notes])).toEqual([]);
        expect(read.rows.map(({ unit, body }) => ({ unit, ...meaning(body as ReportPayload) }))).toEqual(
          reports.map((report, index) => ({ unit: `HP-${String(index)}`, ...meaning(report) })),
        );
      }),
      { numRuns: 60 },
    );
  });
});
