import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRows } from '../../support/read-rows';
import { FORM } from './a-form';

const FILE = join(__dirname, 'written-by-libreoffice', 'filled.xlsx');
const ASKED = { requirement: 'YC-THU', period: '2026-11', formVersion: 3 };

describe('a workbook that LibreOffice has written', () => {
  it('is read as a person sees it there', async () => {
    const { rows } = await readRows('xlsx', readFileSync(FILE), FORM, ASKED);
    expect(rows[0]).toMatchObject({
      unit: 'HP-1',
      problems: [],
      body: {
        figures: {
          sessions: '5',
          attendance: { numerator: '27', denominator: '30' },
          budget: '0.3',
          hours: '12.25',
          rating: '66.7',
          cells: { parts: { village: '3', school: '4' } },
          quality: { choice: 'good' },
          held: { yes: true },
          held_on: { date: '2026-11-15' },
          resolution: { text: '12-NQ/ĐU' },
        },
        narratives: { difficulties: 'Thiếu phòng họp; "tạm"', proposals: 'dòng một\ndòng hai' },
      },
    });
    const told = rows.map(({ unit, problems, notes }) => [
      unit,
      problems.map(({ place, code }) => `${place} ${code}`),
      notes.map(({ place, code }) => `${place} ${code}`),
    ]);
    expect(told).toEqual([
      ['HP-1', [], ['Số liệu!B2 cell.formula', 'Số liệu!E2 cell.formula']],
      ['HP-2', ['Số liệu!B3 cell.error'], ['Số liệu!dòng 3 row.hidden']],
      ['HP-3', ['Số liệu!B4 cell.merged'], []],
      ['HP-4', ['Số liệu!B5 cell.merged'], []],
    ]);
  });
});
